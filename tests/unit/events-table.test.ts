import { expect, test } from 'vitest'
import { fitColumns } from '../../components/events/columns.ts'
import {
  EVENT_COLUMNS,
  FIRST_EVENTS_TABLE,
  moveColumn,
  moveColumnTo,
  nextSort,
  toEventsTable,
} from '../../lib/events-table.ts'

test('what is stored in a wrong shape is as for a new user, what is right is kept', () => {
  for (const stored of [undefined, null, 7, [], { order: 'x', widthsPx: 3, sort: { column: 'no' } }]) {
    expect(toEventsTable(stored)).toEqual(FIRST_EVENTS_TABLE)
  }
  const table = toEventsTable({
    order: ['data', 'gone', 'type', 'data'],
    hidden: ['data', 'time'],
    widthsPx: { type: 1e9, id: 'wide', delta: 70.4 },
    sort: { column: 'size', descending: true },
    detail: 'beside',
  })
  expect(table.order.slice(0, 2)).toEqual(['data', 'type'])
  expect(table.order.toSorted()).toEqual([...EVENT_COLUMNS].toSorted())
  expect(table).toMatchObject({
    hidden: ['time'],
    widthsPx: { type: 2000, delta: 70 },
    sort: { column: 'size', descending: true },
    detail: 'beside',
  })
  expect(toEventsTable(JSON.parse(JSON.stringify(table)))).toEqual(table)
})

test('columns move among those that are shown', () => {
  const shown = ({ order, hidden }: typeof FIRST_EVENTS_TABLE) => order.filter((column) => !hidden.includes(column))
  const moved = moveColumn(FIRST_EVENTS_TABLE, 'data', -1)
  expect(shown(moved)).toEqual(['number', 'time', 'since', 'delta', 'type', 'data', 'id'])
  expect(moveColumn(moved, 'id', 1)).toBe(moved)
  expect(shown(moveColumnTo(moved, 'number', 'type')).slice(0, 5)).toEqual(['time', 'since', 'delta', 'type', 'number'])
})

test('a click sorts rising, the next falling, the third as it came', () => {
  const first = nextSort(null, 'size')
  const second = nextSort(first, 'size')
  expect([first?.descending, second?.descending, nextSort(second, 'size')]).toEqual([false, true, null])
  expect(nextSort(second, 'type')).toEqual({ column: 'type', descending: false })
})

test('where there is little room columns get narrower, then some are left out, the data never', () => {
  const columnsAt = (widthPx: number) => fitColumns(FIRST_EVENTS_TABLE, widthPx).columns
  expect(columnsAt(1000)).toEqual(['number', 'time', 'since', 'delta', 'type', 'id', 'data'])
  expect(columnsAt(480)).toEqual(['number', 'time', 'since', 'delta', 'type', 'id', 'data'])
  expect(columnsAt(400)).toEqual(['number', 'since', 'delta', 'type', 'id', 'data'])
  expect(columnsAt(50)).toEqual(['data'])
  const wide = { ...FIRST_EVENTS_TABLE, widthsPx: { type: 300 } }
  expect(fitColumns(wide, 1000).tracks).toBe('50px 92px 86px 62px 300px 64px minmax(100px, 1fr)')
})
