/** Cuts a stream's times into even parts by search, so that a picture costs by its width and not by its events. */
import type { Span } from './span.ts'
import { toWidthMs } from './span.ts'

/** Things in the order of their times: entries, chunks. */
export interface Timed {
  readonly length: number
  atMsOf(index: number): number
}

/** The first index, from `start` on, whose time is `ms` or later; `length` if there is none. Cheap when it is near. */
export function firstAtOrAfter(timed: Timed, ms: number, start = 0): number {
  const { length } = timed
  let low = start
  let step = 1
  // Gallop, then halve.
  let high = start
  while (high < length && timed.atMsOf(high) < ms) {
    low = high + 1
    high += step
    step *= 2
  }
  high = Math.min(high, length)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (timed.atMsOf(middle) < ms) low = middle + 1
    else high = middle
  }
  return low
}

/** The indexes [from, to) whose times lie in the span, both ends included. */
export function indexesIn(timed: Timed, { fromMs, toMs }: Span): { readonly from: number; readonly to: number } {
  const from = firstAtOrAfter(timed, fromMs)
  // The smallest number above `toMs` would do; a microsecond is finer than any clock here.
  return { from, to: firstAtOrAfter(timed, toMs + 0.001, from) }
}

/**
 * Where each of `count` even parts of the view begins: part `i` has the indexes from `edges[i]` up to `edges[i + 1]`.
 *
 * @param edges has room for `count + 1` numbers
 */
export function findEdges(timed: Timed, view: Span, count: number, edges: Uint32Array): void {
  const widthMs = toWidthMs(view) / count
  let index = firstAtOrAfter(timed, view.fromMs)
  edges[0] = index
  for (let part = 1; part <= count; part += 1) {
    index = firstAtOrAfter(timed, view.fromMs + part * widthMs, index)
    edges[part] = index
  }
}

/** Calls `visit` with each pixel of the view in which something came, and its indexes [from, to). Empty pixels cost nothing. */
export function eachPixel(
  timed: Timed,
  view: Span,
  widthPx: number,
  visit: (px: number, from: number, to: number) => void,
): void {
  const pixelMs = toWidthMs(view) / Math.max(1, widthPx)
  let index = firstAtOrAfter(timed, view.fromMs)
  while (index < timed.length) {
    const px = Math.max(0, Math.floor((timed.atMsOf(index) - view.fromMs) / pixelMs))
    if (px >= widthPx) return
    // One step at least, whatever rounding does.
    const next = Math.max(index + 1, firstAtOrAfter(timed, view.fromMs + (px + 1) * pixelMs, index))
    visit(px, index, next)
    index = next
  }
}
