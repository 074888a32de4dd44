import { expect, test } from 'vitest'
import { type DiffRows, rowsById, rowsByOrder } from '../../../lib/compare/diff-rows.ts'
import { createSequenceDiff } from '../../../lib/compare/sequence-diff.ts'
import { createRandom } from '../../helpers/stream-builders.ts'

const codes = (text: string) => Uint32Array.from(text, (letter) => letter.charCodeAt(0))

/** `=a` the same, `a>b` changed, `-a` only in the first, `+b` only in the second. */
function written(rows: DiffRows, a: string, b: string): string {
  const one = (index: number) => {
    const row = rows.at(index)
    const [left, right] = [a[row.a] ?? '', b[row.b] ?? '']
    return { same: `=${left}`, changed: `${left}>${right}`, 'only first': `-${left}`, 'only second': `+${right}` }[
      row.kind
    ]
  }
  return Array.from({ length: rows.length }, (_, index) => one(index)).join(' ')
}

function byOrder(a: string, b: string): DiffRows {
  const diff = createSequenceDiff(codes(a), codes(b))
  while (!diff.step(Infinity));
  return rowsByOrder(diff.matches, b.length)
}

test('by order: what stands between two equal ones is laid side by side', () => {
  expect(written(byOrder('abcxyd', 'ab12d'), 'abcxyd', 'ab12d')).toBe('=a =b c>1 x>2 -y =d')
  expect(written(byOrder('', 'ab'), '', 'ab')).toBe('+a +b')
  expect(written(byOrder('ab', ''), 'ab', '')).toBe('-a -b')
  expect(written(byOrder('ad', 'abcd'), 'ad', 'abcd')).toBe('=a +b +c =d')
})

test('by order: rows have each element of both once, in order', () => {
  const random = createRandom(8)
  for (let round = 0; round < 300; round += 1) {
    const text = () =>
      Array.from({ length: Math.floor(random() * 30) }, () => 'abcd'[Math.floor(random() * 4)]).join('')
    const [a, b] = [text(), text()]
    const rows = byOrder(a, b)
    const all = Array.from({ length: rows.length }, (_, index) => rows.at(index))
    expect(all.flatMap((row) => (row.a === -1 ? [] : [row.a]))).toEqual([...codes(a).keys()])
    expect(all.flatMap((row) => (row.b === -1 ? [] : [row.b]))).toEqual([...codes(b).keys()])
    expect(all.every((row) => (row.kind === 'same') === (a[row.a] === b[row.b]))).toBe(true)
    expect(Array.from(rows.changes)).toEqual(all.flatMap(({ kind }, index) => (kind === 'same' ? [] : [index])))
    expect(rows.counts.same + rows.changes.length).toBe(rows.length)
  }
})

/** Elements `1x`: an id and a content. */
const keyed = (text: string) => ({
  ids: codes(text.replaceAll(/(.)./g, '$1')),
  tokens: codes(text.replaceAll(/.(.)/g, '$1')),
})
const byId = (a: string, b: string) =>
  written(rowsById(keyed(a), keyed(b)), a.replaceAll(/.(.)/g, '$1'), b.replaceAll(/.(.)/g, '$1'))

test('by id: the same id belongs together wherever it stands', () => {
  expect(byId('1a2b3c', '1a3C2b4d')).toBe('=a =b +d c>C')
  expect(byId('1a', '0z1a2b')).toBe('+z =a +b')
})

test('by id: an id that comes again belongs to the same id as often', () => {
  expect(byId('1a1b1c', '1a1B')).toBe('=a b>B -c')
  expect(byId('1a', '1a1b')).toBe('=a +b')
})
