import { expect, test } from 'vitest'
import {
  isStretched,
  MAX_SPACE_PX,
  maxOffset,
  moveByKey,
  offsetToShow,
  OVERSCAN_ROWS,
  spacePx,
  toOffset,
  toScrollTop,
  windowAt,
} from '../../../../components/parts/virtual-window.ts'

const short = { count: 100, rowHeightPx: 20, viewportPx: 200 }
const million = { count: 1_000_000, rowHeightPx: 20, viewportPx: 200 }

test('only visible rows and some around them are drawn', () => {
  expect(windowAt(0, 0, short)).toEqual({ from: 0, to: 10 + OVERSCAN_ROWS, topPx: 0 })
  expect(windowAt(1000, 1000, short)).toEqual({ from: 50 - OVERSCAN_ROWS, to: 60 + OVERSCAN_ROWS, topPx: 840 })
  expect(windowAt(1800, 1800, short).to).toBe(100)
  expect(windowAt(0, 0, { ...short, count: 0 })).toEqual({ from: 0, to: 0, topPx: 0 })
})

test('a list within the bound scrolls by pixels', () => {
  expect(isStretched(short)).toBe(false)
  expect([spacePx(short), maxOffset(short), toOffset(700, short), toScrollTop(700, short)]).toEqual([
    2000, 1800, 700, 700,
  ])
})

test('a list beyond the bound scrolls in proportion and reaches both ends', () => {
  expect(isStretched(million)).toBe(true)
  expect(spacePx(million)).toBe(MAX_SPACE_PX)
  expect(toOffset(0, million)).toBe(0)
  expect(toOffset(MAX_SPACE_PX - 200, million)).toBe(maxOffset(million))
  const end = maxOffset(million)
  expect(windowAt(end, toScrollTop(end, million), million).to).toBe(1_000_000)
  expect(toOffset(toScrollTop(12_345_678, million), million)).toBeCloseTo(12_345_678, 3)
})

test('the drawn rows stand where the element is scrolled to', () => {
  const offset = 10_000_010
  const scrollTop = Math.round(toScrollTop(offset, million))
  const { from, topPx } = windowAt(offset, scrollTop, million)
  // The first visible row begins 10 px above the viewport.
  expect(topPx + (500_000 - from) * 20 - scrollTop).toBeCloseTo(-10, 6)
})

test('a row is brought into view by the shortest way', () => {
  expect(offsetToShow(50, 0, short)).toBe(820)
  expect(offsetToShow(50, 1400, short)).toBe(1000)
  expect(offsetToShow(50, 900, short)).toBe(900)
  expect(offsetToShow(99, 0, short)).toBe(1800)
})

test.each([
  ['ArrowDown', 5, 6],
  ['ArrowDown', 99, 99],
  ['ArrowDown', -1, 0],
  ['ArrowUp', 5, 4],
  ['ArrowUp', -1, 99],
  ['PageDown', 5, 14],
  ['PageUp', 5, 0],
  ['Home', 50, 0],
  ['End', 50, 99],
  ['x', 5, null],
])('%s moves from %d to %s', (key, from, to) => expect(moveByKey(key, from, short)).toBe(to))
