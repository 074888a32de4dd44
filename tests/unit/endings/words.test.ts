import { expect, test } from 'vitest'
import { quote, toCallWords, toDurationWords, toReasonWords, toSizeWords } from '../../../lib/endings/words.ts'
import { reason } from '../../helpers/stream-builders.ts'

test.each([
  [-5, '0 ms'],
  [412.4, '412 ms'],
  [999.6, '1.0 s'],
  [3249, '3.2 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 0 s'],
  [125_400, '2 min 5 s'],
])('%d ms is %s', (durationMs, words) => {
  expect(toDurationWords(durationMs)).toBe(words)
})

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [6200, '6.2 kB'],
  [999_950, '1.0 MB'],
  [50_000_000, '50.0 MB'],
])('%d bytes are %s', (sizeBytes, words) => {
  expect(toSizeWords(sizeBytes)).toBe(words)
})

test('quotes stay short and on one line', () => {
  expect(quote('a\n  b')).toBe(`'a b'`)
  expect(quote('abcdef', 3)).toBe(`'abc…'`)
})

test('a reason of any type has words, and none has none', () => {
  expect(toReasonWords(null)).toBeNull()
  expect(toReasonWords(reason('undefined'))).toBeNull()
  expect(toReasonWords(reason('null', 'null'))).toBe(`null 'null'`)
  expect(toReasonWords(reason('Error', '', 'TypeError'))).toBe('TypeError')
  expect(toReasonWords(reason('object', '[object Object]'))).toBe(`object '[object Object]'`)
})

test.each([
  ['reader.cancel', 'called reader.cancel'],
  ['leaving for await', 'left its for await loop'],
  ['pipeTo()', 'ended its pipeTo()'],
  ['transfer', 'let go of it where it was transferred to'],
])('the page’s act %s is put as “%s”', (by, words) => {
  expect(toCallWords(by)).toBe(words)
})
