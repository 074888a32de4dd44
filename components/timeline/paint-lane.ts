/** Draws one connection's lane. What it costs depends on its width on screen, not on how many events came. */
import { isLongGap } from '../../lib/timeline/gaps.ts'
import { marksOf, type Segment, segmentsOf, untilMsOf } from '../../lib/timeline/marks.ts'
import { type Span, toPx } from '../../lib/timeline/span.ts'
import type { Connection } from '../../lib/session/types.ts'
import { lookOf, type Tone } from '../connections/StateLabel.tsx'
import type { Colours } from './colours.ts'
import { createLaneColumns, type Silence } from './lane-columns.ts'

/** Lanes lower than this show no marks. */
const MARKS_PX = 8
/** A silence narrower than this cannot be seen. */
const GAP_PX = 4
const END_PX = 5
/** Density by strength: ticks alone are plain, where they merge the count shows. */
const STRENGTHS: readonly number[] = [0.45, 0.62, 0.8, 1]

export interface LanePlace {
  /** On the wall clock. */
  readonly view: Span
  readonly widthPx: number
  readonly topPx: number
  readonly barPx: number
  readonly nowMs: number
  readonly colours: Colours
}

/** Kept between calls: a lane needs a number for each pixel of its width. */
const columns = createLaneColumns()

export function paintLane(context: CanvasRenderingContext2D, connection: Connection, place: LanePlace): void {
  const lane = toLane(connection, place)
  if (lane === null) return
  paintSegments(context, lane)
  paintPauses(context, lane)
  columns.clear(place.widthPx)
  const silences = columns.add(connection, lane.view, lane.untilMs, GAP_PX)
  paintTicks(context, place, lane.colour)
  paintLongGaps(context, lane, silences)
  if (place.barPx >= MARKS_PX) paintMarks(context, lane)
  if (connection.ending !== null) paintEnd(context, lane)
}

/** Lanes that share a band: what they were by their own colours, what came to all of them as one. */
export function paintShared(
  context: CanvasRenderingContext2D,
  connections: readonly Connection[],
  place: LanePlace,
): void {
  columns.clear(place.widthPx)
  for (const connection of connections) {
    const lane = toLane(connection, place)
    if (lane === null) continue
    paintSegments(context, lane)
    columns.add(connection, lane.view, lane.untilMs, Infinity)
  }
  paintTicks(context, place, place.colours.neutral)
}

/** Null where nothing of it is in view, or its document has not told its clock. */
function toLane(connection: Connection, place: LanePlace): Lane | null {
  const originMs = connection.frame.timeOriginMs
  const view = { fromMs: place.view.fromMs - originMs, toMs: place.view.toMs - originMs }
  const untilMs = untilMsOf(connection, place.nowMs - originMs)
  if (originMs === 0 || untilMs < view.fromMs || connection.open.atMs > view.toMs) return null
  // What it is doing at the moment says nothing about all its time.
  const tone = connection.alive ? 'live' : lookOf(connection.state)[1]
  return { ...place, connection, view, untilMs, tone, colour: place.colours[tone] }
}

interface Lane extends LanePlace {
  /** On the document's own clock, as all times of a lane. */
  readonly view: Span
  readonly connection: Connection
  readonly untilMs: number
  readonly tone: Tone
  /** Of its state. */
  readonly colour: string
}

function paintSegments(context: CanvasRenderingContext2D, lane: Lane): void {
  for (const segment of segmentsOf(lane.connection, lane.untilMs)) paintSegment(context, lane, segment)
}

function paintSegment(context: CanvasRenderingContext2D, lane: Lane, segment: Segment): void {
  const { view, widthPx, topPx, barPx, colours } = lane
  const from = Math.max(0, toPx(view, widthPx, segment.fromMs))
  const to = Math.min(widthPx, Math.max(from + 1, toPx(view, widthPx, segment.toMs)))
  if (to <= from) return
  const middle = topPx + Math.floor(barPx / 2)
  if (segment.kind === 'open') {
    context.globalAlpha = 0.2
    context.fillStyle = lane.colour
    context.fillRect(from, topPx, to - from, barPx)
    context.globalAlpha = 1
    return
  }
  if (segment.kind === 'waiting') {
    context.fillStyle = colours['text-quiet']
    context.fillRect(from, middle, to - from, 1)
    return
  }
  context.fillStyle = colours.warn
  for (let x = from; x < to; x += 4) context.fillRect(x, middle, Math.min(2, to - x), 1)
  // Where the attempt broke.
  context.fillRect(from, topPx, 1, barPx)
}

