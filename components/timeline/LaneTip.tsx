import type { ReadonlySignal } from '@preact/signals'
import { t, tn } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { factsAt } from '../../lib/timeline/lane-facts.ts'
import type { LaneLayout } from '../../lib/timeline/lanes.ts'
import { type Overview, toDocumentSpan } from '../../lib/timeline/overview.ts'
import { type Span, msAtPx, toPx, toWidthMs } from '../../lib/timeline/span.ts'
import { toStateWord } from '../../lib/endings/state-words.ts'
import { formatCount, formatDuration, formatSince, formatTimeOfDay } from '../parts/format.ts'
import type { Size } from '../parts/use-size.ts'
import { laneAt, laneName } from './lane-at.ts'
import { AXIS_PX } from './paint-axis.ts'
import type { Point, TimeAxis } from './time-axis.ts'
import { Tip } from './Tip.tsx'

/** What is within so many pixels of the pointer counts as under it. */
const NEAR_PX = 2

interface LaneTipProps {
  readonly axis: TimeAxis
  readonly keyLane: ReadonlySignal<number>
  readonly overview: Overview
  readonly layout: LaneLayout
  readonly view: Span
  readonly size: Size
  readonly nowMs: number
}

/** What is under the pointer, or at the keyboard's cursor. */
export function LaneTip({ axis, keyLane, overview, layout, view, size, nowMs }: LaneTipProps) {
  const byKeys = axis.isByKeys.value
  const cursorMs = axis.cursorMs.value ?? view.fromMs
  const keyPoint: Point = {
    x: toPx(view, size.width, cursorMs),
    y: AXIS_PX + (layout.bandOf(Math.max(0, keyLane.value)) + 0.5) * layout.bandPx,
  }
  const point = byKeys ? keyPoint : axis.pointer.value
  if (point === null) return null
  const atMs = byKeys ? cursorMs : msAtPx(view, size.width, point.x)
  const lane = byKeys
    ? (overview.lanes[keyLane.value] ?? null)
    : laneAt(overview.lanes, size.height - AXIS_PX, point.y - AXIS_PX, atMs)
  const nearMs = (NEAR_PX * toWidthMs(view)) / Math.max(1, size.width)
  const line = overview.lines.find((navigation) => Math.abs(navigation.atMs - atMs) <= nearMs)
  const lines = [
    `${formatSince(atMs - overview.bounds.fromMs)} · ${formatTimeOfDay(atMs)}`,
    ...(line === undefined ? [] : [t('Navigated to {url}', { url: line.url })]),
    ...(lane === null ? [] : laneLines(lane, { fromMs: atMs - nearMs, toMs: atMs + nearMs }, nowMs)),
  ]
  return (
    <Tip
      point={point}
      size={size}
      title={lane === null ? null : `${laneName(lane)} · ${toStateWord(lane.state)}`}
      lines={lines}
      isSaid={byKeys}
    />
  )
}

function laneLines(connection: Connection, near: Span, nowMs: number): readonly string[] {
  const { entries, frame, open } = connection
  if (frame.timeOriginMs === 0) return []
  const span = toDocumentSpan(near, connection) ?? near
  const { events, others, silence, marks, lastEntry } = factsAt(connection, span, nowMs - frame.timeOriginMs)
  const lines = marks.map(({ name, atMs }) => {
    const words = t('{mark} {time} after the start', { mark: t(name), time: formatDuration(atMs - open.atMs) })
    return words.charAt(0).toUpperCase() + words.slice(1)
  })
  if (events > 0) {
    const values = { n: formatCount(events), soFar: entries.eventsAmong(lastEntry + 1) }
    lines.push(tn(events, '{n} event here, {soFar} so far', '{n} events here, {soFar} so far', values))
  } else if (others > 0) {
    lines.push(tn(others, '{n} heartbeat or other here', '{n} heartbeats or others here', { n: formatCount(others) }))
  } else if (silence !== null) lines.push(t('Nothing for {time}', { time: formatDuration(toWidthMs(silence)) }))
  return lines
}
