/** Draws one connection over time: its marks, arrivals, what came so far, and the rate. It costs by its width, not by its events. */
import { findEdges } from '../../lib/timeline/bins.ts'
import { type Gap, isLongGap } from '../../lib/timeline/gaps.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import type { Mark } from '../../lib/timeline/marks.ts'
import { type Span, toPx, toWidthMs } from '../../lib/timeline/span.ts'
import type { Connection } from '../../lib/session/types.ts'
import { formatCount, formatDuration, formatSize } from '../parts/format.ts'
import type { Size } from '../parts/use-size.ts'
import type { Colours } from './colours.ts'
import { AXIS_PX } from './paint-axis.ts'
import { rateWords } from './time-words.ts'

export interface ChartsPicture {
  readonly connection: Connection
  /** On the document's clock, as all times here. */
  readonly view: Span
  readonly size: Size
  readonly marks: readonly Mark[]
  /** The longest ones, the wait that is still going on among them. */
  readonly gaps: readonly Gap[]
  readonly colours: Colours
}

const MARKS_PX = 14
const TITLE_PX = 14
/** A bar of the rate is the shortest of these that is so wide on screen; in shorter times a rate says nothing. */
const RATE_PX = 4
const RATE_STEPS_MS: readonly number[] = [
  50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 3_600_000,
]
/** Shares of the height left for the three tracks. */
const SHARES = { arrivals: 0.38, totals: 0.36, rate: 0.26 }

/** A track's drawing, below its title. */
interface Track {
  readonly topPx: number
  readonly heightPx: number
}

/** How many there are in each pixel's width, by difference. */
interface Bins {
  readonly count: number
  readonly entries: Uint32Array
  readonly chunks: Uint32Array
}

export function paintCharts(context: CanvasRenderingContext2D, picture: ChartsPicture): void {
  const { size, view, connection } = picture
  context.clearRect(0, 0, size.width, size.height)
  const count = Math.max(1, Math.floor(size.width))
  const bins: Bins = { count, entries: new Uint32Array(count + 1), chunks: new Uint32Array(count + 1) }
  findEdges(connection.entries, view, count, bins.entries)
  findEdges(connection.chunks, view, count, bins.chunks)
  const room = Math.max(0, size.height - AXIS_PX - MARKS_PX - 3 * TITLE_PX - 4)
  let topPx = AXIS_PX + MARKS_PX
  const next = (share: number): Track => {
    const track = { topPx: topPx + TITLE_PX, heightPx: Math.floor(room * share) }
    topPx = track.topPx + track.heightPx
    return track
  }
  const [arrivals, totals, rate] = [next(SHARES.arrivals), next(SHARES.totals), next(SHARES.rate)]
  paintGaps(context, picture, arrivals)
  paintMarks(context, picture)
  paintArrivals(context, picture, bins, arrivals)
  paintTotals(context, picture, bins, totals)
  paintRate(context, picture, rate)
}

function paintTitle(
  context: CanvasRenderingContext2D,
  { size, colours }: ChartsPicture,
  track: Track,
  title: string,
): void {
  context.fillStyle = colours['line-quiet']
  context.fillRect(0, track.topPx + track.heightPx, size.width, 1)
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillStyle = colours['text-quiet']
  context.fillText(title, 4, track.topPx - TITLE_PX / 2 + 1, size.width - 8)
}

/** Where nothing came for long, with how long. */
function paintGaps(
  context: CanvasRenderingContext2D,
  { connection, view, size, gaps, colours }: ChartsPicture,
  track: Track,
): void {
  const { entries } = connection
  if (entries.length === 0) return
  const firstMs = entries.atMsOf(0)
  const lastMs = Math.max(entries.atMsOf(entries.length - 1), ...gaps.map(({ fromMs, ms }) => fromMs + ms))
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const { ms, fromMs } of gaps) {
    if (!isLongGap(ms, entries.length, firstMs, lastMs)) continue
    const from = Math.max(0, toPx(view, size.width, fromMs))
    const to = Math.min(size.width, toPx(view, size.width, fromMs + ms))
    if (to - from < 2) continue
    context.globalAlpha = 0.14
    context.fillStyle = colours.warn
    context.fillRect(from, track.topPx, to - from, track.heightPx)
    context.globalAlpha = 1
    const label = formatDuration(ms)
    if (context.measureText(label).width + 6 > to - from) continue
    context.fillText(label, (from + to) / 2, track.topPx + track.heightPx / 2)
  }
}

function paintMarks(context: CanvasRenderingContext2D, { marks, view, size, colours }: ChartsPicture): void {
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  let freePx = 0
  for (const { name, atMs } of marks) {
    const x = Math.round(toPx(view, size.width, atMs))
    if (x < 0 || x > size.width) continue
    context.fillStyle = colours['text-quiet']
    context.fillRect(x, AXIS_PX, 1, MARKS_PX)
    const word = t(name)
    const widthPx = context.measureText(word).width
    // Beside its line where there is room: right of it, else left.
    const left = x + 3 + widthPx <= size.width ? x + 3 : x - 3 - widthPx
    if (left < freePx) continue
    context.fillStyle = colours.text
    context.fillText(word, left, AXIS_PX + MARKS_PX / 2)
    freePx = left + widthPx + 6
  }
}

