/** The judging itself (design.md, "Endings"): evidence in, verdict out. Of two causes the first one wins. */
import type { EndRecord, ReplayStop } from '../protocol.ts'
import type { Ending, Verdict } from '../session/types.ts'
import type { Evidence } from './evidence.ts'
import {
  hasWholeBody,
  isAnswered,
  isBadStatus,
  isErrorEvent,
  isSameOrigin,
  isShort,
  isStoppedByBrowser,
  isTimeout,
  toFailure,
  toRefusal,
  toStatus,
  type PageVerdict,
} from './facts.ts'
import { isForbidden } from './net-errors.ts'
import { isByPanel } from './replay-sentence.ts'

export function toVerdict(evidence: Evidence, end: EndRecord): PageVerdict {
  // The status came before whatever the page then did with the body.
  if (toStatus(evidence) >= 400) return 'http error'
  switch (end.how) {
    case 'done':
      return toClosedVerdict(evidence)
    case 'cancel':
      return end.signal === null ? toCancelVerdict(evidence, end) : toAbortVerdict(evidence, end)
    case 'timeout':
      return toOwnEnd(evidence) ?? 'timed out'
    case 'abort':
      return toAbortVerdict(evidence, end)
    case 'error':
      return end.signal === null ? toFailedVerdict(evidence, end) : toAbortVerdict(evidence, end)
    default:
      return end.how satisfies never
  }
}

/** The stream had said by itself that it is over, before anybody let go of it. */
function toOwnEnd({ terminal }: Evidence): 'completed' | 'error event' | null {
  if (!terminal?.came) return null
  return terminal.came.kind === 'error' ? 'error event' : 'completed'
}

function toClosedVerdict(evidence: Evidence): PageVerdict {
  const { terminal, tail, lastEvent, missing } = evidence
  if (toOwnEnd(evidence) === 'error event') return 'error event'
  if (tail !== null || isShort(evidence)) return 'incomplete'
  if (terminal !== null && terminal.expected !== '') {
    if (terminal.came !== null) return 'completed'
    if (lastEvent === null || !isErrorEvent(lastEvent)) return missing ? 'completed' : 'incomplete'
  }
  return lastEvent !== null && isErrorEvent(lastEvent) ? 'error event' : 'completed'
}

function toCancelVerdict(evidence: Evidence, end: EndRecord): PageVerdict {
  return toOwnEnd(evidence) ?? (hasWholeBody(evidence, end) ? 'completed' : 'cancelled')
}

function toAbortVerdict(evidence: Evidence, end: EndRecord): PageVerdict {
  const ownEnd = toOwnEnd(evidence)
  if (ownEnd !== null) return ownEnd
  // The page was not reading, so that it did not learn of the failure that came first.
  if (toFailure(evidence) !== null) return toFailedVerdict(evidence, end)
  if (evidence.open.transport === 'xhr' && end.signal === null) return 'cancelled'
  return isTimeout(end) ? 'timed out' : 'aborted'
}

function toFailedVerdict(evidence: Evidence, end: EndRecord): PageVerdict {
  const { open, lastEvent } = evidence
  if (isStoppedByBrowser(evidence, end)) return 'cancelled'
  if (open.transport === 'eventsource') return toEventSourceVerdict(evidence, end)
  if (!isAnswered(evidence)) return isRefused(evidence) ? 'refused' : 'unreachable'
  if (toOwnEnd(evidence) === 'error event' || (lastEvent !== null && isErrorEvent(lastEvent))) return 'error event'
  return 'lost'
}

/** An EventSource that the browser closed will not try again; one whose connection merely broke does. */
function toEventSourceVerdict(evidence: Evidence, end: EndRecord): PageVerdict {
  if (end.readyState !== 2) return 'lost'
  const refusal = toRefusal(evidence)
  return refusal !== null && isBadStatus(refusal) ? 'http error' : 'refused'
}

function isRefused(evidence: Evidence): boolean {
  const { open, pageUrl } = evidence
  const isOwn = isSameOrigin(open.url, pageUrl)
  if (open.options['mode'] === 'same-origin' && !isOwn && URL.canParse(pageUrl)) return true
  const failure = toFailure(evidence)
  if (failure === null || !isForbidden(failure.netError)) return false
  // The same bare word is given for a service worker's network error; to its own origin a page may send anything.
  return failure.netError !== 'net::ERR_FAILED' || failure.status > 0 || !isOwn
}

export function toWho(evidence: Evidence, verdict: Verdict): Ending['who'] {
  const isStopped = verdict === 'cancelled' || verdict === 'timed out'
  if (isStopped && 'end' in evidence.by && isByPanel(evidence, evidence.by.end))
    return evidence.by.end.by === ('then of the page' satisfies ReplayStop) ? 'page' : 'user'
  switch (verdict) {
    case 'completed':
    case 'incomplete':
    case 'http error':
    case 'error event':
      return 'server'
    case 'cancelled':
      return 'end' in evidence.by && isStoppedByBrowser(evidence, evidence.by.end) ? 'browser' : 'page'
    case 'aborted':
    case 'timed out':
      return 'page'
    case 'refused':
    case 'page gone':
      return 'browser'
    case 'unreachable':
    case 'lost':
      return 'network'
    default:
      return verdict satisfies never
  }
}

export function toPhase(evidence: Evidence, verdict: Verdict): Ending['phase'] {
  if (evidence.reconnecting) return 'reconnecting'
  const isClosed = 'end' in evidence.by && evidence.by.end.how === 'done' && verdict !== 'incomplete'
  if (isClosed || verdict === 'completed') return 'at its end'
  if (evidence.sizeBytes > 0 || evidence.eventCount > 0) return 'mid-stream'
  return isAnswered(evidence) ? 'before first byte' : 'before head'
}
