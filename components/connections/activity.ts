/** When a connection's bytes or events came, as heights for a small bar. */
import type { Connection } from '../../lib/session/types.ts'
import { lastIndexWhere } from '../../lib/binary-search.ts'

/** Bars of one figure. */
export const ACTIVITY_BARS = 24
/** What a live figure looks back on. */
export const ACTIVITY_SPAN_MS = 12_000

/** Things that have a time, in rising order. */
interface Timed {
  readonly length: number
  at(index: number): { readonly atMs: number }
}

/** How many came in each of ACTIVITY_BARS even parts of [fromMs, toMs). Looks at a few of them only, by binary search. */
export function countByTime(timed: Timed, fromMs: number, toMs: number): readonly number[] {
  const width = (toMs - fromMs) / ACTIVITY_BARS
  const countBefore = (ms: number) => lastIndexWhere(timed.length, (index) => timed.at(index).atMs < ms) + 1
  const counts: number[] = []
  let before = countBefore(fromMs)
  for (let bar = 1; bar <= ACTIVITY_BARS; bar++) {
    const until = bar === ACTIVITY_BARS ? countBefore(toMs) : countBefore(fromMs + bar * width)
    counts.push(until - before)
    before = until
  }
  return counts
}

/** Counts → heights from 0 to 1. By square root, so that a burst does not hide the rest. */
export function toHeights(counts: readonly number[]): readonly number[] {
  const most = Math.max(1, ...counts)
  return counts.map((count) => (count === 0 ? 0 : Math.max(0.18, Math.sqrt(count / most))))
}

/** Heights for a connection: of its last seconds while it lives, of its whole life afterwards. `nowMs` is wall-clock time. */
export function activityOf(connection: Connection, nowMs: number): readonly number[] {
  const timed: Timed = connection.chunks.length > 0 ? connection.chunks : connection.entries
  if (connection.alive) {
    // In steps, so that bars move on by whole bars and do not flicker.
    const step = ACTIVITY_SPAN_MS / ACTIVITY_BARS
    const now = Math.ceil((nowMs - connection.frame.timeOriginMs) / step) * step
    return toHeights(countByTime(timed, now - ACTIVITY_SPAN_MS, now))
  }
  const start = connection.open.atMs
  const end = Math.max(start + 1, connection.ending?.atMs ?? connection.lastByteAtMs ?? start)
  return toHeights(countByTime(timed, start, end + 0.001))
}

/** How long a connection lasted or lasts, in ms. `nowMs` is wall-clock time. */
export function durationOf(connection: Connection, nowMs: number): number {
  const endMs = connection.ending?.atMs ?? connection.end?.atMs ?? null
  if (endMs !== null) return Math.max(0, endMs - connection.open.atMs)
  const seen = connection.lastByteAtMs ?? connection.open.atMs
  // The panel's clock may lag behind the page's: never show less than what was seen.
  const now = connection.alive ? Math.max(seen, nowMs - connection.frame.timeOriginMs) : seen
  return Math.max(0, now - connection.open.atMs)
}
