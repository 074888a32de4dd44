/** Why a run never became a connection. */
import { msg } from '../i18n/translate.ts'
import type { Problem } from './replay.ts'

const failure = (message: string): Problem => ({ field: 'way', severity: 'error', message, wayOn: 'extension' })
export const NO_DOCUMENT = failure(msg('The page does not answer. Reload it, or send as the extension.'))
export const NOT_CAPTURING = failure(
  msg('Capture is switched off for this page. Switch it on and reload, or send as the extension.'),
)
export const GONE = failure(msg('The page went away before it could be sent.'))
export const REFUSED: Problem = {
  field: 'way',
  severity: 'error',
  message: msg(
    'The extension may not send requests to this site. Allow it on all sites in its settings, or send as the page.',
  ),
}

export function toFailure(error: unknown): Problem {
  return {
    field: 'way',
    severity: 'error',
    message: msg('It could not be sent: {why}'),
    values: { why: error instanceof Error ? error.message : String(error) },
  }
}
