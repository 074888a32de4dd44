/**
 * What DevTools tells of a finished exchange (a HAR 1.2 entry with Chromium's own `_` fields) → NetworkFacts. Every field is
 * looked at before it is believed: the format is the browser's own and grows with it.
 */
import type { HeaderPair, NetworkFacts } from '../protocol.ts'

/** Enough to tell requests apart; bodies with images are megabytes. */
const REQUEST_BODY_LENGTH = 2_000

type Fields = Readonly<Record<string, unknown>>

/** Null when it is no entry of an exchange. `ownScript` is the URL of capture's script, whose frames are no calls of the page. */
export function toNetworkFacts(entry: unknown, ownScript: string): NetworkFacts | null {
  const exchange = fieldsOf(entry)
  const request = fieldsOf(exchange['request'])
  const response = fieldsOf(exchange['response'])
  const url = textOf(request['url'])
  const startedAtMs = Date.parse(textOf(exchange['startedDateTime']))
  if (url === '' || !Number.isFinite(startedAtMs)) return null
  const status = Math.max(0, numberOf(response['status'], 0))
  const target = textOf(response['redirectURL'])
  return {
    url,
    method: textOf(request['method']),
    resourceType: textOf(exchange['_resourceType']),
    startedAtMs,
    finishedAtMs: startedAtMs + Math.max(0, numberOf(exchange['time'], 0)),
    status,
    netError: textOf(response['_error']),
    protocol: toProtocol(textOf(response['httpVersion'])),
    remoteAddress: textOf(exchange['serverIPAddress']),
    fromCache: textOf(exchange['_fromCache']) !== '',
    transferredBytes: status === 0 ? -1 : numberOf(response['_transferSize'], -1),
    bodyBytes: numberOf(fieldsOf(response['content'])['size'], -1),
    // A redirect that failed leads nowhere.
    redirectedTo: target === '' || textOf(response['_error']) !== '' ? '' : (URL.parse(target, url)?.href ?? target),
    requestHeaders: headersOf(request['headers']),
    responseHeaders: headersOf(response['headers']),
    requestBody: textOf(fieldsOf(request['postData'])['text']).slice(0, REQUEST_BODY_LENGTH),
    calledFrom: calledFrom(exchange, ownScript),
    timings: timingsOf(fieldsOf(exchange['timings'])),
    resume: null,
  }
}

/** As the network calls it: the log writes `HTTP/2.0` for what is negotiated as `h2`. */
function toProtocol(httpVersion: string): string {
  const version = httpVersion.toLowerCase()
  const number = /^http\/([23])(?:\.0)?$/.exec(version)?.[1]
  return number === undefined ? version : `h${number}`
}

/** The page's innermost frame of an entry's call; empty where there is none. */
function calledFrom(exchange: Fields, ownScript: string): string {
  for (const frame of callFrames(exchange)) {
    const url = textOf(frame['url'])
    if (url === ownScript) continue
    // DevTools counts from 0, stacks from 1.
    return `${url}:${numberOf(frame['lineNumber'], -1) + 1}:${numberOf(frame['columnNumber'], -1) + 1}`
  }
  return ''
}

/** Innermost first; empty where no script made the call, and for EventSource. */
export function callFrames(exchange: Fields): readonly Fields[] {
  const { callFrames: frames } = fieldsOf(fieldsOf(exchange['_initiator'])['stack'])
  return Array.isArray(frames) ? frames.map(fieldsOf) : []
}

function timingsOf(timings: Fields): NetworkFacts['timings'] {
  const ms = (name: string) => numberOf(timings[name], -1)
  return {
    blockedMs: ms('blocked'),
    dnsMs: ms('dns'),
    connectMs: ms('connect'),
    sslMs: ms('ssl'),
    sendMs: ms('send'),
    waitMs: ms('wait'),
    receiveMs: ms('receive'),
  }
}

export function headersOf(list: unknown): readonly HeaderPair[] {
  if (!Array.isArray(list)) return []
  return list.map(fieldsOf).map(({ name, value }) => [textOf(name), textOf(value)] as const)
}

/** An object's fields; none of what is no object. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise
