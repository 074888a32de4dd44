/**
 * What pointer, wheel and keys do on a time axis, the same on each: the wheel zooms about the pointer, with Shift or
 * sideways it moves, dragging selects a span, a click chooses.
 */
import type { Signal } from '@preact/signals'
import { msg } from '../../lib/i18n/translate.ts'
import { panBy, reveal, type Span, msAtPx, toPx, toSpan, toWidthMs, zoomAbout } from '../../lib/timeline/span.ts'
import type { Point, TimeAxis } from './time-axis.ts'

/** A message. */
export const TIMELINE_HINT = msg(
  'Wheel zooms, Shift+wheel moves, drag selects a span, double-click zooms to it. Keys: ← → move the cursor, Shift+← → select a span, + − zoom, A D move, 0 shows all, Esc clears the span.',
)

const DRAG_PX = 3
const EDGE_PX = 4
/** How much of the view one key press moves. */
const CURSOR_STEP = 0.01
const PAN_STEP = 0.15
const KEY_ZOOM = 0.7
const WHEEL_ZOOM = 0.0016
/** Pinching comes as a wheel with Ctrl, in much smaller steps. */
const PINCH_ZOOM = 0.01
const LINE_PX = 16

export interface TimeInputPlace {
  readonly bounds: Span
  readonly view: Span
  readonly widthPx: number
  readonly nowMs: number
}

export interface TimeInputOptions {
  readonly axis: TimeAxis
  readonly span: Signal<Span | null>
  /** As it was drawn last. */
  readonly place: () => TimeInputPlace
  /** A click, or Enter at the cursor (`point` null then). */
  readonly onChoose: (atMs: number, point: Point | null) => void
  /** Arrow up and down; left out where there is nothing above another. */
  readonly onStep?: (by: -1 | 1) => void
}

type Drag =
  | { readonly kind: 'press'; readonly x: number }
  /** The moment that stays; the other end follows the pointer. */
  | { readonly kind: 'span'; readonly anchorMs: number }
  | { readonly kind: 'pan'; readonly x: number; readonly view: Span }

export function createTimeInput({ axis, span, place, onChoose, onStep }: TimeInputOptions) {
  let drag: Drag | null = null
  /** Where Shift+arrows began. */
  let anchorMs: number | null = null

  const choose = (view: Span) => axis.choose(view, place().bounds, place().nowMs)
  const pointOf = (event: PointerEvent | MouseEvent | WheelEvent): Point => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const msAt = (x: number) => {
    const { view, widthPx } = place()
    return Math.min(view.toMs, Math.max(view.fromMs, msAtPx(view, widthPx, x)))
  }

  /** The end of the span that stays when the pointer takes the other by its edge; null when it is near neither. */
  function edgeOpposite(x: number): number | null {
    const { view, widthPx } = place()
    const { value } = span
    if (value === null) return null
    if (Math.abs(toPx(view, widthPx, value.fromMs) - x) <= EDGE_PX) return value.toMs
    return Math.abs(toPx(view, widthPx, value.toMs) - x) <= EDGE_PX ? value.fromMs : null
  }

  function moveCursor(byMs: number, selects: boolean): void {
    const { view, bounds } = place()
    const fromMs = axis.cursorMs.value ?? (view.fromMs + view.toMs) / 2
    const atMs = Math.min(bounds.toMs, Math.max(bounds.fromMs, fromMs + byMs))
    axis.cursorMs.value = atMs
    choose(reveal(view, atMs, bounds))
    if (!selects) {
      anchorMs = null
      return
    }
    anchorMs ??= fromMs
    span.value = toSpan(anchorMs, atMs)
  }

  function zoom(factor: number, aboutMs: number): void {
    const { view, bounds } = place()
    choose(zoomAbout(view, aboutMs, factor, bounds))
  }

  /** Whether the key means something here. */
  function press({ key, shiftKey }: KeyboardEvent): boolean {
    const { view, bounds } = place()
    const widthMs = toWidthMs(view)
    const aboutMs = axis.cursorMs.value ?? (view.fromMs + view.toMs) / 2
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight':
        moveCursor((key === 'ArrowLeft' ? -CURSOR_STEP : CURSOR_STEP) * widthMs, shiftKey)
        return true
      case 'Home':
      case 'End':
        moveCursor(key === 'Home' ? -Infinity : Infinity, shiftKey)
        return true
      case 'ArrowUp':
      case 'ArrowDown':
        onStep?.(key === 'ArrowUp' ? -1 : 1)
        return onStep !== undefined
      case '+':
      case '=':
      case 'w':
        zoom(KEY_ZOOM, aboutMs)
        return true
      case '-':
      case 's':
        zoom(1 / KEY_ZOOM, aboutMs)
        return true
      case 'a':
      case 'd':
        choose(panBy(view, (key === 'a' ? -PAN_STEP : PAN_STEP) * widthMs, bounds))
        return true
      case '0':
        axis.fit()
        return true
      case 'z':
        if (span.value !== null) choose(span.value)
        return span.value !== null
      case 'Enter':
        onChoose(aboutMs, null)
        return true
      case 'Escape':
        if (span.value === null) return false
        span.value = null
        anchorMs = null
        return true
      default:
        return false
    }
  }

  return {
    onPointerDown(event: PointerEvent) {
      if (event.button > 1) return
      axis.isByKeys.value = false
      ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
      const { x } = pointOf(event)
      const opposite = edgeOpposite(x)
      if (event.button === 1 || event.shiftKey) drag = { kind: 'pan', x, view: place().view }
      else drag = opposite === null ? { kind: 'press', x } : { kind: 'span', anchorMs: opposite }
      if (event.button === 1) event.preventDefault()
    },
    onPointerMove(event: PointerEvent) {
      const point = pointOf(event)
      axis.pointer.value = point
      if (drag === null) return
      if (drag.kind === 'press' && Math.abs(point.x - drag.x) > DRAG_PX) {
        drag = { kind: 'span', anchorMs: msAt(drag.x) }
      }
      if (drag.kind === 'span') span.value = toSpan(drag.anchorMs, msAt(point.x))
      if (drag.kind === 'pan') {
        const { widthPx, bounds } = place()
        choose(panBy(drag.view, ((drag.x - point.x) / widthPx) * toWidthMs(drag.view), bounds))
      }
    },
    onPointerUp(event: PointerEvent) {
      if (drag?.kind === 'press') {
        axis.cursorMs.value = msAt(drag.x)
        anchorMs = null
        onChoose(msAt(drag.x), pointOf(event))
      }
      drag = null
    },
    onPointerCancel() {
      drag = null
    },
    onPointerLeave() {
      axis.pointer.value = null
    },
    onDblClick(event: MouseEvent) {
      const atMs = msAt(pointOf(event).x)
      const { value } = span
      if (value !== null && atMs >= value.fromMs && atMs <= value.toMs) choose(value)
      else axis.fit()
    },
    onWheel(event: WheelEvent) {
      event.preventDefault()
      const unit = event.deltaMode === 0 ? 1 : LINE_PX
      const { view, widthPx, bounds } = place()
      if (!event.ctrlKey && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))) {
        const byPx = (event.deltaX === 0 ? event.deltaY : event.deltaX) * unit
        return choose(panBy(view, (byPx / widthPx) * toWidthMs(view), bounds))
      }
      const speed = event.ctrlKey ? PINCH_ZOOM : WHEEL_ZOOM
      zoom(Math.exp(event.deltaY * unit * speed), msAt(pointOf(event).x))
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.altKey || event.metaKey || event.ctrlKey || !press(event)) return
      axis.isByKeys.value = true
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
