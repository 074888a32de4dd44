import { expect, test } from 'vitest'
import { axisTicks, formatTick } from '../../../lib/timeline/ticks.ts'

test('ticks stand at round times since the zero, with as many decimals as they need', () => {
  const view = { fromMs: 1_000_100, toMs: 1_000_900 }
  expect(axisTicks(view, 1_000_000, 300, 60).map(({ label }) => label)).toEqual(['0.2 s', '0.4 s', '0.6 s', '0.8 s'])
})

test('long views count in minutes and hours', () => {
  expect(axisTicks({ fromMs: 0, toMs: 300_000 }, 0, 400, 80).map(({ label }) => label)).toEqual([
    '0 s',
    '1:00',
    '2:00',
    '3:00',
    '4:00',
    '5:00',
  ])
  expect(formatTick(3_605_000, 5000)).toBe('1:00:05')
  expect(formatTick(65_250, 50)).toBe('1:05.25')
  expect(formatTick(-500, 500)).toBe('−0.5 s')
})

test.for([0.01, 1, 37, 1000, 86_400, 3_000_000, 400_000_000, 9e11])(
  'a view of %d ms has some ticks, and none too near to the next',
  (widthMs) => {
    const widthPx = 700
    const ticks = axisTicks({ fromMs: 123, toMs: 123 + widthMs }, 0, widthPx, 64)
    expect(ticks.length).toBeLessThanOrEqual(widthPx / 64 + 1)
    const places = ticks.map(({ atMs }) => ((atMs - 123) / widthMs) * widthPx)
    const distances = places.slice(1).map((place, index) => place - (places[index] ?? 0))
    expect(Math.min(...places, 0)).toBeGreaterThanOrEqual(-0.001)
    expect(Math.max(...places, 0)).toBeLessThanOrEqual(widthPx + 0.001)
    expect(Math.min(...distances, 64)).toBeGreaterThan(63.9)
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length)
  },
)
