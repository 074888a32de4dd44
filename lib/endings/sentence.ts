/** The ending in one sentence that a person understands, with the evidence in it. */
import type { EndRecord, NetworkFacts, Reason } from '../protocol.ts'
import type { Evidence, Gone } from './evidence.ts'
import {
  hasAllPromised,
  isAnswered,
  isFinishedBefore,
  isShort,
  isStoppedByBrowser,
  toFailure,
  toPromisedBytes,
  toReason,
  toRefusal,
  toStatus,
} from './facts.ts'
import type { PageVerdict } from './facts.ts'
import { isForbidden, toNetErrorWords } from './net-errors.ts'
import { quote, toCallWords, toCountWords, toDurationWords, toReasonWords, toSizeWords } from './words.ts'
import { headerOf } from '../headers.ts'

export function toSentence(evidence: Evidence, end: EndRecord, verdict: PageVerdict): string {
  const status = evidence.head === null || verdict === 'http error' ? '' : ` HTTP status was ${evidence.head.status}.`
  return `${toVerdictSentence(evidence, end, verdict)}${status}`
}

export function toGoneSentence(evidence: Evidence, gone: Gone): string {
  const how = gone.cached
    ? 'The page went into the back/forward cache'
    : gone.to === null
      ? 'The page went away (navigation, reload, closed tab or removed frame)'
      : `The page went away to ${gone.to}`
  const status = evidence.head === null ? '' : ` HTTP status was ${evidence.head.status}.`
  return `${how} ${toWhen(evidence, gone.atMs)}.${status}`
}

function toVerdictSentence(evidence: Evidence, end: EndRecord, verdict: PageVerdict): string {
  const when = toWhen(evidence, end.atMs)
  switch (verdict) {
    case 'completed':
      return toCompletedSentence(evidence, end)
    case 'incomplete':
      return `The server closed the stream ${when}, but ${toLack(evidence)}.`
    case 'error event':
      return `The stream carried an error, and ended ${when}: ${toErrorWords(evidence)}.`
    case 'cancelled':
      if (isStoppedByBrowser(evidence, end))
        return `Stopped by the browser ${when}: by its Stop button, or by window.stop().`
      return `Cancelled by the page${end.by === '' ? '' : ` (${end.by})`} ${when}${because(end.reason)}.`
    case 'aborted':
      return end.early === true
        ? `Aborted by the page: the signal had been aborted before the call${because(toAbortReason(end))}.`
        : `Aborted by the page ${when}${because(toAbortReason(end))}.`
    case 'timed out':
      return `Timed out ${when}: the page's own limit${toLimit(end)}.`
    case 'http error':
      return toHttpErrorSentence(evidence, end)
    case 'refused':
      return toRefusedSentence(evidence, when)
    case 'unreachable':
      return toUnreachableSentence(evidence, end, when)
    case 'lost':
      return toLostSentence(evidence, end, when)
    default:
      return verdict satisfies never
  }
}

/** `3.2 s in, after 41 events` */
function toWhen(evidence: Evidence, atMs: number): string {
  return `${toDurationWords(atMs - evidence.open.atMs)} in, ${toProgress(evidence)}`
}

function toProgress(evidence: Evidence): string {
  const { framing, sizeBytes, eventCount, reconnecting } = evidence
  const again = reconnecting && isAnswered(evidence) ? ' and while it was reconnecting' : ''
  if (eventCount > 0 && framing !== 'text') return `after ${toCountWords(eventCount, 'event')}${again}`
  if (sizeBytes > 0) return `after ${toSizeWords(sizeBytes)}${again}`
  return isAnswered(evidence) ? `before any byte of the body${again}` : 'before an answer came'
}

function because(reason: Reason | null): string {
  const words = toReasonWords(reason)
  return words === null ? '' : `: ${words}`
}

/** `abort()` without a reason makes an AbortError that says nothing more. */
function toAbortReason(end: EndRecord): Reason | null {
  const reason = toReason(end)
  return reason !== null && reason.type === 'DOMException' && reason.name === 'AbortError' ? null : reason
}

