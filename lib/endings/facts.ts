/** Questions to the evidence that more than one part of the judging asks. */
import type { EndRecord, NetworkFacts, Reason } from '../protocol.ts'
import type { Verdict } from '../session/types.ts'
import type { Evidence } from './evidence.ts'
import { ABORTED, isForbidden } from './net-errors.ts'
import { headerOf } from '../headers.ts'

export type PageVerdict = Exclude<Verdict, 'page gone'>

/** The head of an answer came; where the page is not told (EventSource, an XHR without a byte), DevTools may know. */
export function isAnswered(evidence: Evidence): boolean {
  const { open, head, attempts } = evidence
  if (open.transport === 'eventsource' ? attempts > 0 : head !== null) return true
  const exchange = lastExchange(evidence)
  return exchange !== null && exchange.status > 0 && !isForbidden(exchange.netError)
}

/** The answer's HTTP status, be it that only DevTools knows; 0 where it is not known, and for an EventSource's many. */
export function toStatus(evidence: Evidence): number {
  const { open, head } = evidence
  if (open.transport === 'eventsource') return 0
  if (head !== null) return head.status
  const exchange = lastExchange(evidence)
  return exchange === null || isForbidden(exchange.netError) ? 0 : exchange.status
}

/** The page made no call, and no limit of its own ran out: the browser broke it for a reason that it does not tell. */
export function isUnexplained(end: EndRecord): boolean {
  return (end.how === 'error' && end.signal === null) || isUncalled(end)
}

/** An XHR heard that it was aborted, and nobody had called `abort()`. */
function isUncalled({ how, by }: EndRecord): boolean {
  return how === 'cancel' && by === ''
}

/** The browser stopped it by itself; a failure of the network has another name. */
export function isStoppedByBrowser(evidence: Evidence, end: EndRecord): boolean {
  if (isUncalled(end)) return true
  return isUnexplained(end) && lastExchange(evidence)?.netError === ABORTED && !isRefusedSource(evidence)
}

/** The page was being left when the browser broke it: an effect, no cause. */
export function isBrokenByLeaving(evidence: Evidence, end: EndRecord): boolean {
  if (!isUnexplained(end) || toFailure(evidence) !== null || isRefusedSource(evidence)) return false
  return (
    end.leaving === true ||
    evidence.also?.how === 'leave' ||
    (evidence.left !== null && isStoppedByBrowser(evidence, end))
  )
}

/** `AbortSignal.timeout()` aborts with a TimeoutError, and with no call of the page on the stack (DOM standard, 3.2). */
export function isTimeout({ signal, by }: EndRecord): boolean {
  return signal !== null && signal.type === 'DOMException' && signal.name === 'TimeoutError' && by === ''
}

/** What the page was told, where the signal decides over what the read said. */
export function toReason({ signal, reason }: EndRecord): Reason | null {
  return signal ?? reason
}

/** The size of the body as the page gets it, where the head tells it; null otherwise. */
export function toPromisedBytes({ open, head }: Evidence): number | null {
  if (head === null || open.transport !== 'fetch' || open.method === 'HEAD') return null
  const length = headerOf(head.headers, 'content-length')
  // Content-Length counts the bytes on the wire, which compares to the page's only without a content encoding.
  return length !== null && headerOf(head.headers, 'content-encoding') === null && /^\d+$/.test(length)
    ? Number(length)
    : null
}

/** Fewer bytes came than were promised, and none of them can have been overlooked. */
export function isShort(evidence: Evidence): boolean {
  const promised = toPromisedBytes(evidence)
  return promised !== null && !evidence.missing && evidence.sizeBytes > 0 && evidence.sizeBytes < promised
}

/** The last exchange that DevTools told of. */
export function lastExchange({ network }: Evidence): NetworkFacts | null {
  return network.at(-1) ?? null
}

/** The network failed the exchange by itself: the page, or its going away, would read ERR_ABORTED. */
export function toFailure(evidence: Evidence): NetworkFacts | null {
  const exchange = lastExchange(evidence)
  return exchange === null || exchange.netError === '' || exchange.netError === ABORTED ? null : exchange
}

/** Why the browser closed an EventSource for good, where DevTools knows. It goes on trying after anything else. */
export function toRefusal({ network }: Evidence): NetworkFacts | null {
  return (
    network.findLast((exchange) => isBadStatus(exchange) || isWrongType(exchange) || isForbidden(exchange.netError)) ??
    null
  )
}

/** The browser closed an EventSource for a reason that DevTools knows. */
function isRefusedSource(evidence: Evidence): boolean {
  return evidence.open.transport === 'eventsource' && toRefusal(evidence) !== null
}

export function isBadStatus({ status, netError }: NetworkFacts): boolean {
  return status > 0 && status !== 200 && (status < 300 || status >= 400) && !isForbidden(netError)
}

/** Chromium lets go of what it refuses, and calls that aborted, too. */
function isWrongType({ status, netError, responseHeaders }: NetworkFacts): boolean {
  const type = headerOf(responseHeaders, 'content-type') ?? ''
  return (
    status === 200 && (netError === '' || netError === ABORTED) && !/^text\/event-stream\s*(;|$)/i.test(type.trim())
  )
}

/** The server had ended its answer before the page did what it did, as far as anybody can tell. */
export function hasWholeBody(evidence: Evidence, end: EndRecord): boolean {
  return hasAllPromised(evidence) || isFinishedBefore(evidence, end)
}

export function hasAllPromised(evidence: Evidence): boolean {
  const promised = toPromisedBytes(evidence)
  return promised !== null && evidence.sizeBytes >= promised
}

/** DevTools saw the exchange finish, without error, before the page's call. */
export function isFinishedBefore(evidence: Evidence, end: EndRecord): boolean {
  const exchange = lastExchange(evidence)
  return (
    evidence.open.transport !== 'eventsource' &&
    exchange !== null &&
    exchange.netError === '' &&
    exchange.finishedAtMs > 0 &&
    exchange.finishedAtMs <= evidence.timeOriginMs + end.atMs
  )
}

export function isSameOrigin(url: string, pageUrl: string): boolean {
  return URL.canParse(url) && URL.canParse(pageUrl) && new URL(url).origin === new URL(pageUrl).origin
}

/** The last event is an error of the stream's own: by its type, or as the `error` of a JSON object. */
export function isErrorEvent({ type, data }: { readonly type: string; readonly data: string }): boolean {
  if (type === 'error') return true
  if (!data.includes('"error"')) return false
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null && 'error' in value && Boolean(value.error)
  } catch {
    // Not JSON, or cut: what is in it cannot be said.
    return false
  }
}
