import { expect, test } from 'vitest'
import { createArraySplitter } from '../../../lib/formats/json/json-array.ts'
import { createRandom, everyUnit, randomlyCut } from '../../helpers/stream-builders.ts'

const ITEMS = [{ a: 'x"y\\' }, { b: ['{', ']', { c: '\\"' }] }, {}, { d: '\n\u2028é👋' }, [1, [2]]]
const TEXTS = [
  JSON.stringify(ITEMS),
  JSON.stringify(ITEMS, null, 2),
  `\ufeff [${ITEMS.map((item) => JSON.stringify(item)).join('\r\n,\n')} ] \n`,
]

function split(parts: readonly string[]) {
  const items: unknown[] = []
  const splitter = createArraySplitter((json) => items.push(JSON.parse(json)))
  for (const part of parts) splitter.feed(part)
  return { items, closed: splitter.closed, strange: splitter.strange }
}

test('an array comes apart into its items, however it is cut', () => {
  const seed = Math.floor(Math.random() * 2 ** 32)
  const random = createRandom(seed)
  for (const text of TEXTS) {
    for (const parts of [[text], everyUnit(text), ...Array.from({ length: 50 }, () => randomlyCut(text, random))]) {
      expect(split(parts), `seed ${seed}`).toEqual({ items: ITEMS, closed: true, strange: false })
    }
  }
})

test('items come as soon as they are whole', () => {
  expect(split(['[{"a":1},{"b":']).items).toEqual([{ a: 1 }])
  expect(split(['[{"a":1},{"b":']).closed).toBe(false)
})

test('what does not belong to an array is said', () => {
  for (const text of ['[{}] oops', 'oops [{}]', '[{} oops {}]', '[1]', '{}']) expect(split([text]).strange).toBe(true)
})
