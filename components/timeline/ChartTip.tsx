import type { Connection } from '../../lib/session/types.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import { firstAtOrAfter } from '../../lib/timeline/bins.ts'
import { nearestEntry } from '../../lib/timeline/lane-facts.ts'
import type { Mark } from '../../lib/timeline/marks.ts'
import { type Span, msAtPx, toWidthMs } from '../../lib/timeline/span.ts'
import { kindWord } from '../events/EventRow.tsx'
import { formatCount, formatDuration, formatSince, formatSize, formatTimeOfDay } from '../parts/format.ts'
import type { Size } from '../parts/use-size.ts'
import type { TimeAxis } from './time-axis.ts'
import { Tip } from './Tip.tsx'

const NEAR_PX = 3

interface ChartTipProps {
  readonly axis: TimeAxis
  readonly connection: Connection
  readonly marks: readonly Mark[]
  /** On the document's clock. */
  readonly view: Span
  readonly size: Size
}

/** The exact figures under the pointer. */
export function ChartTip({ axis, connection, marks, view, size }: ChartTipProps) {
  const point = axis.pointer.value
  if (point === null) return null
  const atMs = msAtPx(view, size.width, point.x)
  const nearMs = (NEAR_PX * toWidthMs(view)) / Math.max(1, size.width)
  const { frame, open } = connection
  const near = marks.filter((mark) => Math.abs(mark.atMs - atMs) <= nearMs)
  const lines = [
    ...near.map((mark) => markWords(mark, open.atMs)),
    ...entryLines(connection, atMs, nearMs),
    soFarWords(connection, atMs),
  ]
  const title = `${formatSince(Math.max(0, atMs - open.atMs))} · ${formatTimeOfDay(frame.timeOriginMs + atMs)}`
  return <Tip point={point} size={size} title={title} lines={lines} isSaid={false} />
}

/** The entry within reach of the pointer, with its chunk and the wait before it. */
function entryLines(connection: Connection, atMs: number, nearMs: number): readonly string[] {
  const { entries } = connection
  const index = nearestEntry(connection, atMs)
  if (index === -1 || Math.abs(entries.atMsOf(index) - atMs) > nearMs) return silenceLines(connection, atMs)
  const lines = [entryAtWords(connection, index)]
  if (index > 0) {
    const gap = formatDuration(entries.atMsOf(index) - entries.atMsOf(index - 1))
    lines.push(t('{time} after the row before', { time: gap }))
  }
  const chunk = entries.chunkOf(index)
  if (chunk < 0) return lines
  let after = index + 1
  while (after < entries.length && entries.chunkOf(after) === chunk && after - index < 1000) after += 1
  const count = entries.eventsAmong(after) - entries.eventsAmong(index)
  const size = formatSize(connection.chunks.bytesAmong(chunk + 1) - connection.chunks.bytesAmong(chunk))
  const number = formatCount(chunk + 1)
  lines.push(t('Chunk {number}: {size}, {events}', { number, size, events: eventsWords(count) }))
  return lines
}

function silenceLines({ entries }: Connection, atMs: number): readonly string[] {
  const next = firstAtOrAfter(entries, atMs)
  if (next === 0 || next === entries.length) return []
  return [t('Nothing for {time}', { time: formatDuration(entries.atMsOf(next) - entries.atMsOf(next - 1)) })]
}

function soFarWords({ entries, chunks, transport }: Connection, atMs: number): string {
  const events = eventsWords(entries.eventsAmong(firstAtOrAfter(entries, atMs + 0.001)))
  if (transport === 'eventsource') return t('So far: {events}', { events })
  const size = formatSize(chunks.bytesAmong(firstAtOrAfter(chunks, atMs + 0.001)))
  return t('So far: {events}, {size}', { events, size })
}

function eventsWords(count: number): string {
  return tn(count, '{n} event', '{n} events', { n: formatCount(count) })
}

function markWords({ name, atMs }: Mark, startMs: number): string {
  return t('{mark}: {time} after the start', { mark: t(name), time: formatDuration(atMs - startMs) })
}

/** `Event #12 at 0.812 s`, or what else it is. */
export function entryAtWords({ entries, open }: Connection, index: number): string {
  const kind = kindWord(entries.kindOf(index))
  const time = formatSince(entries.atMsOf(index) - open.atMs)
  return kind === null
    ? t('Event #{number} at {time}', { number: formatCount(entries.eventsAmong(index + 1)), time })
    : t('A {kind} at {time}', { kind: kind[0], time })
}
