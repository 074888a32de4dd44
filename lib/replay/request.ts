/** A recorded request as something that can be written down or sent again. */
import type { HeaderPair, NetworkFacts, RecordedBody, Transport } from '../protocol.ts'
import type { Connection } from '../session/types.ts'
import { EXTENSION_DOC } from './extension/recorder.ts'
import { isForbiddenHeader, isToken, toGivenHeaders, toWireHeaders } from './headers.ts'
import { headerOf } from '../headers.ts'
import { ENGLISH, msg, USERS, type Voice } from '../i18n/translate.ts'

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
  /** What of the original is not in here or not known, in sentences: in English, as they go into generated code. */
  readonly notes: readonly string[]
}

/** The request as the page made it; of an EventSource the first attempt that is known. */
export function toReplayRequest(connection: Connection): ReplayRequest {
  const { open, body } = connection
  const { url, given, wire } = partsOf(connection)
  return {
    transport: open.transport,
    method: open.method,
    url,
    headers: given.headers,
    wireHeaders: wire.length === 0 ? null : toAllHeaders(given.headers, wire),
    body,
    options: open.options,
    notes: toReplayNotes(connection, ENGLISH),
  }
}

function partsOf(connection: Connection) {
  const { open, frame } = connection
  const url = toSentUrl(open.url, frame.url)
  // What the extension sent was sent, whatever a page may.
  const isOwn = frame.doc === EXTENSION_DOC
  const given = isOwn ? { headers: open.headers, forbidden: [], invalid: [] } : toGivenHeaders(open.headers)
  return { url, given, wire: exchangeOf(connection, url)?.requestHeaders ?? [] }
}

/** The request's `notes`, in the user's language unless another voice is given. */
export function toReplayNotes(connection: Connection, voice: Voice = USERS): readonly string[] {
  const { t } = voice
  const { open, body } = connection
  const { url, given, wire } = partsOf(connection)
  return [
    ...urlNotes(url, voice),
    ...(isToken(open.method) ? [] : [t('The method is not valid; it stands here as the page gave it.')]),
    ...given.forbidden.map((name) =>
      t('The header {name} that the page gave is left out: the browser does not send it for a page.', { name }),
    ),
    ...given.invalid.map((name) => t('The header {name} is left out: no request can carry it.', { name })),
    ...bodyNotes(body, voice),
    ...typeNotes(body, [...given.headers, ...wire], voice),
  ]
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

function urlNotes(url: string, { t }: Voice): readonly string[] {
  const protocol = URL.parse(url)?.protocol
  if (protocol === undefined) return [t('The URL is not valid; it stands here as the page gave it.')]
  return /^https?:$/.test(protocol) ? [] : [t('Only the page itself can reach a {protocol} URL.', { protocol })]
}

function bodyNotes(body: RecordedBody, { t, tn }: Voice): readonly string[] {
  const inBytes = (sizeBytes: number) => tn(sizeBytes, '{n} byte', '{n} bytes')
  const cutNote = (sizeBytes: number) =>
    t('Only the beginning of the body was recorded: it was {size}.', { size: inBytes(sizeBytes) })
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return body.cut ? [cutNote(body.sizeBytes)] : []
    case 'bytes':
      if (!body.cut) return []
      return [
        body.base64 === ''
          ? t('The body is missing: {size} that were not recorded.', { size: inBytes(body.sizeBytes) })
          : cutNote(body.sizeBytes),
      ]
    case 'form':
      return body.entries.flatMap((entry) =>
        'value' in entry
          ? []
          : [
              t('The file {name} ({size}) was not recorded: put your own in its place.', {
                name: entry.fileName,
                size: inBytes(entry.sizeBytes),
              }),
            ],
      )
    case 'stream':
      return [t('The body is missing: it was a stream, which was left to the request.')]
    case 'unseen':
      return [t('The body is missing: it could not be seen. {why}', { why: toUnseenWords(body.why, t) })]
    default:
      return body satisfies never
  }
}

/** Capture is in the page and speaks English only: all that it says of bodies. */
const UNSEEN: readonly string[] = [msg('The page gave an object that the browser turns into text.')]

/** Why a body was not seen, in the voice's language where it is known. */
export function toUnseenWords(why: string, say: Voice['t'] = USERS.t): string {
  return UNSEEN.includes(why) ? say(why) : why
}

/** A string and URLSearchParams are recorded alike, but the browser names different types for them. */
function typeNotes(body: RecordedBody, known: readonly HeaderPair[], { t }: Voice): readonly string[] {
  if (body.kind !== 'text' || headerOf(known, 'content-type') !== null) return []
  if (!/^[\w.*+%-]+=[\w.*+%-]*(?:&[\w.*+%-]+=[\w.*+%-]*)*$/.test(body.text)) return []
  return [t('The Content-Type is a guess: text/plain for a string, it was another for URLSearchParams.')]
}
