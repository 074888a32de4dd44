/** Everything the judging knew, line by line for people: the first cause first. */
import { say } from '../i18n/saying.ts'
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
import { isByPanel } from './replay-sentence.ts'
import { quote, toCallWords, toDurationWords, toEventWords, toReasonWords, toSizeWords } from './words.ts'
import { headerOf } from '../headers.ts'
import { joinItems } from '../i18n/joined.ts'
import { t, tn } from '../i18n/translate.ts'

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
  const cause = isByPanel(evidence, end) ? toPanelCause(end) : toCause(end, open.transport)
  if (verdict === 'page gone') return [toGoneLine(left ?? UNTOLD), line(t('Effect'), cause)]
  const first = toFirst(evidence, end, verdict)
  const reason = toReason(end)
  const words = toReasonWords(reason) ?? (reason?.type === 'undefined' ? 'undefined' : null)
  return [
    line(t('First'), first ?? cause),
    first === null ? line(t('Reason'), words) : line(t('Then'), withReason(cause, toReasonWords(reason))),
    line(t('Signal'), end.early === true ? t('aborted before the call') : null),
    line(t('Limit'), end.limitMs === undefined ? null : toDurationWords(end.limitMs)),
    also === null || also.by === end.by ? null : line(t('Then'), toAlso(also, end)),
    line(t('Between attempts'), reconnecting ? t('the browser was about to try again, or had just tried') : null),
  ]
}

/** What came before the act or error that ended it; null where nothing did. */
function toFirst(evidence: Evidence, end: EndRecord, verdict: PageVerdict): string | null {
  switch (verdict) {
    case 'completed':
      if (end.how === 'done') return null
      return hasWholeBody(evidence, end)
        ? t('the server had sent everything')
        : t("the stream's last word came: {word}", { word: quote(evidence.terminal?.came?.name ?? '') })
    case 'error event':
      return t('the stream carried an error')
    case 'http error':
      return t('the server answered with HTTP status {status}', {
        status: toStatus(evidence) || (toRefusal(evidence)?.status ?? ''),
      })
    case 'lost':
    case 'unreachable':
      return isUnexplained(end) ? null : t('the connection broke')
    case 'cancelled':
      return isStoppedByBrowser(evidence, end) ? t('the browser stopped loading') : null
    case 'incomplete':
    case 'aborted':
    case 'timed out':
    case 'refused':
      return null
    default:
      return verdict satisfies never
  }
}

const withReason = (clause: string, reason: string | null): string =>
  reason === null ? clause : t('{clause}: {reason}', { clause, reason })

function toAlso(also: AlsoRecord, end: EndRecord): string {
  const after = toDurationWords(also.atMs - end.atMs)
  const act = t('{act} {duration} later', { act: toAct(also.by, also.how), duration: after })
  return withReason(act, toReasonWords(also.reason))
}

function toAct(by: string, how: AlsoRecord['how']): string {
  if (how === 'leave') return t('the page was left')
  if (by !== '') return t('the page {act}', { act: toCallWords(by) })
  return how === 'abort' ? t("the request's signal was aborted") : t('it was told that it was aborted')
}

function toPanelCause({ how }: EndRecord): string {
  return how === 'timeout' ? t('the limit that was set for the replay ran out') : t('the replay was stopped')
}

function toCause(end: EndRecord, transport: Evidence['open']['transport']): string {
  switch (end.how) {
    case 'done':
      return t('the server closed the stream')
    case 'cancel':
    case 'abort':
      return toAct(end.by, end.how)
    case 'timeout':
      return t("the page's own limit ran out")
    case 'error':
      if (end.signal !== null) return t("the request's signal was aborted")
      return transport === 'eventsource' && end.readyState === 2
        ? t('the browser closed the EventSource')
        : t('the browser gave the page an error')
    default:
      return end.how satisfies never
  }
}

const UNTOLD = { cached: false, to: null }

function toGoneLine({ cached, to }: Pick<Gone, 'cached' | 'to'>): Line {
  return line(t('First'), toGoneWords(cached, to))
}

function toGoneWords(cached: boolean, to: string | null): string {
  if (cached) return t('the page went into the back/forward cache')
  return to === null ? t('the page went away') : t('the page went away to {to}', { to })
}

function toStreamLines(evidence: Evidence): Line[] {
  const { framing, eventCount, sizeBytes, missing, terminal, tail, lastEvent, open, attempts } = evidence
  const events = framing === 'text' ? '' : toEventWords(eventCount)
  const unseen = missing ? t('and more that was not seen') : ''
  return [
    line(t('Came'), joinItems([events, toSizeWords(sizeBytes), unseen])),
    line(t('Connected'), open.transport === 'eventsource' ? tn(attempts, '{n} time', '{n} times') : null),
    line(t('Expected at the end'), say(terminal?.expected ?? '')),
    line(t('Last word'), terminal?.came === null || terminal === null ? null : terminal.came.name),
    line(t('Left over'), tail === null ? null : quote(tail)),
    line(t('Last event'), lastEvent === null ? null : `${lastEvent.type} ${quote(lastEvent.data)}`),
  ]
}

function toHeadLines(evidence: Evidence): Line[] {
  const { head, open } = evidence
  if (head === null) {
    return open.transport === 'eventsource'
      ? []
      : [line(t('Mode'), open.options['mode']), line(t('Redirect'), open.options['redirect'])]
  }
  const promised = toPromisedBytes(evidence)
  return [
    line(t('HTTP status'), `${head.status} ${head.statusText}`.trim()),
    line('Content-Type', headerOf(head.headers, 'content-type') ?? t('none')),
    line('Content-Length', promised === null ? null : String(promised)),
    line(t('Redirected'), head.redirected ? t('to {url}', { url: head.url }) : null),
  ]
}

function toNetworkLines(evidence: Evidence): Line[] {
  const exchange = lastExchange(evidence)
  if (exchange === null) return []
  const { netError, status, protocol, remoteAddress, fromCache } = exchange
  return [
    line(
      'DevTools',
      joinItems([
        netError === '' ? t('finished without error') : toNetErrorWords(netError),
        status === 0 ? '' : t('HTTP status {status}', { status }),
      ]),
    ),
    line(t('Connection'), joinItems([protocol, remoteAddress, fromCache ? t('from the cache') : ''])),
  ]
}
