/** What the overview shows of a list: its lanes, its axis, and what a span of time holds. On the wall clock, in ms. */
import type { Connection, ListRow } from '../session/types.ts'
import { amountsOf } from './figures.ts'
import { untilMsOf } from './marks.ts'
import { overlaps, type Span, toBounds } from './span.ts'

export interface Overview {
  readonly lanes: readonly Connection[]
  /** Navigations. */
  readonly lines: readonly { readonly atMs: number; readonly url: string }[]
  /** The whole axis. It counts from its beginning. */
  readonly bounds: Span
  readonly isLive: boolean
}

/** Null while there is nothing whose time is known. */
export function overviewOf(rows: readonly ListRow[], nowMs: number): Overview | null {
  const lanes: Connection[] = []
  const lines: { atMs: number; url: string }[] = []
  let [fromMs, toMs, isLive] = [Infinity, -Infinity, false]
  for (const row of rows) {
    if (row.kind === 'navigation') {
      lines.push({ atMs: row.wallMs, url: row.url })
      continue
    }
    const { connection } = row
    lanes.push(connection)
    const { fromMs: startMs, toMs: endMs } = lifeOf(connection, nowMs)
    if (startMs === null) continue
    fromMs = Math.min(fromMs, startMs)
    toMs = Math.max(toMs, endMs)
    if (connection.alive) isLive = true
  }
  if (fromMs === Infinity) return null
  return { lanes, lines, bounds: toBounds(fromMs, toMs, isLive), isLive }
}

/** From its start to its ending, or to now; a null start while its clock is not known. */
function lifeOf(connection: Connection, nowMs: number) {
  const originMs = connection.frame.timeOriginMs
  if (originMs === 0) return { fromMs: null, toMs: 0 }
  return { fromMs: originMs + connection.open.atMs, toMs: originMs + untilMsOf(connection, nowMs - originMs) }
}

/** The rows that lived in the span, with the dividers before them. What has no known time stays. */
export function rowsIn(rows: readonly ListRow[], span: Span, nowMs: number): readonly ListRow[] {
  const left: ListRow[] = []
  let divider: ListRow | null = null
  for (const row of rows) {
    if (row.kind === 'navigation') {
      divider = row
      continue
    }
    const { fromMs, toMs } = lifeOf(row.connection, nowMs)
    if (fromMs !== null && !overlaps(span, fromMs, toMs)) continue
    if (divider !== null) left.push(divider)
    divider = null
    left.push(row)
  }
  return left
}

/** The span on the connection's own clock; null stays null. */
export function toDocumentSpan(span: Span | null, { frame }: Connection): Span | null {
  return span === null ? null : { fromMs: span.fromMs - frame.timeOriginMs, toMs: span.toMs - frame.timeOriginMs }
}

export interface SpanTotals {
  readonly connections: number
  readonly events: number
  /** What came in chunks: of an EventSource there is no size in a part of its time. */
  readonly bytes: number
  readonly isBytesAtLeast: boolean
}

/** What came in the span over all lanes. */
export function totalsIn(lanes: readonly Connection[], span: Span, nowMs: number): SpanTotals {
  let [connections, events, bytes, isBytesAtLeast] = [0, 0, 0, false]
  for (const connection of lanes) {
    const { fromMs, toMs } = lifeOf(connection, nowMs)
    if (fromMs === null || !overlaps(span, fromMs, toMs)) continue
    connections += 1
    const amounts = amountsOf(connection, toDocumentSpan(span, connection))
    events += amounts.events
    bytes += amounts.bytes ?? 0
    if (amounts.bytes === null && amounts.events > 0) isBytesAtLeast = true
  }
  return { connections, events, bytes, isBytesAtLeast }
}
