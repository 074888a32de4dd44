/** The ending in one sentence that a person understands, with the evidence in it. */
import { say } from '../i18n/saying.ts'
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
import { toReplaySentence } from './replay-sentence.ts'
import { isForbidden, toNetErrorWords } from './net-errors.ts'
import { quote, toActName, toCallWords, toDurationWords, toEventWords, toReasonWords, toSizeWords } from './words.ts'
import { headerOf } from '../headers.ts'
import { joinItems, joinSentences } from '../i18n/joined.ts'
import { t, tn } from '../i18n/translate.ts'

export function toSentence(evidence: Evidence, end: EndRecord, verdict: PageVerdict): string {
  const said = toVerdictSentence(evidence, end, verdict)
  return verdict === 'http error' ? said : joinSentences([said, toStatusSentence(evidence)])
}

export function toGoneSentence(evidence: Evidence, gone: Gone): string {
  return joinSentences([toGoneWords(gone, toWhen(evidence, gone.atMs)), toStatusSentence(evidence)])
}

function toGoneWords({ cached, to }: Gone, when: string): string {
  if (cached) return t('The page went into the back/forward cache {when}.', { when })
  return to === null
    ? t('The page went away (navigation, reload, closed tab or removed frame) {when}.', { when })
    : t('The page went away to {to} {when}.', { to, when })
}

function toStatusSentence({ head }: Evidence): string {
  return head === null ? '' : t('HTTP status was {status}.', { status: head.status })
}

