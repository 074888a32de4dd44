import { expect, test } from 'vitest'
import {
  clampView,
  isWhole,
  LEAST_VIEW_MS,
  overlaps,
  panBy,
  reveal,
  toBounds,
  msAtPx,
  toPx,
  toSpan,
  toWidthMs,
  zoomAbout,
} from '../../../lib/timeline/span.ts'

const BOUNDS = { fromMs: 1000, toMs: 11_000 }

test('zooming keeps the moment under the pointer where it is', () => {
  const view = { fromMs: 2000, toMs: 6000 }
  const zoomed = zoomAbout(view, 3000, 0.5, BOUNDS)
  expect(toWidthMs(zoomed)).toBe(2000)
  expect(toPx(zoomed, 800, 3000)).toBeCloseTo(toPx(view, 800, 3000))
})

test('zooming out and moving stop at the bounds', () => {
  expect(zoomAbout({ fromMs: 1500, toMs: 6000 }, 1600, 4, BOUNDS)).toEqual(BOUNDS)
  expect(panBy({ fromMs: 1500, toMs: 2500 }, -5000, BOUNDS)).toEqual({ fromMs: 1000, toMs: 2000 })
  expect(panBy({ fromMs: 1500, toMs: 2500 }, 99_000, BOUNDS)).toEqual({ fromMs: 10_000, toMs: 11_000 })
})

test('a view is never narrower than what clocks can tell', () => {
  let view = BOUNDS
  for (let times = 0; times < 100; times += 1) view = zoomAbout(view, 5000, 0.5, BOUNDS)
  expect(toWidthMs(view)).toBeCloseTo(LEAST_VIEW_MS)
  expect(view.fromMs).toBeLessThanOrEqual(5000)
  expect(view.toMs).toBeGreaterThanOrEqual(5000)
})

test('a view that no longer fits its bounds is moved into them', () => {
  expect(clampView({ fromMs: 0, toMs: 50_000 }, BOUNDS)).toEqual(BOUNDS)
  expect(isWhole(BOUNDS, BOUNDS)).toBe(true)
  expect(isWhole({ fromMs: 1000, toMs: 9000 }, BOUNDS)).toBe(false)
})

test('a moment out of view is revealed by moving as little as can be', () => {
  const view = { fromMs: 4000, toMs: 6000 }
  expect(reveal(view, 5000, BOUNDS)).toBe(view)
  expect(reveal(view, 3500, BOUNDS)).toEqual({ fromMs: 3500, toMs: 5500 })
  expect(reveal(view, 6500, BOUNDS)).toEqual({ fromMs: 4500, toMs: 6500 })
})

test('pixels and moments are two ways to say one place', () => {
  const view = { fromMs: 1_700_000_000_000, toMs: 1_700_000_010_000 }
  expect(msAtPx(view, 500, toPx(view, 500, 1_700_000_003_210))).toBeCloseTo(1_700_000_003_210, 2)
})

test('a growing axis stands still for a while, then grows by a third; a finished one is exact', () => {
  const ends = [100, 1900, 2000, 2100, 2590, 2700].map((until) => toBounds(0, until, true).toMs)
  expect(ends.map(Math.round)).toEqual([2000, 2000, 2000, 2600, 2600, 3380])
  expect(toBounds(500, 10_500, false)).toEqual({ fromMs: 500, toMs: 500 + 10_200 })
  expect(toWidthMs(toBounds(500, 500, false))).toBeGreaterThan(0)
})

test('what touches a span overlaps it', () => {
  const span = toSpan(300, 200)
  expect(span).toEqual({ fromMs: 200, toMs: 300 })
  expect(overlaps(span, 0, 200)).toBe(true)
  expect(overlaps(span, 250, 260)).toBe(true)
  expect(overlaps(span, 0, 1000)).toBe(true)
  expect(overlaps(span, 301, 400)).toBe(false)
  expect(overlaps(span, 0, 199)).toBe(false)
})
