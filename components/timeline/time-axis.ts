/** The state of one time axis: what of it is in view, and where pointer and keyboard cursor are. */
import { createModel, signal } from '@preact/signals'
import { clampView, isWhole, type Span, toWidthMs } from '../../lib/timeline/span.ts'

/** A view that follows the newest moves on by this part of its width at once. */
const FOLLOW_STEP = 0.25

export interface Point {
  readonly x: number
  readonly y: number
}

export const createTimeAxis = createModel(() => {
  const chosen = signal<Span | null>(null)
  const isFollowing = signal(false)
  return {
    /** The part that the user zoomed to; null: all there is. */
    chosen,
    /** The chosen part had the newest in it, and moves on with it. */
    isFollowing,
    /** The pointer, in the canvas; null when it is elsewhere. */
    pointer: signal<Point | null>(null),
    /** The keyboard's cursor; null until it is used. */
    cursorMs: signal<number | null>(null),
    /** Keys were used last, so the cursor is worth drawing. */
    isByKeys: signal(false),
    choose(view: Span, bounds: Span, nowMs: number) {
      const next = clampView(view, bounds)
      chosen.value = isWhole(next, bounds) ? null : next
      isFollowing.value = next.toMs >= nowMs
    },
    fit() {
      chosen.value = null
    },
  }
})

export type TimeAxis = InstanceType<typeof createTimeAxis>

/** What is in view of `bounds`, which grow while something lives and have then come to `nowMs`. */
export function viewOf({ chosen, isFollowing }: TimeAxis, bounds: Span, nowMs: number): Span {
  const view = chosen.value
  if (view === null) return bounds
  if (!isFollowing.value || nowMs <= view.toMs) return clampView(view, bounds)
  const stepMs = toWidthMs(view) * FOLLOW_STEP
  const byMs = Math.ceil((nowMs - view.toMs) / stepMs) * stepMs
  return { fromMs: view.fromMs + byMs, toMs: view.toMs + byMs }
}
