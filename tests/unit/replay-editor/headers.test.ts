import { expect, test } from 'vitest'
import { toHeaderRow, withHeader } from '../../../lib/replay/editor/form.ts'
import { applySet, replaceBySet, saveSet, toHeaderSets } from '../../../lib/replay/editor/header-sets.ts'
import { parseHeaderText, toHeaderText } from '../../../lib/replay/editor/header-text.ts'
import { toSiteVariables } from '../../../lib/replay/editor/kept-variables.ts'

const rows = [
  toHeaderRow(['A', '1']),
  toHeaderRow(['B', 'x: y'], false),
  toHeaderRow(['A', '2']),
  toHeaderRow(['E', '']),
]
const plain = (all: typeof rows | ReturnType<typeof parseHeaderText>) =>
  all.map(({ name, value, on }) => `${on ? '' : 'off '}${name}=${value}`)

test('headers as text and back are the same headers, with those that are off', () => {
  const text = toHeaderText(rows)
  expect(text).toBe('A: 1\n// B: x: y\nA: 2\nE: ')
  expect(parseHeaderText(text, rows)).toEqual(rows)
})

test('pasted text becomes headers line by line, and no line is lost', () => {
  expect(plain(parseHeaderText('\r\n X-A :  1 \r\nno colon here\r\n:authority: a.test\r\n//off:1'))).toEqual([
    'X-A=1',
    'no colon here=',
    ':authority=a.test',
    'off off=1',
  ])
})

test('names and values on lines of their own, as DevTools copies them, are put together', () => {
  expect(plain(parseHeaderText('accept:\n*/*\ncontent-type:\napplication/json\nx-time:\n12:30'))).toEqual([
    'accept=*/*',
    'content-type=application/json',
    'x-time=12:30',
  ])
})

test('a header is set in its place, and others of its name go', () => {
  expect(plain(withHeader(rows, 'a', '9'))).toEqual(['A=9', 'off B=x: y', 'E='])
  expect(plain(withHeader(rows, 'New', '1')).at(-1)).toBe('New=1')
})

test('a saved set is applied over the headers, or takes their place', () => {
  const sets = saveSet(saveSet([], 'staging', [toHeaderRow(['B', 'staging'])]), 'no auth', [
    toHeaderRow(['a', 'ignored'], false),
  ])
  const [staging, noAuth] = sets
  if (staging === undefined || noAuth === undefined) throw new Error('not saved')
  expect(plain(applySet(rows, staging))).toEqual(['A=1', 'B=staging', 'A=2', 'E='])
  expect(plain(applySet(rows, noAuth))).toEqual(['off A=1', 'off B=x: y', 'off A=2', 'E='])
  expect(plain(replaceBySet(noAuth))).toEqual(['off a=ignored'])
  expect(saveSet(sets, 'staging', rows).map(({ name }) => name)).toEqual(['no auth', 'staging'])
})

test('what is stored in the wrong shape is left out', () => {
  const good = { name: 'a', headers: [{ name: 'X', value: '1', on: false }] }
  expect(toHeaderSets([good, null, 1, { name: '', headers: [] }, { name: 'b', headers: [{ name: 1 }] }])).toEqual([
    good,
    { name: 'b', headers: [] },
  ])
  expect(toHeaderSets('x')).toEqual([])
  expect(toSiteVariables({ 'a.test': { token: '1', 'bad name': '2', n: 3 }, b: null })).toEqual({
    'a.test': { token: '1' },
    b: {},
  })
  expect(toSiteVariables([1])).toEqual({})
})
