import { msg } from '../i18n/translate.ts'
import type { Problem, ReplayPlan, SendableBody } from './replay.ts'
import { toSizeBytes } from './wire.ts'

/** To the page a body goes as one message; the bound is the same for both ways. */
const MOST_BYTES = 32 * 1024 * 1024
/** Fetch standard: all `keepalive` apart, only these have none. */
const BODILESS = /^(?:get|head)$/i

export function checkBody({ request: { body, method }, as }: ReplayPlan): readonly Problem[] {
  const error = (message: string, index?: number): Problem => ({
    field: 'body',
    severity: 'error',
    message,
    ...(index !== undefined && { index }),
  })
  if (body.kind === 'none') return []
  if (as === 'eventsource') return [error(msg('An EventSource sends no body. Send it as fetch.'))]
  if (BODILESS.test(method)) {
    return [{ ...error(msg('Browsers send no body with {method}.')), values: { method: method.toUpperCase() } }]
  }
  if (body.kind === 'missing') return [{ ...error('{why}'), values: { why: body.why } }]
  const problems = missingFiles(body).map((index) => error(msg('Choose the file again: it was not recorded.'), index))
  if (sizeOf(body) > MOST_BYTES) problems.push(error(msg('More than 32 MB cannot be sent from here.')))
  return problems
}

function missingFiles(body: SendableBody): readonly number[] {
  if (body.kind !== 'form') return []
  return body.entries.flatMap((entry, index) => ('value' in entry || entry.base64 !== null ? [] : [index]))
}

function sizeOf(body: SendableBody): number {
  if (body.kind === 'text') return body.text.length
  if (body.kind === 'bytes') return toSizeBytes(body.base64)
  if (body.kind !== 'form') return 0
  return body.entries.reduce(
    (sum, entry) => sum + ('value' in entry ? entry.value.length : toSizeBytes(entry.base64 ?? '')),
    0,
  )
}
