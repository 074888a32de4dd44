/** Draws what lies over every timeline: the axis, the span, the cursor, the pointer's line. */
import { axisTicks } from '../../lib/timeline/ticks.ts'
import { type Span, toPx } from '../../lib/timeline/span.ts'
import type { Size } from '../parts/use-size.ts'
import type { Colours } from './colours.ts'
import type { Point } from './time-axis.ts'

export const AXIS_PX = 16

const LABEL_GAP_PX = 4
const WIDTHS_KEPT = 500
/** Measuring text costs more than drawing it, and the same labels come in every frame. */
const widths = new Map<string, number>()

/** Width of a label in the context's own font. */
function widthOf(context: CanvasRenderingContext2D, label: string): number {
  const known = widths.get(label)
  if (known !== undefined) return known
  if (widths.size >= WIDTHS_KEPT) widths.clear()
  const { width } = context.measureText(label)
  widths.set(label, width)
  return width
}

export interface AxisPicture {
  readonly size: Size
  readonly view: Span
  /** Where the axis counts from. */
  readonly zeroMs: number
  readonly span: Span | null
  readonly cursorMs: number | null
  readonly pointer: Point | null
  /** Navigations. */
  readonly linesMs: readonly number[]
  readonly colours: Colours
}

export function paintAxis(context: CanvasRenderingContext2D, picture: AxisPicture): void {
  const { size, view, colours } = picture
  context.clearRect(0, 0, size.width, size.height)
  paintTicks(context, picture)
  for (const atMs of picture.linesMs) paintLine(context, picture, atMs, colours['text-quiet'], [3, 3])
  if (picture.span !== null) paintSpan(context, picture, picture.span)
  if (picture.cursorMs !== null && picture.cursorMs >= view.fromMs && picture.cursorMs <= view.toMs) {
    paintLine(context, picture, picture.cursorMs, colours.accent, [2, 2])
  }
  if (picture.pointer === null) return
  context.fillStyle = colours['text-quiet']
  context.globalAlpha = 0.6
  context.fillRect(Math.round(picture.pointer.x), 0, 1, size.height)
  context.globalAlpha = 1
}

function paintTicks(context: CanvasRenderingContext2D, { size, view, zeroMs, colours }: AxisPicture): void {
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  for (const { atMs, label } of axisTicks(view, zeroMs, size.width)) {
    const x = Math.round(toPx(view, size.width, atMs))
    context.fillStyle = colours.line
    context.globalAlpha = 0.7
    context.fillRect(x, 0, 1, size.height)
    context.globalAlpha = 1
    // A label that the border would cut says nothing.
    if (x + LABEL_GAP_PX + widthOf(context, label) > size.width) continue
    context.fillStyle = colours['text-quiet']
    context.fillText(label, x + LABEL_GAP_PX, AXIS_PX / 2)
  }
}

function paintLine(
  context: CanvasRenderingContext2D,
  { size, view }: AxisPicture,
  atMs: number,
  colour: string,
  dashes: readonly number[],
): void {
  const x = Math.round(toPx(view, size.width, atMs)) + 0.5
  if (x < 0 || x > size.width) return
  context.strokeStyle = colour
  context.lineWidth = 1
  context.setLineDash([...dashes])
  context.beginPath()
  context.moveTo(x, 0)
  context.lineTo(x, size.height)
  context.stroke()
  context.setLineDash([])
}

/** What is outside the span fades; its borders can be taken hold of. */
function paintSpan(context: CanvasRenderingContext2D, { size, view, colours }: AxisPicture, span: Span): void {
  const clamp = (x: number) => Math.min(size.width, Math.max(0, x))
  const from = clamp(toPx(view, size.width, span.fromMs))
  const to = clamp(toPx(view, size.width, span.toMs))
  context.fillStyle = colours.ground
  context.globalAlpha = 0.62
  context.fillRect(0, 0, from, size.height)
  context.fillRect(to, 0, size.width - to, size.height)
  context.globalAlpha = 0.12
  context.fillStyle = colours.accent
  context.fillRect(from, 0, to - from, AXIS_PX)
  context.globalAlpha = 1
  context.fillRect(Math.round(from), 0, 1, size.height)
  context.fillRect(Math.round(to) - 1, 0, 1, size.height)
  context.fillRect(Math.round(from) - 1, 2, 3, AXIS_PX - 4)
  context.fillRect(Math.round(to) - 2, 2, 3, AXIS_PX - 4)
}
