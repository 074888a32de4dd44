/** What is at one place of a connection's lane. Times on the document's clock, in ms. */
import type { Connection } from '../session/types.ts'
import { firstAtOrAfter, indexesIn } from './bins.ts'
import { type Mark, marksOf, untilMsOf } from './marks.ts'
import type { Span } from './span.ts'

export interface LaneFacts {
  /** Events within the stretch that was asked for, and others such as comments. */
  readonly events: number
  readonly others: number
  /** The wait that the stretch lies in, when nothing came in it. */
  readonly silence: Span | null
  readonly marks: readonly Mark[]
  /** Index of the last entry up to the end of the stretch; -1 before the first. */
  readonly lastEntry: number
}

export function factsAt(
  connection: Connection,
  span: Span,
  nowMs: number,
  firstTextAtMs: number | null = null,
): LaneFacts {
  const { entries } = connection
  const { from, to } = indexesIn(entries, span)
  const events = entries.eventsAmong(to) - entries.eventsAmong(from)
  return {
    events,
    others: to - from - events,
    silence: to > from ? null : silenceAt(connection, from, span, nowMs),
    marks: marksOf(connection, firstTextAtMs).filter(({ atMs }) => atMs >= span.fromMs && atMs <= span.toMs),
    lastEntry: to - 1,
  }
}

function silenceAt(connection: Connection, next: number, span: Span, nowMs: number): Span | null {
  const { entries, open } = connection
  const untilMs = untilMsOf(connection, nowMs)
  if (span.fromMs > untilMs || span.toMs < open.atMs) return null
  return {
    fromMs: next > 0 ? entries.atMsOf(next - 1) : open.atMs,
    toMs: next < entries.length ? entries.atMsOf(next) : untilMs,
  }
}

/** The entry whose time is nearest to a moment; -1 if there are none. Of those that share it, the first. */
export function nearestEntry({ entries }: Connection, atMs: number): number {
  const after = firstAtOrAfter(entries, atMs)
  if (after === 0) return entries.length === 0 ? -1 : 0
  const beforeMs = entries.atMsOf(after - 1)
  if (after < entries.length && entries.atMsOf(after) - atMs < atMs - beforeMs) return after
  return firstAtOrAfter(entries, beforeMs)
}
