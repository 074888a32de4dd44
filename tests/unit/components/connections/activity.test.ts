import { expect, test } from 'vitest'
import { ACTIVITY_BARS, countByTime, toHeights } from '../../../../components/connections/activity.ts'

const timed = (...times: number[]) => ({ length: times.length, at: (index: number) => ({ atMs: times[index] ?? 0 }) })

test('each thing is counted in the part of the time it came in', () => {
  const counts = countByTime(timed(0, 5, 10, 15, 239, 240), 0, 240)
  expect(counts).toHaveLength(ACTIVITY_BARS)
  expect([counts[0], counts[1], counts.at(-1)]).toEqual([2, 2, 1])
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5)
})

test('few of a million are looked at', () => {
  let looks = 0
  const many = { length: 1_000_000, at: (index: number) => (looks++, { atMs: index }) }
  expect(countByTime(many, 999_000, 1_000_000).reduce((sum, count) => sum + count, 0)).toBe(1000)
  expect(looks).toBeLessThan(600)
})

test('a burst does not hide a single thing', () => {
  const [none, one, burst] = toHeights([0, 1, 10_000])
  expect(none).toBe(0)
  expect(one).toBeGreaterThan(0.1)
  expect(burst).toBe(1)
})