/** A line below where the page did not ask for more. */
function paintPauses(context: CanvasRenderingContext2D, lane: Lane): void {
  const { view, widthPx, topPx, barPx, colours } = lane
  if (barPx < GAP_PX) return
  context.fillStyle = colours.warn
  for (const { fromMs, toMs: endMs } of lane.connection.pauses) {
    const from = Math.max(0, toPx(view, widthPx, fromMs))
    const to = Math.min(widthPx, toPx(view, widthPx, endMs ?? lane.untilMs))
    if (to > from) context.fillRect(from, topPx + barPx - 1, to - from, 1)
  }
}

/** One lane's events as ticks, stronger where more of them fall into one pixel. */
function paintTicks(context: CanvasRenderingContext2D, { widthPx, topPx, barPx }: LanePlace, colour: string): void {
  const count = Math.ceil(widthPx)
  const scale = STRENGTHS.length / Math.log1p(columns.most)
  const strengthAt = (x: number): number => {
    const events = columns.at(x)
    if (events <= 0) return events
    // Nothing to compare with: an event is an event.
    if (columns.most < 3) return STRENGTHS.length
    return Math.min(STRENGTHS.length, Math.max(1, Math.ceil(Math.log1p(events) * scale)))
  }
  context.fillStyle = colour
  let next = strengthAt(0)
  for (let x = 0; x < count;) {
    const strength = next
    const start = x
    do next = strengthAt(++x)
    while (x < count && next === strength)
    if (strength < 0) continue
    // Heartbeats and the like: low, as nothing was said.
    const heightPx = strength === 0 ? Math.max(1, Math.floor(barPx / 3)) : barPx
    context.globalAlpha = STRENGTHS[strength - 1] ?? 0.6
    context.fillRect(start, topPx + barPx - heightPx, x - start, heightPx)
  }
  context.globalAlpha = 1
}

/** Hollows the lane where nothing came for long. */
function paintLongGaps(context: CanvasRenderingContext2D, lane: Lane, silences: readonly Silence[]): void {
  const { entries } = lane.connection
  const firstMs = entries.atMsOf(0)
  const lastMs = Math.max(entries.atMsOf(entries.length - 1), lane.untilMs)
  for (const { fromPx, toPx: endPx, fromMs, toMs } of silences) {
    if (isLongGap(toMs - fromMs, entries.length, firstMs, lastMs)) paintHollow(context, lane, fromPx, endPx - fromPx)
  }
}

function paintHollow(context: CanvasRenderingContext2D, { topPx, barPx, colours }: Lane, x: number, px: number): void {
  context.clearRect(x, topPx, px, barPx)
  const middle = topPx + Math.floor(barPx / 2)
  context.fillStyle = colours.warn
  for (let dash = x; dash < x + px; dash += 5) context.fillRect(dash, middle, Math.min(3, x + px - dash), 1)
}

/** The head above, the first byte below the lane's middle; the first event is the first tick. */
function paintMarks(
  context: CanvasRenderingContext2D,
  { connection, view, widthPx, topPx, barPx, colours }: Lane,
): void {
  context.fillStyle = colours.text
  for (const { name, atMs } of marksOf(connection)) {
    const x = Math.round(toPx(view, widthPx, atMs))
    if (x < 0 || x > widthPx) continue
    if (name === 'start') context.fillRect(x, topPx, 1, barPx)
    else if (name === 'head') context.fillRect(x, topPx, 1, Math.floor(barPx / 2))
    else if (name === 'first byte') context.fillRect(x, topPx + Math.ceil(barPx / 2), 1, Math.floor(barPx / 2))
  }
}

/** How it ended, by shape as well as by colour: good is a full block, the page's own doing a hollow one, bad a cross, the rest a wedge. */
function paintEnd(context: CanvasRenderingContext2D, lane: Lane): void {
  const { view, topPx, barPx, widthPx, tone, colour, colours } = lane
  const endPx = toPx(view, widthPx, lane.untilMs)
  const px = Math.min(END_PX + 2, barPx)
  const left = Math.min(Math.round(endPx), widthPx - px)
  const top = topPx + Math.floor((barPx - px) / 2)
  context.fillStyle = colour
  context.strokeStyle = colour
  context.lineWidth = 1.5
  context.clearRect(left, topPx, px + 1, barPx)
  if (px < END_PX || tone === 'good' || tone === 'live') {
    context.fillRect(left, top, Math.max(2, px - 1), px)
    return
  }
  context.beginPath()
  if (tone === 'neutral') {
    context.rect(left + 1, top + 1, px - 2, px - 2)
    context.fillStyle = colours.ground
    context.fill()
  } else if (tone === 'bad') {
    context.moveTo(left + 1, top + 1)
    context.lineTo(left + px - 1, top + px - 1)
    context.moveTo(left + px - 1, top + 1)
    context.lineTo(left + 1, top + px - 1)
  } else {
    context.moveTo(left + px / 2, top + 1)
    context.lineTo(left + px - 1, top + px - 1)
    context.lineTo(left + 1, top + px - 1)
    context.closePath()
    context.fill()
  }
  context.stroke()
}
