import { expect, test } from 'vitest'
import {
  FIRST_TREE_STATE,
  parseJson,
  toCopyText,
  toggle,
  toPreview,
  stepsTo,
  toRows,
} from '../../../../components/data/json-tree.ts'

const sample = '{"id":12345678901234567,"list":[1,{"a b":null}],"on":true,"empty":{}}'
const pathsOf = (text: string, state = FIRST_TREE_STATE) =>
  toRows(parseJson(text) ?? null, state).map((row) => row.path)

test('objects and arrays are JSON; words, numbers and broken text are text', () => {
  expect(['[DONE]', 'hello', '12', '{"a":', ''].map(parseJson)).toEqual(Array(5).fill(undefined))
  expect(parseJson(' {"a":1}')).toEqual({ a: 1 })
})

test('every row has the path that leads to it', () => {
  expect(pathsOf(sample)).toEqual([
    '$',
    '$.id',
    '$.list',
    '$.list[0]',
    '$.list[1]',
    '$.list[1]["a b"]',
    '$.on',
    '$.empty',
  ])
})

test('numbers are shown and copied as they were written', () => {
  const root = parseJson(sample) ?? null
  const row = toRows(root, FIRST_TREE_STATE).find(({ path }) => path === '$.id')
  expect(row && toPreview(row)).toBe('12345678901234567')
  expect(toCopyText(root)).toContain('"id": 12345678901234567')
})

test('a row closes and opens again', () => {
  const closed = toggle(FIRST_TREE_STATE, '$.list')
  expect(pathsOf(sample, closed)).toEqual(['$', '$.id', '$.list', '$.on', '$.empty'])
  expect(pathsOf(sample, toggle(closed, '$.list'))).toEqual(pathsOf(sample))
})

test('expand all opens what is deep, collapse leaves the first level', () => {
  const deep = '{"a":{"b":{"c":{"d":{"e":1}}}}}'
  expect(pathsOf(deep, { open: 'all', toggled: new Set() }).at(-1)).toBe('$.a.b.c.d.e')
  expect(pathsOf(deep, { open: 'none', toggled: new Set() })).toEqual(['$', '$.a'])
})

test('a closed value previews its members', () => {
  const row = toRows(parseJson('{"x":[1,2],"y":"z"}') ?? null, toggle(FIRST_TREE_STATE, '$'))[0]
  expect(row && toPreview(row)).toBe('{ x: […], y: "z" }')
})

test('the way to a row is its keys and indexes, however strange they are', () => {
  const rows = toRows(parseJson('{"a.b":[{"x":1},{"$y":"z"}],"c":[2]}') ?? null, { open: 'all', toggled: new Set() })
  expect(rows.map((_, index) => stepsTo(rows, index))).toEqual([
    [],
    ['a.b'],
    ['a.b', 0],
    ['a.b', 0, 'x'],
    ['a.b', 1],
    ['a.b', 1, '$y'],
    ['c'],
    ['c', 0],
  ])
})
