import { expect, test } from 'vitest'
import { createColumn, createInterner, findLastAtMost } from '../../../lib/session/columns.ts'

test('a column keeps every value in order, far beyond its first size', () => {
  const column = createColumn('f64')
  for (let i = 0; i < 10_000; i += 1) column.push(i / 4)
  expect(column.length).toBe(10_000)
  expect([0, 1, 17, 9_999].map(column.at)).toEqual([0, 0.25, 4.25, 2499.75])
  expect(column.at(10_000)).toBe(0)
})

test('the last index at most a value is found, also among equal ones', () => {
  const column = createColumn('u32')
  for (const value of [0, 5, 5, 9]) column.push(value)
  expect([-1, 0, 4, 5, 8, 9, 99].map((value) => findLastAtMost(column, value))).toEqual([-1, 0, 0, 2, 2, 3, 3])
})

test('equal strings are kept once', () => {
  const names = createInterner()
  expect(['a', 'b', 'a', ''].map(names.toIndex)).toEqual([0, 1, 0, 2])
  expect([0, 1, 2, 3].map(names.at)).toEqual(['a', 'b', '', ''])
})
