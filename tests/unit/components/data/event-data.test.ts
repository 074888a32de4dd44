import { expect, test } from 'vitest'
import { toDiffLines } from '../../../../components/data/diff-lines.ts'
import { escapeHtml } from '../../../../components/data/escape-html.ts'
import { bytesToHexLines } from '../../../../components/data/hex.ts'
import {
  findInTree,
  FIRST_TREE_STATE,
  openDeeper,
  openTo,
  parseJson,
  toRows,
} from '../../../../components/data/json-tree.ts'

const written = (before: string, after: string) =>
  toDiffLines(before, after)?.map(({ change, text }) => `${change}: ${text}`)

test('JSON is compared as it reads when indented', () => {
  expect(written('{"a":1,"b":2}', '{"a":1,"b":3}')).toEqual([
    'same: {',
    'same:   "a": 1,',
    'removed:   "b": 2',
    'added:   "b": 3',
    'same: }',
  ])
})

test('long stretches without a change are left out, with their length', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`)
  const changed = lines.with(10, 'new')
  const shown = written(lines.join('\n'), changed.join('\n')) ?? []
  expect(shown[0]).toBe('left out: 7 lines are the same')
  expect(shown).toContain('removed: line 10')
  expect(shown).toContain('added: new')
  expect(shown.at(-1)).toBe('left out: 6 lines are the same')
  expect(written('x', 'x')).toEqual(['same: x'])
})

test('texts that are too long are not compared', () => {
  expect(toDiffLines('a'.repeat(600_000), 'b'.repeat(600_000))).toBeNull()
})

test('escaped for HTML, what cannot be seen is written as its number', () => {
  expect(escapeHtml(`<b a='1'>"x" & y</b>\n\u200B\u00A0\u0007\uD800😀`)).toBe(
    '&lt;b a=&#39;1&#39;&gt;&quot;x&quot; &amp; y&lt;/b&gt;\n&#x200B;&#xA0;&#x7;&#xD800;😀',
  )
})

test('bytes are lines of sixteen with what can be printed beside them', () => {
  expect(bytesToHexLines(new TextEncoder().encode('0123456789abcdefé\n'))).toEqual([
    '0000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef',
    `0010  ${'c3 a9 0a'.padEnd(47)}  ...`,
  ])
})

const tree = parseJson('{"a":{"b":{"c":{"deep":"Needle"}}},"needle":[1,null,"x"]}')
if (tree === undefined) throw new Error('no JSON')

test('a search finds names and values, and opens what they are in', () => {
  const found = findInTree(tree, /needle/i)
  expect(found.map(({ path }) => path)).toEqual(['$.a.b.c.deep', '$.needle'])
  const [deep] = found
  if (deep === undefined) throw new Error('nothing found')
  const pathsOf = (state: typeof FIRST_TREE_STATE) => toRows(tree, state).map(({ path }) => path)
  expect(pathsOf(FIRST_TREE_STATE)).not.toContain('$.a.b.c.deep')
  expect(pathsOf(openTo(FIRST_TREE_STATE, deep))).toContain('$.a.b.c.deep')
  expect(findInTree(tree, /null/).map(({ path }) => path)).toEqual(['$.needle[1]'])
})

test('one level more is opened at a time', () => {
  const none = { open: 'none', toggled: new Set<string>() } as const
  const lengths = [none, openDeeper(none), openDeeper(openDeeper(none))].map((state) => toRows(tree, state).length)
  expect(lengths).toEqual([3, 7, 8])
})
