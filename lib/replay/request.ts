/** A recorded request as something that can be written down or sent again. */
import type { HeaderPair, NetworkFacts, RecordedBody, Transport } from '../protocol.ts'
import type { Connection } from '../session/types.ts'
import { isForbiddenHeader, isToken, toGivenHeaders, toWireHeaders } from './headers.ts'
import { headerOf } from '../headers.ts'

export interface ReplayRequest {
  readonly transport: Transport
  readonly method: string
  /** Absolute where it is a URL at all, without a fragment: that is never sent. */
  readonly url: string
  /** As the page gave them and the browser takes them over. */
  readonly headers: readonly HeaderPair[]
  /** With all that the browser added (cookies, user agent …); null where DevTools did not tell. */
  readonly wireHeaders: readonly HeaderPair[] | null
  /** As far as it was recorded; `notes` say what is missing. */
  readonly body: RecordedBody
  /** By their names in the Fetch standard. */
  readonly options: Readonly<Record<string, string>>
  /** What of the original is not in here or not known, in sentences for people. */
  readonly notes: readonly string[]
}

/** The request as the page made it; of an EventSource the first attempt that is known. */
export function toReplayRequest(connection: Connection): ReplayRequest {
  const { open, body, frame } = connection
  const url = toSentUrl(open.url, frame.url)
  const given = toGivenHeaders(open.headers)
  const wire = exchangeOf(connection, url)?.requestHeaders ?? []
  return {
    transport: open.transport,
    method: open.method,
    url,
    headers: given.headers,
    wireHeaders: wire.length === 0 ? null : toAllHeaders(given.headers, wire),
    body,
    options: open.options,
    notes: [
      ...urlNotes(url),
      ...(isToken(open.method) ? [] : ['The method is not valid; it stands here as the page gave it.']),
      ...given.forbidden.map(
        (name) => `The header ${name} that the page gave is left out: the browser does not send it for a page.`,
      ),
      ...given.invalid.map((name) => `The header ${name} is left out: no request can carry it.`),
      ...bodyNotes(body),
      ...typeNotes(body, [...given.headers, ...wire]),
    ],
  }
}

function toSentUrl(url: string, base: string): string {
  const parsed = URL.parse(url) ?? URL.parse(url, base)
  if (parsed === null) return url
  parsed.hash = ''
  return parsed.href
}

function exchangeOf({ network, open }: Connection, url: string): NetworkFacts | undefined {
  return network.find((facts) => facts.method === open.method && toSentUrl(facts.url, url) === url)
}

/** What DevTools tells may leave out secrets, or come from before the request was complete: the page's own are kept. */
function toAllHeaders(given: readonly HeaderPair[], wire: readonly HeaderPair[]): readonly HeaderPair[] {
  const told = toWireHeaders(wire)
  return [...told, ...given.filter(([name]) => !isForbiddenHeader(name) && headerOf(told, name.toLowerCase()) === null)]
}

function urlNotes(url: string): readonly string[] {
  const protocol = URL.parse(url)?.protocol
  if (protocol === undefined) return ['The URL is not valid; it stands here as the page gave it.']
  return /^https?:$/.test(protocol) ? [] : [`Only the page itself can reach a ${protocol} URL.`]
}

function bodyNotes(body: RecordedBody): readonly string[] {
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return body.cut ? [`Only the beginning of the body was recorded: it was ${inBytes(body.sizeBytes)}.`] : []
    case 'bytes':
      if (!body.cut) return []
      return [
        body.base64 === ''
          ? `The body is missing: ${inBytes(body.sizeBytes)} that were not recorded.`
          : `Only the beginning of the body was recorded: it was ${inBytes(body.sizeBytes)}.`,
      ]
    case 'form':
      return body.entries.flatMap((entry) =>
        'value' in entry
          ? []
          : [`The file ${entry.fileName} (${inBytes(entry.sizeBytes)}) was not recorded: put your own in its place.`],
      )
    case 'stream':
      return ['The body is missing: it was a stream, which was left to the request.']
    case 'unseen':
      return [`The body is missing: it could not be seen. ${body.why}`]
    default:
      return body satisfies never
  }
}

const inBytes = (sizeBytes: number) => `${sizeBytes} ${sizeBytes === 1 ? 'byte' : 'bytes'}`

/** A string and URLSearchParams are recorded alike, but the browser names different types for them. */
function typeNotes(body: RecordedBody, known: readonly HeaderPair[]): readonly string[] {
  if (body.kind !== 'text' || headerOf(known, 'content-type') !== null) return []
  if (!/^[\w.*+%-]+=[\w.*+%-]*(?:&[\w.*+%-]+=[\w.*+%-]*)*$/.test(body.text)) return []
  return ['The Content-Type is a guess: text/plain for a string, it was another for URLSearchParams.']
}
