/** The figures of connections that are compared, as numbers: how they are written is the panel's. */
import { msg } from '../i18n/translate.ts'
import type { Connection } from '../session/types.ts'
import { amountsOf, byteRatePerS } from '../timeline/figures.ts'
import { createFirstText, type FirstText } from '../timeline/first-text.ts'
import { createGaps, type Gaps } from '../timeline/gaps.ts'
import { untilMsOf } from '../timeline/marks.ts'
import { createTurnFigures, type TurnFigures } from '../turns/figures.ts'
import { turnReaderOf } from '../turns/turn-reader.ts'

/** All figures that are numbers, in the order in which they are shown. Marks count from the page's call. */
export const MEASURES = [
  ['head', 'ms', msg('Head')],
  ['firstByte', 'ms', msg('First byte (TTFB)')],
  ['firstEvent', 'ms', msg('First event (TTFE)')],
  ['firstText', 'ms', msg('First text (TTFT)')],
  ['duration', 'ms', msg('Duration')],
  ['events', 'count', msg('Events')],
  ['heartbeats', 'count', msg('Heartbeats')],
  ['bytes', 'bytes', msg('Bytes')],
  ['chunks', 'count', msg('Chunks')],
  ['medianGap', 'ms', msg('Gap, median')],
  ['p95Gap', 'ms', msg('Gap, p95')],
  ['longestGap', 'ms', msg('Gap, longest')],
  ['eventRate', 'per s', msg('Event rate')],
  ['byteRate', 'bytes per s', msg('Byte rate')],
  ['tokens', 'count', msg('Tokens out')],
  ['tokenRate', 'per s', msg('Tokens a second')],
] as const satisfies readonly (readonly [string, MeasureUnit, string])[]

export type MeasureUnit = 'ms' | 'count' | 'bytes' | 'per s' | 'bytes per s'
export type MeasureName = (typeof MEASURES)[number][0]

export interface Measured {
  /** Null where there is no such figure. */
  readonly values: Readonly<Record<MeasureName, number | null>>
  /** Figures that are at least so much: of an EventSource, the size of its events' data. */
  readonly atLeast: ReadonlySet<MeasureName>
  /** Figures that are estimated: tokens, where the stream does not count them. */
  readonly estimated: ReadonlySet<MeasureName>
}

export interface FiguresReader {
  /** Takes in what came, for about `budgetMs`; false if there is more to do. */
  update(budgetMs: number): boolean
  /** @param nowMs on the document's clock */
  measure(nowMs: number): Measured
}

export function createFiguresReader(connection: Connection): FiguresReader {
  const gaps = createGaps(connection.entries)
  const firstText = createFirstText(connection)
  const reader = turnReaderOf(connection)
  let turnFigures = createTurnFigures(connection.entries)
  let turn = reader.turn
  let hasTurn = false

  function updateTurn(budgetMs: number): boolean {
    const isRead = reader.update(budgetMs)
    // Another format was recognised: what was counted is no longer so.
    if (reader.turn !== turn) turnFigures = createTurnFigures(connection.entries)
    turn = reader.turn
    hasTurn = turn !== null
    return turn === null ? isRead : turnFigures.update(turn, budgetMs) && isRead
  }

  return {
    update(budgetMs) {
      const startedMs = performance.now()
      const isLeft = () => performance.now() - startedMs < budgetMs
      while (!gaps.update()) if (!isLeft()) return false
      return firstText.update() && updateTurn(Math.max(1, budgetMs - (performance.now() - startedMs)))
    },
    measure: (nowMs) => measure(connection, nowMs, gaps, firstText, hasTurn ? turnFigures : null),
  }
}

function measure(
  connection: Connection,
  nowMs: number,
  gaps: Gaps,
  firstText: FirstText,
  turn: TurnFigures | null,
): Measured {
  const { open, head, firstByteAtMs, firstEventAtMs, transport } = connection
  const since = (atMs: number | null) => (atMs === null ? null : Math.max(0, atMs - open.atMs))
  const amounts = amountsOf(connection, null)
  const hasTokens = turn !== null && turn.tokens.count > 0
  const isEstimate = hasTokens && turn.tokens.isEstimate
  return {
    values: {
      head: since(head?.atMs ?? null),
      firstByte: since(firstByteAtMs),
      firstEvent: since(firstEventAtMs),
      firstText: since(firstText.atMs),
      duration: since(untilMsOf(connection, nowMs)),
      events: amounts.events,
      heartbeats: gaps.comments + gaps.pings,
      bytes: amounts.bytes,
      chunks: amounts.chunks,
      medianGap: gaps.lengths.percentile(0.5),
      p95Gap: gaps.lengths.percentile(0.95),
      longestGap: gaps.lengths.percentile(1),
      eventRate: gaps.ratePerS,
      byteRate: byteRatePerS(connection, null),
      tokens: hasTokens ? turn.tokens.count : null,
      tokenRate: hasTokens ? turn.tokensPerS : null,
    },
    atLeast: new Set<MeasureName>(transport === 'eventsource' ? ['bytes'] : []),
    estimated: new Set<MeasureName>(isEstimate ? ['tokens', 'tokenRate'] : []),
  }
}
