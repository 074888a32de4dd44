/** What of a request's headers goes out: the page's as the browser sends them, and what the browser adds. */
import type { HeaderPair } from '../protocol.ts'

/** Fetch standard, "header value": Latin-1 without line ends and NUL. */
// oxlint-disable-next-line no-control-regex
const VALUE = /^[\x01-\x09\x0b\x0c\x0e-\xff]*$/

/** Fetch standard, "forbidden request-header". */
const FORBIDDEN: ReadonlySet<string> = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'access-control-request-private-network',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
])

/** Set anew by whoever sends: they belong to one connection to a server, or to what the sender can decode. */
const OF_THE_SENDER: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** RFC 9110, section 5.6.2: what names and methods may be. */
export function isToken(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text)
}

/** Whether a header can carry it, once white space around it is gone. */
export function isHeaderValue(value: string): boolean {
  return VALUE.test(value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, ''))
}

/** Whether the browser takes no such header from a page. */
export function isForbiddenHeader(name: string): boolean {
  return FORBIDDEN.has(name.toLowerCase()) || /^(?:proxy|sec)-/i.test(name)
}

export interface GivenHeaders {
  /** As the browser takes them over: values trimmed, those of one name joined. */
  readonly headers: readonly HeaderPair[]
  /** Names of those that the browser does not send for a page. */
  readonly forbidden: readonly string[]
  /** Names of those that no request can carry. */
  readonly invalid: readonly string[]
}

/** Fetch standard, "append" of a Headers object. */
export function toGivenHeaders(given: readonly HeaderPair[]): GivenHeaders {
  const joined = new Map<string, HeaderPair>()
  const forbidden: string[] = []
  const invalid: string[] = []
  for (const [name, raw] of given) {
    const value = raw.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '')
    const key = name.toLowerCase()
    const before = joined.get(key)
    if (!isToken(name) || !VALUE.test(value)) invalid.push(name)
    else if (isForbiddenHeader(name)) forbidden.push(name)
    else joined.set(key, before === undefined ? [name, value] : [before[0], `${before[1]}, ${value}`])
  }
  return { headers: [...joined.values()], forbidden, invalid }
}

/** Headers from the wire, without HTTP/2's own and those that every sender sets itself. */
export function toWireHeaders(wire: readonly HeaderPair[]): readonly HeaderPair[] {
  return wire.filter(([name, value]) => isToken(name) && VALUE.test(value) && !OF_THE_SENDER.has(name.toLowerCase()))
}

export function withoutHeader(headers: readonly HeaderPair[], name: string): readonly HeaderPair[] {
  return headers.filter(([one]) => one.toLowerCase() !== name)
}
