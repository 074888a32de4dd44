/** Headers that no request can carry, and those that the browser keeps for itself. */
import { msg } from '../i18n/translate.ts'
import { isForbiddenHeader, isHeaderValue, isToken } from './headers.ts'
import type { Problem, ReplayPlan } from './replay.ts'

/** The browser counts the bytes by itself; other figures make the request fail. */
const COUNTED: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding'])

export function checkHeaders({ request, way, as }: ReplayPlan): readonly Problem[] {
  return request.headers.flatMap(([name, value], index): readonly Problem[] => {
    const key = name.toLowerCase()
    const error = (message: string): readonly Problem[] => [
      { field: 'header', index, severity: 'error', message, values: { name } },
    ]
    const unsent = (message: string): readonly Problem[] => [
      { field: 'header', index, severity: 'warning', message, values: { name }, wayOn: 'extension' },
    ]
    if (!isToken(name)) return error(msg('This is no name of a header.'))
    if (!isHeaderValue(value)) return error(msg('A header cannot carry line ends, or characters beyond Latin-1.'))
    if (COUNTED.has(key)) {
      const message = msg('The browser sets {name} by itself: it is left out.')
      return [{ field: 'header', index, severity: 'warning', message, values: { name } }]
    }
    if (way === 'extension') return []
    if (as === 'eventsource') return unsent(msg('An EventSource of the page sends no headers of its own.'))
    if (isForbiddenHeader(name)) return unsent(msg('The browser does not let a page set {name}.'))
    if (key === 'user-agent') return unsent(msg('Chromium does not let a page set {name}.'))
    if (request.mode === 'no-cors' && !isSafelisted(key, value)) {
      return unsent(msg('With the mode no-cors {name} is not sent.'))
    }
    return []
  })
}

export const isCounted = (name: string): boolean => COUNTED.has(name.toLowerCase())

/** Fetch standard, "no-CORS-safelisted request-header", but for its lengths. */
function isSafelisted(name: string, value: string): boolean {
  if (/^(?:accept|accept-language|content-language)$/.test(name)) return true
  const isSimple = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(?:;|$)/i.test(value)
  return name === 'content-type' && isSimple
}
