/** Figures of a connection that lists show. */
import type { Connection } from './types.ts'

/** From the page's call to the ending, or to the latest thing seen while alive, in ms. */
export function toDurationMs(connection: Connection): number {
  const until = connection.ending?.atMs ?? toLastSeenAtMs(connection)
  return Math.max(0, until - connection.open.atMs)
}

/** When anything came last, in ms of the document's clock. */
export function toLastSeenAtMs({ open, transport, head, lastByteAtMs, entries }: Connection): number {
  // Only an EventSource's entries have times of their own; looking at one of a body would cut out all its text.
  const isTimed = transport === 'eventsource' && entries.length > 0
  const lastEntryAtMs = isTimed ? entries.at(entries.length - 1).atMs : 0
  return Math.max(open.atMs, head?.atMs ?? 0, lastByteAtMs ?? 0, lastEntryAtMs)
}

/** Time of day of a moment on the connection's own clock, in ms since 1970; null while the clock is not known. */
export function toWallMs({ frame }: Connection, atMs: number): number | null {
  return frame.timeOriginMs === 0 ? null : frame.timeOriginMs + atMs
}

/** Now, on the connection's own clock; never before what was seen of it. */
export function toDocumentNowMs(connection: Connection, nowWallMs: number): number {
  const { timeOriginMs, lagMs = 0 } = connection.frame
  const seenAtMs = Math.max(connection.open.atMs, connection.marks.lastSeenAtMs ?? 0)
  return timeOriginMs === 0 ? seenAtMs : Math.max(seenAtMs, nowWallMs - timeOriginMs - lagMs)
}

/** What the panel can say of the size: all bytes of a body, but of an EventSource only its events' data. */
export function toSize({ transport, sizeBytes }: Connection): {
  readonly sizeBytes: number
  readonly atLeast: boolean
} {
  return { sizeBytes, atLeast: transport === 'eventsource' && sizeBytes > 0 }
}
