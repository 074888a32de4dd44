/** Why a connection is over: evidence in, verdict out. The evidence decides, never an error's message text alone. */
import type { EndRecord, HeadRecord, OpenRecord, Reason } from '../protocol.ts'
import type { Connection, Ending, Verdict } from '../session/types.ts'
import { quote, toCountWords, toDurationWords, toReasonWords, toSizeWords } from './words.ts'

/** The document went away while the connection lived. */
export interface Gone {
  /** The document's clock. */
  readonly atMs: number
  /** It went into the back/forward cache and may come back. */
  readonly cached: boolean
  /** The URL of the page that came instead, where known. */
  readonly to: string | null
}

export interface Evidence {
  readonly open: OpenRecord
  readonly head: HeadRecord | null
  /** What ended it. */
  readonly by: { readonly end: EndRecord } | { readonly gone: Gone }
  readonly framing: Connection['framing']
  /** Text after the last complete block or line; null if there is none. */
  readonly tail: string | null
  readonly sizeBytes: number
  readonly eventCount: number
  /** EventSource: how often it connected. */
  readonly attempts: number
  /** The body's beginning, for HTTP errors. */
  readonly bodyStart: string
}

/** Judges the evidence (design.md, "Endings"). */
export function toEnding(evidence: Evidence): Ending {
  if ('gone' in evidence.by) return toGoneEnding(evidence, evidence.by.gone)
  const end = evidence.by.end
  const { head } = evidence
  const verdict = toVerdict(evidence, end)
  const ending = (who: Ending['who'], sentence: string): Ending => ({
    verdict,
    who,
    atMs: end.atMs,
    sentence: `${sentence}${head === null || verdict === 'http error' ? '' : ` HTTP status was ${head.status}.`}`,
  })
  const when = `${toDurationWords(end.atMs - evidence.open.atMs)} in, ${toProgress(evidence)}`

  switch (verdict) {
    case 'completed':
      return ending('server', toCompletedSentence(evidence, end))
    case 'incomplete':
      return ending(
        'server',
        `The server closed the stream ${when}, but the text stops inside ${evidence.framing === 'sse' ? 'a block' : 'a line'}: ${quote(evidence.tail ?? '')}.`,
      )
    case 'cancelled':
      return ending(
        'page',
        `Cancelled by the page${end.by === '' ? '' : ` (${end.by})`} ${when}${because(end.reason)}.`,
      )
    case 'aborted':
      return ending('page', `Aborted by the page ${when}${because(toAbortReason(end))}.`)
    case 'timed out':
      return ending('page', `Timed out ${when}: the page's own limit${end.by === '' ? '' : ` (${end.by})`}.`)
    case 'http error':
      return ending('server', toHttpErrorSentence(evidence, end))
    case 'refused':
      return ending(
        'browser',
        evidence.attempts === 0
          ? `The browser closed the EventSource ${when}: the answer was no event stream with status 200, or was forbidden. The page is not told which.`
          : `The browser stopped reconnecting the EventSource ${when}: the answer to the last attempt was no event stream with status 200.`,
      )
    case 'unreachable':
      return ending(
        'network',
        `Failed ${when}${because(end.reason)}. No connection, or an answer the page may not read (CORS): the page is not told which.`,
      )
    case 'lost':
      return ending('network', `The connection broke ${when}${because(end.reason)}.`)
    default:
      return verdict satisfies never
  }
}

type PageVerdict = Exclude<Verdict, 'page gone' | 'error event'>

function toVerdict(evidence: Evidence, end: EndRecord): PageVerdict {
  const { open, head } = evidence
  const isHttpError = head !== null && head.status >= 400
  switch (end.how) {
    case 'done':
      if (isHttpError) return 'http error'
      return evidence.tail === null ? 'completed' : 'incomplete'
    case 'cancel':
      if (isHttpError) return 'http error'
      return hasWholeBody(evidence) ? 'completed' : 'cancelled'
    case 'timeout':
      return 'timed out'
    case 'abort':
    case 'error':
      if (end.signal !== null) return isTimeout(end.signal) ? 'timed out' : 'aborted'
      if (end.how === 'abort') return open.transport === 'xhr' ? 'cancelled' : 'aborted'
      if (isHttpError) return 'http error'
      // An EventSource that the browser closed will not try again; one whose connection merely broke does.
      if (open.transport === 'eventsource') return end.readyState === 2 ? 'refused' : 'lost'
      return head === null ? 'unreachable' : 'lost'
    default:
      return end.how satisfies never
  }
}

/** `AbortSignal.timeout()` gives a DOMException of this name (DOM standard, 3.2); a page's own error may borrow it. */
function isTimeout(reason: Reason): boolean {
  return reason.type === 'DOMException' && reason.name === 'TimeoutError'
}

/** Whether the server had already sent all when the page cancelled. */
function hasWholeBody({ head, sizeBytes }: Evidence): boolean {
  const length = findHeader(head, 'content-length')
  // Content-Length counts the bytes on the wire, which compares to the page's only without a content encoding.
  return (
    length !== null &&
    findHeader(head, 'content-encoding') === null &&
    /^\d+$/.test(length) &&
    sizeBytes >= Number(length)
  )
}

function findHeader(head: HeadRecord | null, name: string): string | null {
  return head?.headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? null
}

/** `abort()` without a reason makes an AbortError that says nothing more. */
function toAbortReason(end: EndRecord): Reason | null {
  const reason = end.signal ?? end.reason
  return reason !== null && reason.type === 'DOMException' && reason.name === 'AbortError' ? null : reason
}

function because(reason: Reason | null): string {
  const words = toReasonWords(reason)
  return words === null ? '' : `: ${words}`
}

function toProgress({ head, framing, sizeBytes, eventCount, attempts }: Evidence): string {
  if (eventCount > 0 && framing !== 'text') return `after ${toCountWords(eventCount, 'event')}`
  if (sizeBytes > 0) return `after ${toSizeWords(sizeBytes)}`
  return head === null && attempts === 0 ? 'before an answer came' : 'before any byte of the body'
}

function toCompletedSentence(evidence: Evidence, end: EndRecord): string {
  const took = toDurationWords(end.atMs - evidence.open.atMs)
  const size = toSizeWords(evidence.sizeBytes)
  const all = evidence.framing === 'text' ? size : `${toCountWords(evidence.eventCount, 'event')} (${size})`
  const after = end.how === 'cancel' && end.by !== '' ? ` The page called ${end.by} after that.` : ''
  return `The server sent ${all} in ${took} and closed the stream.${after}`
}

function toHttpErrorSentence({ head, bodyStart }: Evidence, end: EndRecord): string {
  const status = head === null ? '' : `${head.status} ${head.statusText}`.trim()
  const said = bodyStart === '' ? (end.how === 'cancel' ? '; the page did not read why' : '') : `: ${quote(bodyStart)}`
  return `The server answered with HTTP status ${status}${said}.`
}

function toGoneEnding(evidence: Evidence, gone: Gone): Ending {
  const how = gone.cached
    ? 'The page went into the back/forward cache'
    : gone.to === null
      ? 'The page went away (navigation, reload, closed tab or removed frame)'
      : `The page went away to ${gone.to}`
  const status = evidence.head === null ? '' : ` HTTP status was ${evidence.head.status}.`
  return {
    verdict: 'page gone',
    who: 'browser',
    atMs: gone.atMs,
    sentence: `${how} ${toDurationWords(gone.atMs - evidence.open.atMs)} in, ${toProgress(evidence)}.${status}`,
  }
}
