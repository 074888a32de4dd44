/** Stretches of time on one axis, and how a view of it is zoomed and moved. All in ms, on whatever clock the caller uses. */

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** No view is narrower: browsers tell pages no finer times than this divides well. */
export const LEAST_VIEW_MS = 1
/** The axis of something that still grows ends at one of these multiples of a second, so that it stands still between. */
const FIRST_AXIS_MS = 2_000
const AXIS_GROWTH = 1.3
/** Free room at the end of an axis that no longer grows, so that endings are not at the very border. */
const END_ROOM = 0.02

export const toWidthMs = ({ fromMs, toMs }: Span): number => toMs - fromMs

/** The span between two moments in either order. */
export function toSpan(aMs: number, bMs: number): Span {
  return { fromMs: Math.min(aMs, bMs), toMs: Math.max(aMs, bMs) }
}

/** Whether [fromMs, toMs] and the span have a moment in common. */
export function overlaps(span: Span, fromMs: number, toMs: number): boolean {
  return fromMs <= span.toMs && toMs >= span.fromMs
}

export function toPx(view: Span, widthPx: number, atMs: number): number {
  return ((atMs - view.fromMs) / toWidthMs(view)) * widthPx
}

export function msAtPx(view: Span, widthPx: number, px: number): number {
  return view.fromMs + (px / Math.max(1, widthPx)) * toWidthMs(view)
}

/** The view, moved and narrowed as little as can be, so that it lies within the bounds. */
export function clampView(view: Span, bounds: Span): Span {
  const widthMs = Math.min(Math.max(toWidthMs(view), LEAST_VIEW_MS), toWidthMs(bounds))
  const fromMs = Math.min(Math.max(view.fromMs, bounds.fromMs), bounds.toMs - widthMs)
  return { fromMs, toMs: fromMs + widthMs }
}

/** Makes the view `factor` times as wide; the moment `atMs` stays where it is. */
export function zoomAbout(view: Span, atMs: number, factor: number, bounds: Span): Span {
  const widthMs = Math.max(toWidthMs(view) * factor, LEAST_VIEW_MS)
  const share = (atMs - view.fromMs) / toWidthMs(view)
  const fromMs = atMs - share * widthMs
  return clampView({ fromMs, toMs: fromMs + widthMs }, bounds)
}

export function panBy(view: Span, byMs: number, bounds: Span): Span {
  return clampView({ fromMs: view.fromMs + byMs, toMs: view.toMs + byMs }, bounds)
}

/** The view, moved as little as can be to have `atMs` in it. */
export function reveal(view: Span, atMs: number, bounds: Span): Span {
  if (atMs < view.fromMs) return panBy(view, atMs - view.fromMs, bounds)
  return atMs > view.toMs ? panBy(view, atMs - view.toMs, bounds) : view
}

/** Whether the view shows all there is. */
export function isWhole(view: Span, bounds: Span): boolean {
  return toWidthMs(view) >= toWidthMs(bounds) * 0.999
}

/** The whole axis of what began at `fromMs` and has come to `untilMs`: in steps while it grows, exact once it is over. */
export function toBounds(fromMs: number, untilMs: number, isGrowing: boolean): Span {
  const lengthMs = Math.max(untilMs - fromMs, LEAST_VIEW_MS)
  if (!isGrowing) return { fromMs, toMs: fromMs + lengthMs * (1 + END_ROOM) }
  const steps = Math.ceil(Math.log(lengthMs / FIRST_AXIS_MS) / Math.log(AXIS_GROWTH))
  return { fromMs, toMs: fromMs + FIRST_AXIS_MS * AXIS_GROWTH ** Math.max(0, steps) }
}
