import { expect, test } from 'vitest'
import { longStream, measureFilter } from '../../../bench/filter-speed.ts'

test.each([
  ['needle', 2],
  ['-needle', 99_998],
  ['type:delta', 33_334],
  ['/"n":5, /', 0],
  ['items[0].part.label:needle', 2],
])('the benchmark of filters looks through all events: %s finds %i', (filter, rows) => {
  expect(measureFilter(longStream(100_000), filter).rows).toBe(rows)
})