function paintArrivals(context: CanvasRenderingContext2D, picture: ChartsPicture, bins: Bins, track: Track): void {
  const { connection, colours, view } = picture
  const { entries } = connection
  const bottom = track.topPx + track.heightPx
  const eventsAt = (x: number) =>
    entries.eventsAmong(bins.entries[x + 1] ?? 0) - entries.eventsAmong(bins.entries[x] ?? 0)
  let most = 0
  let withEvents = 0
  for (let x = 0; x < bins.count; x += 1) {
    if (bins.entries[x] === bins.entries[x + 1]) continue
    most = Math.max(most, eventsAt(x))
    withEvents += 1
  }
  // Far apart they may be wider than a pixel, to be seen well.
  const widthPx = withEvents * 8 < bins.count ? 3 : 1
  context.fillStyle = colours['text-quiet']
  context.globalAlpha = 0.35
  for (let x = 0; x < bins.count; x += 1) {
    if (bins.chunks[x] !== bins.chunks[x + 1]) context.fillRect(x, track.topPx, 1, track.heightPx)
  }
  context.globalAlpha = 1
  for (let x = 0; x < bins.count; x += 1) {
    if (bins.entries[x] === bins.entries[x + 1]) continue
    const events = eventsAt(x)
    const share = events === 0 ? 0 : Math.max(0.15, most < 2 ? 0.7 : (Math.log1p(events) / Math.log1p(most)) * 0.94)
    // Heartbeats and the like stay low.
    const heightPx = events === 0 ? 3 : Math.ceil(share * track.heightPx)
    context.fillStyle = events === 0 ? colours['text-quiet'] : colours.live
    context.fillRect(x - (widthPx >> 1), bottom - heightPx, widthPx, heightPx)
  }
  const perPixel = formatDuration(toWidthMs(view) / bins.count)
  const values = { time: perPixel, most: formatCount(most) }
  const title =
    connection.transport === 'eventsource'
      ? t('Arrivals · bars: events in {time}, at most {most}', values)
      : t('Arrivals · bars: events in {time}, at most {most} · grey lines: chunks', values)
  paintTitle(context, picture, track, title)
}

function paintTotals(context: CanvasRenderingContext2D, picture: ChartsPicture, bins: Bins, track: Track): void {
  const { connection, colours } = picture
  const { entries, chunks, transport } = connection
  const events = (x: number) => entries.eventsAmong(bins.entries[x] ?? 0)
  const bytes = (x: number) => chunks.bytesAmong(bins.chunks[x] ?? 0)
  const showsBytes = transport !== 'eventsource'
  paintSteps(context, track, bins.count, events, colours.live, [])
  // Over the other: where events are all of one size, both lines are one.
  if (showsBytes) paintSteps(context, track, bins.count, bytes, colours.good, [4, 4])
  const soFar = events(bins.count)
  const sums = tn(soFar, '{n} event', '{n} events', { n: formatCount(soFar) })
  const title = showsBytes
    ? t('So far, at the right end: {events} (line) · {size} (dashed)', {
        events: sums,
        size: formatSize(bytes(bins.count)),
      })
    : t('So far, at the right end: {events} (line)', { events: sums })
  paintTitle(context, picture, track, title)
}

function paintSteps(
  context: CanvasRenderingContext2D,
  track: Track,
  count: number,
  valueAt: (x: number) => number,
  colour: string,
  dashes: readonly number[],
): void {
  const most = valueAt(count)
  if (most === 0) return
  const yOf = (value: number) => track.topPx + track.heightPx - 1 - (value / most) * (track.heightPx - 2)
  context.strokeStyle = colour
  context.lineWidth = 1.5
  context.setLineDash([...dashes])
  context.beginPath()
  let before = valueAt(0)
  context.moveTo(0, yOf(before))
  for (let x = 1; x <= count; x += 1) {
    const value = valueAt(x)
    if (value === before && x < count) continue
    context.lineTo(x, yOf(before))
    context.lineTo(x, yOf(value))
    before = value
  }
  context.stroke()
  context.setLineDash([])
}

function paintRate(context: CanvasRenderingContext2D, picture: ChartsPicture, track: Track): void {
  const { connection, view, size, colours } = picture
  const { entries, open } = connection
  const leastMs = (toWidthMs(view) * RATE_PX) / Math.max(1, size.width)
  const barMs = RATE_STEPS_MS.find((step) => step >= leastMs) ?? leastMs
  // Counted from the start, so that bars keep their place when the view moves.
  const fromMs = open.atMs + Math.floor((view.fromMs - open.atMs) / barMs) * barMs
  const count = Math.ceil((view.toMs - fromMs) / barMs)
  const edges = new Uint32Array(count + 1)
  findEdges(entries, { fromMs, toMs: fromMs + barMs * count }, count, edges)
  const eventsAt = (bar: number) => entries.eventsAmong(edges[bar + 1] ?? 0) - entries.eventsAmong(edges[bar] ?? 0)
  let most = 0
  for (let bar = 0; bar < count; bar += 1) most = Math.max(most, eventsAt(bar))
  context.fillStyle = colours.live
  context.globalAlpha = 0.75
  for (let bar = 0; bar < count; bar += 1) {
    const events = eventsAt(bar)
    if (events === 0) continue
    const heightPx = Math.max(1, Math.round((events / most) * track.heightPx))
    const from = toPx(view, size.width, fromMs + bar * barMs)
    const to = toPx(view, size.width, fromMs + (bar + 1) * barMs)
    context.fillRect(from, track.topPx + track.heightPx - heightPx, Math.max(1, to - from - 1), heightPx)
  }
  context.globalAlpha = 1
  const highest = rateWords((most * 1000) / barMs)
  const title = t('Event rate, at most {highest} · a bar is {time}', { highest, time: formatDuration(barMs) })
  paintTitle(context, picture, track, title)
}
