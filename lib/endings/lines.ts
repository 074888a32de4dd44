/** Everything the judging knew, line by line for people: the first cause first. */
import type { AlsoRecord, EndRecord } from '../protocol.ts'
import type { EndingEvidence, Verdict } from '../session/types.ts'
import type { Evidence, Gone } from './evidence.ts'
import {
  hasWholeBody,
  isStoppedByBrowser,
  isUnexplained,
  lastExchange,
  toPromisedBytes,
  toReason,
  toRefusal,
  toStatus,
} from './facts.ts'
import type { PageVerdict } from './facts.ts'
import { toNetErrorWords } from './net-errors.ts'
import { quote, toCallWords, toCountWords, toDurationWords, toReasonWords, toSizeWords } from './words.ts'
import { headerOf } from '../headers.ts'

type Line = EndingEvidence | null

const line = (name: string, value: string | null | undefined): Line =>
  value === null || value === undefined || value === '' ? null : { name, value }

export function toLines(evidence: Evidence, verdict: Verdict): readonly EndingEvidence[] {
  const lines = [
    ...toCauseLines(evidence, verdict),
    ...toStreamLines(evidence),
    ...toHeadLines(evidence),
    ...toNetworkLines(evidence),
  ]
  return lines.filter((given) => given !== null)
}

function toCauseLines(evidence: Evidence, verdict: Verdict): Line[] {
  const { by, left, also, open, reconnecting } = evidence
  if ('gone' in by) return [toGoneLine(by.gone)]
  const { end } = by
  const cause = toCause(end, open.transport)
  if (verdict === 'page gone') return [toGoneLine(left ?? UNTOLD), line('Effect', cause)]
  const first = toFirst(evidence, end, verdict)
  const reason = toReason(end)
  const words = toReasonWords(reason) ?? (reason?.type === 'undefined' ? 'undefined' : null)
  return [
    line('First', first ?? cause),
    first === null ? line('Reason', words) : line('Then', `${cause}${toColon(toReasonWords(reason))}`),
    line('Signal', end.early === true ? 'aborted before the call' : null),
    line('Limit', end.limitMs === undefined ? null : toDurationWords(end.limitMs)),
    also === null || also.by === end.by ? null : line('Then', toAlso(also, end)),
    line('Between attempts', reconnecting ? 'the browser was about to try again, or had just tried' : null),
  ]
}

/** What came before the act or error that ended it; null where nothing did. */
function toFirst(evidence: Evidence, end: EndRecord, verdict: PageVerdict): string | null {
  switch (verdict) {
    case 'completed':
      if (end.how === 'done') return null
      return hasWholeBody(evidence, end)
        ? 'the server had sent everything'
        : `the stream's last word came: ${quote(evidence.terminal?.came?.name ?? '')}`
    case 'error event':
      return 'the stream carried an error'
    case 'http error':
      return `the server answered with HTTP status ${toStatus(evidence) || (toRefusal(evidence)?.status ?? '')}`
    case 'lost':
    case 'unreachable':
      return isUnexplained(end) ? null : 'the connection broke'
    case 'cancelled':
      return isStoppedByBrowser(evidence, end) ? 'the browser stopped loading' : null
    case 'incomplete':
    case 'aborted':
    case 'timed out':
    case 'refused':
      return null
    default:
      return verdict satisfies never
  }
}

const toColon = (words: string | null): string => (words === null ? '' : `: ${words}`)

function toAlso(also: AlsoRecord, end: EndRecord): string {
  const after = toDurationWords(also.atMs - end.atMs)
  return `${toAct(also.by, also.how)} ${after} later${toColon(toReasonWords(also.reason))}`
}

function toAct(by: string, how: AlsoRecord['how']): string {
  if (how === 'leave') return 'the page was left'
  if (by !== '') return `the page ${toCallWords(by)}`
  return how === 'abort' ? "the request's signal was aborted" : 'it was told that it was aborted'
}

function toCause(end: EndRecord, transport: Evidence['open']['transport']): string {
  switch (end.how) {
    case 'done':
      return 'the server closed the stream'
    case 'cancel':
    case 'abort':
      return toAct(end.by, end.how)
    case 'timeout':
      return "the page's own limit ran out"
    case 'error':
      if (end.signal !== null) return "the request's signal was aborted"
      return transport === 'eventsource' && end.readyState === 2
        ? 'the browser closed the EventSource'
        : 'the browser gave the page an error'
    default:
      return end.how satisfies never
  }
}

const UNTOLD = { cached: false, to: null }

function toGoneLine({ cached, to }: Pick<Gone, 'cached' | 'to'>): Line {
  return line(
    'First',
    cached ? 'the page went into the back/forward cache' : `the page went away${to === null ? '' : ` to ${to}`}`,
  )
}

function toStreamLines(evidence: Evidence): Line[] {
  const { framing, eventCount, sizeBytes, missing, terminal, tail, lastEvent, open, attempts } = evidence
  const events = framing === 'text' ? '' : `${toCountWords(eventCount, 'event')}, `
  return [
    line('Came', `${events}${toSizeWords(sizeBytes)}${missing ? ', and more that was not seen' : ''}`),
    line('Connected', open.transport === 'eventsource' ? toCountWords(attempts, 'time') : null),
    line('Expected at the end', terminal?.expected),
    line('Last word', terminal?.came === null || terminal === null ? null : terminal.came.name),
    line('Left over', tail === null ? null : quote(tail)),
    line('Last event', lastEvent === null ? null : `${lastEvent.type} ${quote(lastEvent.data)}`),
  ]
}

function toHeadLines(evidence: Evidence): Line[] {
  const { head, open } = evidence
  if (head === null) {
    return open.transport === 'eventsource'
      ? []
      : [line('Mode', open.options['mode']), line('Redirect', open.options['redirect'])]
  }
  const promised = toPromisedBytes(evidence)
  return [
    line('HTTP status', `${head.status} ${head.statusText}`.trim()),
    line('Content-Type', headerOf(head.headers, 'content-type') ?? 'none'),
    line('Content-Length', promised === null ? null : String(promised)),
    line('Redirected', head.redirected ? `to ${head.url}` : null),
  ]
}

function toNetworkLines(evidence: Evidence): Line[] {
  const exchange = lastExchange(evidence)
  if (exchange === null) return []
  const { netError, status, protocol, remoteAddress, fromCache } = exchange
  const from = [protocol, remoteAddress, fromCache ? 'from the cache' : ''].filter((part) => part !== '')
  return [
    line(
      'DevTools',
      `${netError === '' ? 'finished without error' : toNetErrorWords(netError)}${status === 0 ? '' : `, HTTP status ${status}`}`,
    ),
    line('Connection', from.join(', ')),
  ]
}
