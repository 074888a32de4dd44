/** Keeps the lanes' picture up to date: draws again only the bands that changed, and no longer at a time than it may. */
import type { Connection } from '../../lib/session/types.ts'
import { layOutLanes } from '../../lib/timeline/lanes.ts'
import { type Span, toPx } from '../../lib/timeline/span.ts'
import type { Size } from '../parts/use-size.ts'
import type { Colours } from './colours.ts'
import { laneName } from './lane-at.ts'
import { paintLane, paintShared } from './paint-lane.ts'

/** Lanes lower than this have no names. */
const NAMES_PX = 9
const NAME_ROOM_PX = 4
/** Drawn in every frame, so that a machine that is busy elsewhere gets through all the same. */
const LEAST_BANDS = 4

export interface LanesPicture {
  readonly lanes: readonly Connection[]
  readonly selectedKey: string | null
  readonly view: Span
  readonly size: Size
  readonly nowMs: number
  readonly colours: Colours
}

export interface LanePainter {
  /** Forgets what is drawn: the canvas is empty. */
  reset(): void
  /** False if there is more to draw in the next frame. */
  paint(context: CanvasRenderingContext2D, picture: LanesPicture, budgetMs: number): boolean
}

export function createLanePainter(): LanePainter {
  let last: LanesPicture | null = null
  /** What each band looked like when it was drawn; empty text: not yet. */
  let drawn: string[] = []
  let next = -1

  /** All must be drawn again when the same moment stands elsewhere, or the same lane. */
  function isSamePicture(other: LanesPicture): boolean {
    return (
      last !== null &&
      last.view.fromMs === other.view.fromMs &&
      last.view.toMs === other.view.toMs &&
      last.size.width === other.size.width &&
      last.size.height === other.size.height &&
      last.colours === other.colours &&
      last.lanes.length === other.lanes.length
    )
  }

  return {
    reset() {
      last = null
    },
    paint(context, picture, budgetMs) {
      const { lanes, size } = picture
      const layout = layOutLanes(lanes.length, size.height)
      if (!isSamePicture(picture)) {
        context.clearRect(0, 0, size.width, size.height)
        drawn = Array.from({ length: layout.bandCount }, () => '')
        next = -1
      }
      last = picture
      const deadline = performance.now() + budgetMs
      let painted = 0
      for (let bands = layout.bandCount; bands > 0; bands -= 1) {
        // Goes on where it stopped: busy lanes must not keep the others waiting.
        next = (next + 1) % layout.bandCount
        const { from, to } = layout.lanesOf(next)
        const look = lookOfBand(picture, from, to)
        if (drawn[next] === look) continue
        drawn[next] = look
        paintBand(context, picture, next * layout.bandPx, layout, from, to)
        painted += 1
        if (painted >= LEAST_BANDS && performance.now() > deadline) return bands === 1
      }
      return true
    },
  }
}

/** Two equal texts: the band looks the same. A live lane that has not yet come a pixel further does. */
function lookOfBand({ lanes, view, size, nowMs, selectedKey }: LanesPicture, from: number, to: number): string {
  let look = ''
  for (let lane = from; lane < to; lane += 1) {
    const connection = lanes[lane]
    if (connection === undefined) continue
    const { key, version, alive, state } = connection
    const nowPx = alive ? Math.floor(Math.min(size.width, toPx(view, size.width, nowMs))) : ''
    look += `${key} ${version.peek()} ${state} ${nowPx} ${key === selectedKey}|`
  }
  return look
}

function paintBand(
  context: CanvasRenderingContext2D,
  picture: LanesPicture,
  topPx: number,
  layout: ReturnType<typeof layOutLanes>,
  from: number,
  to: number,
): void {
  const { lanes, view, size, nowMs, colours } = picture
  context.clearRect(0, topPx, size.width, layout.bandPx)
  const band = lanes.slice(from, to)
  if (band.some(({ key }) => key === picture.selectedKey)) {
    context.fillStyle = colours['ground-selected']
    context.fillRect(0, topPx, size.width, layout.bandPx)
  }
  const place = { view, widthPx: size.width, topPx: topPx + 1, barPx: layout.barPx, nowMs, colours }
  const [only, ...others] = band
  if (only === undefined) return
  if (others.length > 0) return paintShared(context, band, place)
  paintLane(context, only, place)
  if (layout.barPx >= NAMES_PX) paintName(context, picture, only, topPx + 1 + layout.barPx / 2)
}

/** Measured once: it is asked for in every frame. */
const names = new WeakMap<Connection, { readonly name: string; readonly widthPx: number }>()

function measuredName(context: CanvasRenderingContext2D, connection: Connection) {
  const known = names.get(connection)
  if (known !== undefined) return known
  const name = laneName(connection)
  const measured = { name, widthPx: context.measureText(name).width }
  names.set(connection, measured)
  return measured
}

/** Beside the lane, where there is room: left of its start, else right of its end. */
function paintName(
  context: CanvasRenderingContext2D,
  { view, size, nowMs, colours }: LanesPicture,
  connection: Connection,
  middlePx: number,
): void {
  const { open, ending, frame, alive } = connection
  const { name, widthPx } = measuredName(context, connection)
  const startPx = toPx(view, size.width, frame.timeOriginMs + open.atMs)
  const endMs = ending === null ? nowMs : frame.timeOriginMs + ending.atMs
  const endPx = toPx(view, size.width, endMs) + 8
  const isLeft = startPx - NAME_ROOM_PX - widthPx >= 0
  // A live lane will soon be where its name would stand.
  if (startPx > size.width || endPx < 0 || (!isLeft && (alive || endPx + NAME_ROOM_PX + widthPx > size.width))) return
  context.fillStyle = colours['text-quiet']
  context.textBaseline = 'middle'
  context.textAlign = isLeft ? 'right' : 'left'
  context.fillText(name, isLeft ? startPx - NAME_ROOM_PX : endPx + NAME_ROOM_PX, middlePx)
}