function toLimit({ by, limitMs }: EndRecord): string {
  const parts = [by, limitMs === undefined ? '' : toDurationWords(limitMs)].filter((part) => part !== '')
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

/** What the server's own end, or the page's call after it, looked like. */
function toCompletedSentence(evidence: Evidence, end: EndRecord): string {
  const { terminal, also } = evidence
  const took = toDurationWords(end.atMs - evidence.open.atMs)
  const all = toAll(evidence)
  const act = end.by === '' ? 'ended it' : toCallWords(end.by)
  if (end.how === 'done' || hasAllPromised(evidence)) {
    const by = end.how === 'done' ? (also?.by ?? '') : end.by
    return `The server sent ${all} in ${took} and closed the stream.${by === '' ? '' : ` The page ${toCallWords(by)} after that.`}`
  }
  if (isFinishedBefore(evidence, end)) {
    return `The server sent everything and closed the stream; the page then ${act}, ${toWhen(evidence, end.atMs)}.`
  }
  return `The server sent ${all} in ${took}, up to its last word ${quote(terminal?.came?.name ?? '')}; the page then ${act}.`
}

function toAll({ framing, sizeBytes, eventCount }: Evidence): string {
  const size = toSizeWords(sizeBytes)
  return framing === 'text' ? size : `${toCountWords(eventCount, 'event')} (${size})`
}

function toLack(evidence: Evidence): string {
  const { tail, framing, terminal, sizeBytes } = evidence
  const place = framing === 'sse' ? 'a block' : 'a line'
  if (tail !== null) return `the text stops inside ${place}: ${quote(tail)}`
  const promised = toPromisedBytes(evidence)
  if (isShort(evidence) && promised !== null)
    return `only ${sizeBytes} of the ${promised} bytes came that Content-Length told`
  return `${terminal?.expected ?? ''} did not come`
}

function toErrorWords({ terminal, lastEvent }: Evidence): string {
  const came = terminal?.came
  if (came?.kind === 'error') return came.text === '' ? came.name : `${came.name} ${quote(came.text)}`
  return lastEvent === null ? '' : `${lastEvent.type === 'message' ? '' : `${lastEvent.type} `}${quote(lastEvent.data)}`
}

function toHttpErrorSentence(evidence: Evidence, end: EndRecord): string {
  const { open, head, bodyStart } = evidence
  if (open.transport === 'eventsource') return toEventSourceStatus(toRefusal(evidence)?.status ?? 0)
  const said = bodyStart === '' ? (end.how === 'cancel' ? '; the page did not read why' : '') : `: ${quote(bodyStart)}`
  return `The server answered with HTTP status ${`${toStatus(evidence)} ${head?.statusText ?? ''}`.trim()}${said}.`
}

/** HTML standard, 9.2.2: 204 is how a server ends an EventSource on purpose. */
function toEventSourceStatus(status: number): string {
  return status === 204
    ? 'The server answered with HTTP status 204: that tells an EventSource to stop, and not to reconnect.'
    : `The server answered with HTTP status ${status}: an EventSource ends on any status but 200.`
}

function toRefusedSentence(evidence: Evidence, when: string): string {
  const { open, attempts } = evidence
  if (open.transport === 'eventsource') {
    const did = attempts === 0 ? 'closed' : 'stopped reconnecting'
    const refusal = toRefusal(evidence)
    const which = attempts === 0 ? '' : ' to the last attempt'
    const unknown = `the answer${which} was no event stream with status 200, or was forbidden. The page is not told which`
    return `The browser ${did} the EventSource ${when}: ${refusal === null ? unknown : toRefusalWords(evidence, refusal)}.`
  }
  const failure = toFailure(evidence)
  if (failure === null) return `The browser refused it ${when}: mode 'same-origin' forbids another origin.`
  return `The browser refused it ${when}: ${toForbiddenWords(evidence, failure)}.`
}

function toRefusalWords(evidence: Evidence, refusal: NetworkFacts): string {
  if (isForbidden(refusal.netError)) return toForbiddenWords(evidence, refusal)
  const type = headerOf(refusal.responseHeaders, 'content-type')
  return type === null
    ? 'the answer has no Content-Type, and should have text/event-stream'
    : `the answer's Content-Type is ${quote(type)}, and should be text/event-stream`
}

/** This one says little by itself; what was answered says more. */
const BARE = 'net::ERR_FAILED'

function toForbiddenWords({ open }: Evidence, { netError, status }: NetworkFacts): string {
  if (netError !== BARE) return toNetErrorWords(netError)
  if (status >= 300 && status < 400 && open.options['redirect'] === 'error') {
    return `it was redirected (HTTP status ${status}), which redirect: 'error' forbids`
  }
  return status === 0
    ? `CORS: the server did not allow it beforehand (${netError})`
    : `CORS: the server answered with HTTP status ${status}, but does not let this page read it (${netError})`
}

function toUnreachableSentence(evidence: Evidence, end: EndRecord, when: string): string {
  const failure = toFailure(evidence)
  if (failure?.netError === BARE) return `Failed ${when}, inside the browser: a service worker, for instance (${BARE}).`
  if (failure !== null) return `Failed ${when}: ${toNetErrorWords(failure.netError)}.`
  return `Failed ${when}${because(end.reason)}. No connection, or an answer the page may not read (CORS): the page is not told which.`
}

function toLostSentence(evidence: Evidence, end: EndRecord, when: string): string {
  const failure = toFailure(evidence)
  const why =
    failure === null ? because(end.signal === null ? end.reason : null) : `: ${toNetErrorWords(failure.netError)}`
  const came = evidence.terminal?.came
  const whole = came?.kind === 'end' ? ` The stream's last word ${quote(came.name)} had come.` : ''
  return `The connection broke ${when}${why}.${whole}`
}
