import { expect, test } from 'vitest'
import { createRandom } from '../../helpers/stream-builders.ts'
import { createLengths, EXACT_LENGTHS } from '../../../lib/timeline/lengths.ts'

const nearestRank = (all: readonly number[], share: number) =>
  all.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(share * all.length)) - 1] ?? 0

test('percentiles of few lengths are exact', () => {
  const lengths = createLengths()
  expect(lengths.percentile(0.5)).toBeNull()
  for (const ms of [5, 1, 4, 2, 3]) lengths.add(ms)
  expect([0, 0.5, 0.95, 1].map((share) => lengths.percentile(share))).toEqual([1, 3, 5, 5])
  lengths.add(0.4)
  expect(lengths.percentile(0.5)).toBe(2)
  expect(lengths.isExact).toBe(true)
})

test('percentiles of many lengths are within 1 %, their greatest exact', () => {
  const seed = Date.now() % 100_000
  const random = createRandom(seed)
  // From a tenth of a millisecond to minutes.
  const all = Array.from({ length: EXACT_LENGTHS * 3 }, () => Math.round(10 ** (random() * 6 - 1) * 10) / 10)
  const lengths = createLengths()
  for (const ms of all) lengths.add(ms)
  expect(lengths.isExact).toBe(false)
  for (const share of [0.1, 0.5, 0.9, 0.95, 0.99, 0.999]) {
    const error = (lengths.percentile(share) ?? 0) / nearestRank(all, share) - 1
    expect(Math.abs(error), `seed ${seed}, share ${share}`).toBeLessThanOrEqual(0.0101)
  }
  expect(lengths.percentile(1)).toBe(Math.max(...all))
})

test('bars count each length once', () => {
  const lengths = createLengths()
  for (const ms of [0, 0.9, 1, 49.9, 50, 1e9, -3]) lengths.add(ms)
  expect(Array.from(lengths.bars)).toEqual([3, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1])
})
