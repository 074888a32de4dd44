import type { HeaderPair, NetworkFacts } from '../protocol.ts'
import { type ReplayRequest, toReplayRequest } from '../replay/request.ts'
import { textHere } from './whole-text.ts'
import type { Connection } from '../session/types.ts'
import { toContentType, toSentHeaders } from './body.ts'
import { bringTexts } from './bring-texts.ts'
import { redactHeaders, redactRequest, redactText } from './redact.ts'
import { createRedactor, type Redactor } from './secrets.ts'
import { headerOf } from '../headers.ts'

/** Of longer answers the beginning. */
const CONTENT_LENGTH = 5_000_000
const MOST_EVENTS = 10_000

/** Reads from the browser's storage what `toHar` takes; null if it is all there. */
export const bringForHar = (connection: Connection): Promise<void> | null =>
  bringTexts(connection, CONTENT_LENGTH, MOST_EVENTS)

export interface HarOptions {
  readonly withWire: boolean
  readonly withSecrets: boolean
  readonly secretNames?: readonly string[]
}

/** HAR 1.2, a log with this connection as its one entry. What came is in it as far as it has come. */
export function toHar(connection: Connection, { withWire, withSecrets, secretNames }: HarOptions): string {
  const original = toReplayRequest(connection)
  const request = withSecrets ? original : redactRequest(original, secretNames)
  const redactor = withSecrets ? null : createRedactor(secretNames)
  const facts = connection.network.findLast(({ redirectedTo }) => redirectedTo === '')
  const { open, frame } = connection
  const startedAtMs = frame.timeOriginMs + (frame.lagMs ?? 0) + open.atMs
  const timings = toTimings(connection, facts)
  const entry = {
    startedDateTime: new Date(startedAtMs).toISOString(),
    time: Object.values(timings).reduce((sum, ms) => sum + Math.max(0, ms), 0),
    request: toHarRequest(request, withWire, facts),
    response: toHarResponse(connection, facts, redactor),
    cache: {},
    timings,
    ...(facts !== undefined && facts.remoteAddress !== '' && { serverIPAddress: facts.remoteAddress }),
    ...toMessages(connection, redactor),
    ...(connection.ending !== null && { comment: clean(connection.ending.sentence, redactor) }),
  }
  return JSON.stringify(
    { log: { version: '1.2', creator: { name: 'Streamscope', version: '1' }, entries: [entry] } },
    null,
    2,
  )
}

function toHarRequest(request: ReplayRequest, withWire: boolean, facts: NetworkFacts | undefined) {
  const postData = toPostData(request)
  return {
    method: request.method,
    url: request.url,
    httpVersion: facts?.protocol ?? '',
    cookies: [],
    headers: toHarHeaders(toSentHeaders(request, withWire)),
    queryString: Array.from(URL.parse(request.url)?.searchParams ?? [], ([name, value]) => ({ name, value })),
    ...(postData !== null && { postData }),
    headersSize: -1,
    bodySize: 'sizeBytes' in request.body ? request.body.sizeBytes : request.body.kind === 'none' ? 0 : -1,
    ...(request.notes.length > 0 && { comment: request.notes.join(' ') }),
  }
}

function toPostData(request: ReplayRequest) {
  const { body } = request
  switch (body.kind) {
    case 'none':
    case 'stream':
    case 'unseen':
      return null
    case 'text':
      return { mimeType: toContentType(request), text: body.text }
    case 'bytes':
      return { mimeType: toContentType(request), text: body.base64, encoding: 'base64', comment: 'In base64.' }
    case 'form':
      return {
        mimeType: toContentType(request) || 'multipart/form-data',
        params: body.entries.map((entry) =>
          'value' in entry ? entry : { name: entry.name, fileName: entry.fileName, contentType: entry.type },
        ),
      }
    default:
      return body satisfies never
  }
}

function toHarResponse(connection: Connection, facts: NetworkFacts | undefined, redactor: Redactor | null) {
  const { head } = connection
  const headers =
    facts !== undefined && facts.responseHeaders.length > 0 ? facts.responseHeaders : (head?.headers ?? [])
  const shown = redactor === null ? headers : redactHeaders(headers, redactor)
  return {
    status: head?.status ?? facts?.status ?? 0,
    statusText: head?.statusText ?? '',
    httpVersion: facts?.protocol ?? '',
    cookies: [],
    headers: toHarHeaders(shown),
    content: toContent(connection, headerOf(headers, 'content-type') ?? '', redactor),
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    ...(facts !== undefined && facts.netError !== '' && { _error: facts.netError }),
  }
}

function toContent({ chunks, sizeBytes, dropped, transport }: Connection, mimeType: string, redactor: Redactor | null) {
  const comments: string[] = []
  if (transport === 'eventsource') comments.push('An EventSource tells its events only.')
  if (chunks.textLength > CONTENT_LENGTH) comments.push(`Only the first ${CONTENT_LENGTH} characters.`)
  if (dropped.records > 0) comments.push(`${dropped.sizeBytes} bytes had been dropped before they could be recorded.`)
  const { text, leftOut } = textHere(chunks, 0, Math.min(CONTENT_LENGTH, chunks.textLength))
  if (leftOut > 0)
    comments.push(`${leftOut} of its characters are left out: they had been dropped to keep memory within bounds.`)
  return {
    size: sizeBytes,
    mimeType,
    ...(text !== '' && { text: clean(text, redactor) }),
    ...(comments.length > 0 && { comment: comments.join(' ') }),
  }
}

/** As Chrome writes events; times are wall clock in seconds. */
function toMessages({ entries, frame, framing }: Connection, redactor: Redactor | null) {
  if (framing !== 'events' && framing !== 'sse') return {}
  const messages = []
  let leftOut = 0
  for (let index = 0; index < entries.length && messages.length < MOST_EVENTS; index += 1) {
    if (entries.kindOf(index) !== 'event') continue
    const { atMs, type, id, data, away } = entries.at(index)
    if (away !== undefined) {
      leftOut += 1
      continue
    }
    const time = (frame.timeOriginMs + (frame.lagMs ?? 0) + atMs) / 1000
    messages.push({ time, eventName: type, eventId: id, data: clean(data, redactor) })
  }
  return {
    ...(messages.length > 0 && { _eventSourceMessages: messages }),
    // Fields of our own, beside the one that Chrome has made up.
    ...(leftOut > 0 && { _eventsLeftOut: leftOut }),
  }
}

function toTimings({ open, head, end, lastByteAtMs }: Connection, facts: NetworkFacts | undefined) {
  if (facts !== undefined) {
    const { blockedMs, dnsMs, connectMs, sslMs, sendMs, waitMs, receiveMs } = facts.timings
    const known = (ms: number) => Math.max(0, ms)
    return {
      blocked: blockedMs,
      dns: dnsMs,
      connect: connectMs,
      ssl: sslMs,
      send: known(sendMs),
      wait: known(waitMs),
      receive: known(receiveMs),
    }
  }
  const headAtMs = head?.atMs ?? end?.atMs ?? open.atMs
  const endAtMs = end?.atMs ?? lastByteAtMs ?? headAtMs
  return { send: 0, wait: headAtMs - open.atMs, receive: Math.max(0, endAtMs - headAtMs) }
}

const toHarHeaders = (headers: readonly HeaderPair[]) => headers.map(([name, value]) => ({ name, value }))

function clean(text: string, redactor: Redactor | null): string {
  return redactor === null ? text : redactText(text, redactor)
}
