import { expect, test } from 'vitest'
import { createMatchedEntries } from '../../../../components/events/matched-entries.ts'
import type { ShownEntries } from '../../../../components/events/shown-entries.ts'

/** A list that grows; its rows are entries 0, 1, 2 … */
function growing(length: number): ShownEntries & { length: number } {
  const rows = { length, entryAt: (row: number) => row, rowOf: (entry: number) => entry }
  return rows
}
const bring = async () => {}
const isEven = (entry: number) => entry % 2 === 0
const rowsOf = (shown: ShownEntries) => Array.from({ length: shown.length }, (_, row) => shown.entryAt(row))

test.each([false, true])('all rows that fit are found in their order, from the end: %s', (fromEnd) => {
  const base = growing(10)
  const matched = createMatchedEntries(base, isEven, { fromEnd, bring })
  expect(matched.update(1000)).toBe(true)
  expect(rowsOf(matched)).toEqual([0, 2, 4, 6, 8])
  base.length = 13
  expect(matched.update(1000)).toBe(true)
  expect(rowsOf(matched)).toEqual([0, 2, 4, 6, 8, 10, 12])
  expect(Array.from({ length: 13 }, (_, entry) => matched.rowOf(entry))).toEqual([
    0, -1, 1, -1, 2, -1, 3, -1, 4, -1, 5, -1, 6,
  ])
})

test('the work comes in slices: from the end, the newest rows are there first', () => {
  const base = growing(1000)
  const matched = createMatchedEntries(base, isEven, { fromEnd: true, bring })
  expect(matched.update(0)).toBe(false)
  expect(matched.lookedCount).toBe(64)
  expect(matched.entryAt(matched.length - 1)).toBe(998)
  // What comes meanwhile is looked at before what was there.
  base.length = 1002
  void matched.update(0)
  expect(matched.entryAt(matched.length - 1)).toBe(1000)
  while (!matched.update(0)) continue
  expect(rowsOf(matched)).toEqual(Array.from({ length: 501 }, (_, index) => index * 2))
})

test('a row is told which row came before it', () => {
  const seen: [number, number][] = []
  const base = { length: 3, entryAt: (row: number) => row * 10, rowOf: () => -1 }
  void createMatchedEntries(base, (...pair) => seen.push(pair) > 0, { fromEnd: false, bring }).update(1000)
  expect(seen).toEqual([
    [0, -1],
    [10, 0],
    [20, 10],
  ])
})
