import { expect, test } from 'vitest'
import { allEntries } from '../../../../components/events/shown-entries.ts'
import { createSortJob } from '../../../../components/events/sorted-entries.ts'
import type { EventColumn } from '../../../../lib/events-table.ts'
import { chunk, head, open } from '../../../helpers/stream-builders.ts'
import { connectionOf } from '../../session/connection-of.ts'

const connection = connectionOf(
  open({ atMs: 0 }),
  head(),
  chunk('id: 10\ndata: bb\n\n', { atMs: 100 }),
  chunk('id: 9\nevent: b\ndata: a\n\nid: x\nevent: a\ndata: cccc\n\n', { atMs: 400 }),
  chunk('id: 100\ndata: b\n\n', { atMs: 410 }),
)

function orderOf(column: EventColumn, descending = false, budgetMs = 1000): number[] {
  const shown = allEntries(connection.entries)
  const job = createSortJob(shown, { column, descending }, connection, (entry) => entry - 1)
  while (!job.update(budgetMs)) continue
  const { sorted } = job
  if (sorted === null) throw new Error('not sorted')
  const order = Array.from({ length: sorted.length }, (_, row) => sorted.entryAt(row))
  expect(order.map((entry) => sorted.rowOf(entry))).toEqual([0, 1, 2, 3])
  return order
}

test.each<[EventColumn, boolean, number[]]>([
  ['number', false, [0, 1, 2, 3]],
  ['time', true, [3, 2, 1, 0]],
  ['delta', false, [0, 2, 3, 1]],
  ['delta', true, [1, 3, 0, 2]],
  ['size', false, [1, 3, 0, 2]],
  ['size', true, [2, 0, 1, 3]],
  ['type', false, [2, 1, 0, 3]],
  ['id', false, [1, 0, 3, 2]],
  ['data', false, [1, 3, 0, 2]],
  ['data', true, [2, 0, 3, 1]],
])('by %s, falling: %s', (column, descending, expected) => {
  expect(orderOf(column, descending)).toEqual(expected)
  expect(orderOf(column, descending, 0)).toEqual(expected)
})

test('ten thousand texts come out as a plain sort would have them', () => {
  const texts = Array.from({ length: 10_000 }, (_, index) => `${(index * 7919) % 10_007}${index % 3 === 0 ? 'x' : ''}`)
  const many = connectionOf(open(), head(), chunk(texts.map((text) => `data: ${text}\n\n`).join('')))
  const job = createSortJob(allEntries(many.entries), { column: 'data', descending: false }, many, () => -1)
  while (!job.update(0)) continue
  const sorted = Array.from({ length: texts.length }, (_, row) => texts[job.sorted?.entryAt(row) ?? -1])
  const numbers = texts.filter((text) => !text.endsWith('x')).toSorted((a, b) => Number(a) - Number(b))
  expect(sorted).toEqual([...numbers, ...texts.filter((text) => text.endsWith('x')).toSorted()])
})
