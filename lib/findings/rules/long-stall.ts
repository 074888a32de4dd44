import { t } from '../../i18n/translate.ts'
import { toDurationWords } from '../../endings/words.ts'
import type { Connection } from '../../session/types.ts'
import { createDeliveries } from '../deliveries.ts'
import { counted, isAnswer, reconnectedWithin, toPausedMs } from '../facts.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Finding, Proof, Rule } from '../finding.ts'
import { createGapFigures } from '../gap-figures.ts'
import type { GapFigures } from '../gap-figures.ts'
import { isHeartbeat } from '../heartbeat.ts'

/** Nobody calls a shorter silence long: models think, tools are called. */
const LEAST_MS = 15_000
/** Times its usual gap: chance alone makes no such gap, whatever the stream's pace. */
const LEAST_TIMES = 20
/** Gaps before its usual one is known; more where it is a subscription, which may be silent unless it is a regular one. */
const LEAST_GAPS = 8
const LEAST_GAPS_OF_SUBSCRIPTION = 20
/** A regular stream's slow gaps are within this many of its usual ones; chance alone makes 3.3. */
const REGULAR = 3
/** Of a silence in which the page did not read for this share, the page is the cause. */
const PAGE_SHARE = 0.5

interface Stall {
  readonly fromMs: number
  readonly toMs: number
  /** The event after it; -1 while it lasts. */
  readonly index: number
  readonly heartbeats: number
}

/** A silence in the middle that is out of all proportion to the stream's own rhythm. */
export const longStall: Rule = {
  name: 'long-stall',
  watch() {
    const gaps = createGapFigures()
    let longest: Stall | null = null
    let heartbeats = 0
    let lastIndex = -1
    const deliveries = createDeliveries(() => {})

    const longerOf = (stall: Stall): Stall =>
      longest !== null && longest.toMs - longest.fromMs >= stall.toMs - stall.fromMs ? longest : stall

    return {
      entry(entry, connection) {
        if (isHeartbeat(entry) || entry.kind !== 'event') {
          heartbeats += 1
          return
        }
        const fromMs = deliveries.current?.lastAtMs ?? null
        const before = deliveries.current
        deliveries.entry(entry, connection)
        lastIndex = entry.index
        // The first event's wait, and events that come together, are no gaps.
        if (before !== deliveries.current && fromMs !== null && !isExcused(connection, fromMs, entry.atMs)) {
          gaps.add(entry.atMs - fromMs)
          longest = longerOf({ fromMs, toMs: entry.atMs, index: entry.index, heartbeats })
        }
        heartbeats = 0
      },
      judge(connection, { nowMs }) {
        const fromMs = deliveries.current?.lastAtMs ?? null
        if (fromMs === null || connection.dropped.records > 0) return null
        const isCounted = nowMs > fromMs && !isExcused(connection, fromMs, nowMs)
        const stall = isCounted ? longerOf({ fromMs, toMs: nowMs, index: -1, heartbeats }) : longest
        return stall !== null && isLong(connection, stall, gaps) ? toFinding(connection, stall, gaps, lastIndex) : null
      },
    }
  },
}

/** A reconnect, or the page's own pause. */
function isExcused(connection: Connection, fromMs: number, toMs: number): boolean {
  return (
    reconnectedWithin(connection, fromMs, toMs) || toPausedMs(connection, fromMs, toMs) >= PAGE_SHARE * (toMs - fromMs)
  )
}

function isLong(connection: Connection, { fromMs, toMs }: Stall, gaps: GapFigures): boolean {
  const usualMs = gaps.quantile(0.5)
  const silenceMs = toMs - fromMs
  if (silenceMs < LEAST_MS || silenceMs < LEAST_TIMES * usualMs) return false
  if (isAnswer(connection)) return gaps.count >= LEAST_GAPS
  return gaps.count >= LEAST_GAPS_OF_SUBSCRIPTION && gaps.quantile(0.9) <= REGULAR * usualMs
}

function toFinding(connection: Connection, stall: Stall, gaps: GapFigures, lastIndex: number): Finding {
  const { ending } = connection
  const values = {
    silence: toDurationWords(stall.toMs - stall.fromMs),
    start: toDurationWords(stall.fromMs - connection.open.atMs),
    usual: toDurationWords(gaps.quantile(0.5)),
  }
  const isAtEnd = stall.index === -1 && ending !== null
  return {
    rule: longStall.name,
    severity: 'warning',
    title: t('Long stall'),
    sentence: isAtEnd
      ? t(
          'No event came for {silence}, from {start} after the call on until the end; half of the gaps before are no longer than {usual}.',
          values,
        )
      : stall.index === -1
        ? t(
            'No event came for {silence}, from {start} after the call on until now; half of the gaps before are no longer than {usual}.',
            values,
          )
        : t(
            'No event came for {silence}, from {start} after the call on; half of the gaps before are no longer than {usual}.',
            values,
          ),
    evidence: [
      stall.index === -1
        ? toProof(t('The last event before it'), atEvent(lastIndex))
        : toProof(t('The event after it'), atEvent(stall.index)),
      heartbeatProof(stall),
      ...(isAtEnd ? [toProof(t('How it ended: {sentence}', { sentence: ending.sentence }))] : []),
    ],
    advice: [
      t('Look at what the server did then: a slow tool or query, a lock, a model that thinks.'),
      ...(stall.heartbeats === 0
        ? [
            t(
              'Let it send a comment (`:`) every 15 s meanwhile: proxies close connections that are silent, many of them after 60 s.',
            ),
          ]
        : []),
    ],
  }
}

function heartbeatProof({ heartbeats }: Stall): Proof {
  return heartbeats === 0
    ? toProof(t('No heartbeat came meanwhile'))
    : toProof(
        counted(
          heartbeats,
          '{n} heartbeat came meanwhile: the server was there, and had nothing to send',
          '{n} heartbeats came meanwhile: the server was there, and had nothing to send',
        ),
      )
}
