/** Connections on one axis that begins for all of them at the same kind of moment. */
import { msg } from '../i18n/translate.ts'
import type { Connection } from '../session/types.ts'
import { untilMsOf } from '../timeline/marks.ts'
import { type Span, toBounds } from '../timeline/span.ts'

export const ALIGNMENTS = [
  ['start', msg('Start')],
  ['head', msg('Head')],
  ['first event', msg('First event')],
] as const
export type Alignment = (typeof ALIGNMENTS)[number][0]

/** The moment that stands at zero, on the document's clock; null where it has not come. */
export function zeroOf({ open, head, firstEventAtMs }: Connection, alignment: Alignment): number | null {
  switch (alignment) {
    case 'start':
      return open.atMs
    case 'head':
      return head?.atMs ?? null
    case 'first event':
      return firstEventAtMs
    default:
      return alignment satisfies never
  }
}

/** The axis that all of them are on, in ms from zero; null when no one has come so far. */
export function alignedBounds(
  connections: readonly Connection[],
  alignment: Alignment,
  nowWallMs: number,
): Span | null {
  let [fromMs, toMs, isGrowing] = [Infinity, -Infinity, false]
  for (const connection of connections) {
    const zeroMs = zeroOf(connection, alignment)
    if (zeroMs === null) continue
    fromMs = Math.min(fromMs, connection.open.atMs - zeroMs)
    toMs = Math.max(toMs, untilMsOf(connection, nowWallMs - connection.frame.timeOriginMs) - zeroMs)
    if (connection.alive) isGrowing = true
  }
  return fromMs === Infinity ? null : toBounds(fromMs, toMs, isGrowing)
}

/** A stretch of the shared axis on a connection's own clock; null where it is not on the axis. */
export function toOwnSpan({ fromMs, toMs }: Span, connection: Connection, alignment: Alignment): Span | null {
  const zeroMs = zeroOf(connection, alignment)
  return zeroMs === null ? null : { fromMs: fromMs + zeroMs, toMs: toMs + zeroMs }
}