function toVerdictSentence(evidence: Evidence, end: EndRecord, verdict: PageVerdict): string {
  const when = toWhen(evidence, end.atMs)
  const ofReplay = toReplaySentence(evidence, end, verdict, when)
  if (ofReplay !== null) return ofReplay
  switch (verdict) {
    case 'completed':
      return toCompletedSentence(evidence, end)
    case 'incomplete':
      return t('The server closed the stream {when}, but {lack}.', { when, lack: toLack(evidence) })
    case 'error event':
      return t('The stream carried an error, and ended {when}: {error}.', { when, error: toErrorWords(evidence) })
    case 'cancelled':
      return toCancelledSentence(evidence, end, when)
    case 'aborted':
      return withReason(
        end.early === true
          ? t('Aborted by the page: the signal had been aborted before the call')
          : t('Aborted by the page {when}', { when }),
        toReasonWords(toAbortReason(end)),
      )
    case 'timed out':
      return toTimedOutSentence(end, when)
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
  return t('{duration} in, {progress}', {
    duration: toDurationWords(atMs - evidence.open.atMs),
    progress: toProgress(evidence),
  })
}

function toProgress(evidence: Evidence): string {
  const came = toCame(evidence)
  if (!isAnswered(evidence)) return came ?? t('before an answer came')
  const answered = came ?? t('before any byte of the body')
  return evidence.reconnecting ? t('{progress} and while it was reconnecting', { progress: answered }) : answered
}

function toCame({ framing, sizeBytes, eventCount }: Evidence): string | null {
  if (eventCount > 0 && framing !== 'text') return tn(eventCount, 'after {n} event', 'after {n} events')
  return sizeBytes > 0 ? t('after {size}', { size: toSizeWords(sizeBytes) }) : null
}

/** The clause as a sentence, with the reason where there is one. */
function withReason(clause: string, reason: string | null): string {
  return reason === null ? t('{clause}.', { clause }) : t('{clause}: {reason}.', { clause, reason })
}

function toCancelledSentence(evidence: Evidence, end: EndRecord, when: string): string {
  if (isStoppedByBrowser(evidence, end))
    return t('Stopped by the browser {when}: by its Stop button, or by window.stop().', { when })
  const { by } = end
  return withReason(
    by === ''
      ? t('Cancelled by the page {when}', { when })
      : t('Cancelled by the page ({by}) {when}', { by: toActName(by), when }),
    toReasonWords(end.reason),
  )
}

/** `abort()` without a reason makes an AbortError that says nothing more. */
function toAbortReason(end: EndRecord): Reason | null {
  const reason = toReason(end)
  return reason !== null && reason.type === 'DOMException' && reason.name === 'AbortError' ? null : reason
}

function toTimedOutSentence({ by, limitMs }: EndRecord, when: string): string {
  const limit = joinItems([by, limitMs === undefined ? '' : toDurationWords(limitMs)])
  return limit === ''
    ? t("Timed out {when}: the page's own limit.", { when })
    : t("Timed out {when}: the page's own limit ({limit}).", { when, limit })
}

/** What the server's own end, or the page's call after it, looked like. */
function toCompletedSentence(evidence: Evidence, end: EndRecord): string {
  const { terminal, also } = evidence
  const took = toDurationWords(end.atMs - evidence.open.atMs)
  const all = toAll(evidence)
  const act = end.by === '' ? t('ended it') : toCallWords(end.by)
  if (end.how === 'done' || hasAllPromised(evidence)) {
    const by = end.how === 'done' ? (also?.by ?? '') : end.by
    return joinSentences([
      t('The server sent {all} in {took} and closed the stream.', { all, took }),
      by === '' ? '' : t('The page {act} after that.', { act: toCallWords(by) }),
    ])
  }
  if (isFinishedBefore(evidence, end)) {
    const when = toWhen(evidence, end.atMs)
    return t('The server sent everything and closed the stream; the page then {act}, {when}.', { act, when })
  }
  const word = quote(terminal?.came?.name ?? '')
  return t('The server sent {all} in {took}, up to its last word {word}; the page then {act}.', {
    all,
    took,
    word,
    act,
  })
}

function toAll({ framing, sizeBytes, eventCount }: Evidence): string {
  const size = toSizeWords(sizeBytes)
  return framing === 'text' ? size : t('{events} ({size})', { events: toEventWords(eventCount), size })
}

function toLack(evidence: Evidence): string {
  const { tail, framing, terminal, sizeBytes } = evidence
  if (tail !== null) {
    const text = quote(tail)
    return framing === 'sse'
      ? t('the text stops inside a block: {text}', { text })
      : t('the text stops inside a line: {text}', { text })
  }
  const promised = toPromisedBytes(evidence)
  if (isShort(evidence) && promised !== null)
    return t('only {came} of the {promised} bytes came that Content-Length told', { came: sizeBytes, promised })
  return t('{expected} did not come', { expected: say(terminal?.expected ?? '') })
}

function toErrorWords({ terminal, lastEvent }: Evidence): string {
  const came = terminal?.came
  if (came?.kind === 'error') return came.text === '' ? came.name : `${came.name} ${quote(came.text)}`
  return lastEvent === null ? '' : `${lastEvent.type === 'message' ? '' : `${lastEvent.type} `}${quote(lastEvent.data)}`
}

function toHttpErrorSentence(evidence: Evidence, end: EndRecord): string {
  const { open, head, bodyStart } = evidence
  if (open.transport === 'eventsource') return toEventSourceStatus(toRefusal(evidence)?.status ?? 0)
  const status = `${toStatus(evidence)} ${head?.statusText ?? ''}`.trim()
  if (bodyStart !== '')
    return t('The server answered with HTTP status {status}: {body}.', { status, body: quote(bodyStart) })
  return end.how === 'cancel'
    ? t('The server answered with HTTP status {status}; the page did not read why.', { status })
    : t('The server answered with HTTP status {status}.', { status })
}

/** HTML standard, 9.2.2: 204 is how a server ends an EventSource on purpose. */
function toEventSourceStatus(status: number): string {
  return status === 204
    ? t('The server answered with HTTP status 204: that tells an EventSource to stop, and not to reconnect.')
    : t('The server answered with HTTP status {status}: an EventSource ends on any status but 200.', { status })
}

function toRefusedSentence(evidence: Evidence, when: string): string {
  const { open, attempts } = evidence
  if (open.transport === 'eventsource') {
    const refusal = toRefusal(evidence)
    const why = refusal === null ? toUnknownRefusal(attempts) : toRefusalWords(evidence, refusal)
    return attempts === 0
      ? t('The browser closed the EventSource {when}: {why}.', { when, why })
      : t('The browser stopped reconnecting the EventSource {when}: {why}.', { when, why })
  }
  const failure = toFailure(evidence)
  const why = failure === null ? t("mode 'same-origin' forbids another origin") : toForbiddenWords(evidence, failure)
  return t('The browser refused it {when}: {why}.', { when, why })
}

function toUnknownRefusal(attempts: number): string {
  return attempts === 0
    ? t('the answer was no event stream with status 200, or was forbidden. The page is not told which')
    : t(
        'the answer to the last attempt was no event stream with status 200, or was forbidden. The page is not told which',
      )
}

function toRefusalWords(evidence: Evidence, refusal: NetworkFacts): string {
  if (isForbidden(refusal.netError)) return toForbiddenWords(evidence, refusal)
  const type = headerOf(refusal.responseHeaders, 'content-type')
  return type === null
    ? t('the answer has no Content-Type, and should have text/event-stream')
    : t("the answer's Content-Type is {type}, and should be text/event-stream", { type: quote(type) })
}

/** This one says little by itself; what was answered says more. */
const BARE = 'net::ERR_FAILED'

function toForbiddenWords({ open }: Evidence, { netError, status }: NetworkFacts): string {
  if (netError !== BARE) return toNetErrorWords(netError)
  if (status >= 300 && status < 400 && open.options['redirect'] === 'error') {
    return t("it was redirected (HTTP status {status}), which redirect: 'error' forbids", { status })
  }
  return status === 0
    ? t('CORS: the server did not allow it beforehand ({error})', { error: netError })
    : t('CORS: the server answered with HTTP status {status}, but does not let this page read it ({error})', {
        status,
        error: netError,
      })
}

function toUnreachableSentence(evidence: Evidence, end: EndRecord, when: string): string {
  const failure = toFailure(evidence)
  if (failure?.netError === BARE)
    return t('Failed {when}, inside the browser: a service worker, for instance ({error}).', { when, error: BARE })
  const failed = t('Failed {when}', { when })
  if (failure !== null) return withReason(failed, toNetErrorWords(failure.netError))
  return joinSentences([
    withReason(failed, toReasonWords(end.reason)),
    t('No connection, or an answer the page may not read (CORS): the page is not told which.'),
  ])
}

function toLostSentence(evidence: Evidence, end: EndRecord, when: string): string {
  const failure = toFailure(evidence)
  const told = end.signal === null ? toReasonWords(end.reason) : null
  const came = evidence.terminal?.came
  return joinSentences([
    withReason(t('The connection broke {when}', { when }), failure === null ? told : toNetErrorWords(failure.netError)),
    came?.kind === 'end' ? t("The stream's last word {word} had come.", { word: quote(came.name) }) : '',
  ])
}
