/** The moments and stretches that a lane shows, on the document's clock in ms. */
import { msg } from '../i18n/translate.ts'
import type { Connection } from '../session/types.ts'

/** In the order in which they come (design: "Marks per connection"). They are messages. */
export const MARK_NAMES = [
  msg('start'),
  msg('head'),
  msg('first byte'),
  msg('first event'),
  msg('first text'),
  msg('last byte'),
  msg('end'),
] as const
export type MarkName = (typeof MARK_NAMES)[number]

export interface Mark {
  readonly name: MarkName
  readonly atMs: number
}

/** The marks that are known, in the order of MARK_NAMES. `firstTextAtMs`: where a chat format's text began; null if not known. */
export function marksOf(connection: Connection, firstTextAtMs: number | null = null): readonly Mark[] {
  const at: Record<MarkName, number | null> = {
    start: connection.open.atMs,
    head: connection.head?.atMs ?? null,
    'first byte': connection.firstByteAtMs,
    'first event': connection.firstEventAtMs,
    'first text': firstTextAtMs,
    'last byte': connection.lastByteAtMs,
    end: connection.ending?.atMs ?? null,
  }
  return MARK_NAMES.flatMap((name) => {
    const atMs = at[name]
    return atMs === null ? [] : [{ name, atMs }]
  })
}

/** `waiting`: asked, no answer yet. `open`: answered. `broken`: an EventSource between two attempts. */
export interface Segment {
  readonly kind: 'waiting' | 'open' | 'broken'
  readonly fromMs: number
  readonly toMs: number
}

/** What a connection was from its start to `untilMs`, without holes. Attempts of an EventSource are segments of one lane. */
export function segmentsOf(connection: Connection, untilMs: number): readonly Segment[] {
  const segments: Segment[] = []
  let kind: Segment['kind'] = 'waiting'
  let fromMs = connection.open.atMs
  const turnTo = (next: Segment['kind'], atMs: number) => {
    if (atMs > fromMs) segments.push({ kind, fromMs, toMs: atMs })
    kind = next
    fromMs = Math.max(fromMs, atMs)
  }
  for (const { state, atMs } of connection.attemptMarks) turnTo(state === 'open' ? 'open' : 'broken', atMs)
  if (connection.attemptMarks.length === 0) {
    const answeredAtMs = connection.head?.atMs ?? connection.firstEventAtMs ?? connection.firstByteAtMs
    if (answeredAtMs !== null) turnTo('open', answeredAtMs)
  }
  if (untilMs > fromMs || segments.length === 0) segments.push({ kind, fromMs, toMs: Math.max(fromMs, untilMs) })
  return segments
}

/** Until when a lane is drawn: its ending, or now while it lives; never before what was seen of it. */
export function untilMsOf(connection: Connection, nowMs: number): number {
  const { ending, alive, entries, lastByteAtMs, open, head } = connection
  if (ending !== null) return ending.atMs
  const lastEntryAtMs = entries.length === 0 ? 0 : entries.atMsOf(entries.length - 1)
  return Math.max(open.atMs, head?.atMs ?? 0, lastByteAtMs ?? 0, lastEntryAtMs, alive ? nowMs : 0)
}
