import { expect, test } from 'vitest'
import { createComparable } from '../../../lib/compare/comparable.ts'
import { DEFAULT_IGNORED, parseIgnored } from '../../../lib/compare/ignored.ts'

const comparable = (ignored: string) => createComparable(parseIgnored(ignored).ignored)
const areEqual = (a: string, b: string, ignored = '') => comparable(ignored)(a) === comparable(ignored)(b)

test('order of names and white space make no difference, values do', () => {
  expect(areEqual('{"a":1,"b":[1,{"c":2,"d":3}]}', '{ "b": [1, {"d":3,"c":2}], "a": 1 }')).toBe(true)
  expect(areEqual('{"a":1}', '{"a":"1"}')).toBe(false)
  expect(areEqual('[1,2]', '[2,1]')).toBe(false)
  expect(areEqual('{"a":1}', '{"a":1,"b":null}')).toBe(false)
  expect(areEqual('{"__proto__":1}', '{}')).toBe(false)
})

test('a name is ignored wherever it stands', () => {
  expect(areEqual('{"id":1,"a":[{"id":2,"b":3}]}', '{"id":7,"a":[{"id":8,"b":3}]}', 'id')).toBe(true)
  expect(areEqual('{"id":1,"a":2}', '{"id":1,"a":3}', 'id')).toBe(false)
})

test('a path is ignored only there', () => {
  const [a, b] = ['{"at":1,"a":[{"at":2},{"at":3}]}', '{"at":9,"a":[{"at":2},{"at":3}]}']
  expect(areEqual(a, b, '$.at')).toBe(true)
  expect(areEqual(a, b, '$.a[*].at')).toBe(false)
  expect(areEqual('{"a":[{"at":1},{"at":2}]}', '{"a":[{"at":5},{"at":2}]}', '$.a[0].at')).toBe(true)
  expect(areEqual('{"a":[{"at":1},{"at":2}]}', '{"a":[{"at":1},{"at":5}]}', '$.a[0].at')).toBe(false)
  expect(areEqual('{"a":[{"at":1},{"at":2}]}', '{"a":[{"at":1},{"at":5}]}', '$.a[-1]')).toBe(true)
  expect(areEqual('{"a b, c":1}', '{"a b, c":2}', "$['a b, c'], x")).toBe(true)
})

test('what is wrong with a path is said, the others hold', () => {
  const { ignored, errors } = parseIgnored('id, $..x, $.a')
  expect([...ignored.names]).toEqual(['id'])
  expect(ignored.paths.map(({ text }) => text)).toEqual(['$.a'])
  expect(errors.map(({ text }) => text)).toEqual(['$..x'])
})

test('numbers with more digits than a double holds stay different', () => {
  expect(areEqual('{"n":12345678901234567890}', '{"n":12345678901234567891}')).toBe(false)
  expect(areEqual('{"n":12345678901234567890}', '{"n": 12345678901234567890}')).toBe(true)
  expect(areEqual('{"n":"12345678901234567890"}', '{"n":12345678901234567890}')).toBe(false)
  // Digits in a string are text.
  expect(areEqual(String.raw`{"s":"\"12345678901234567890"}`, String.raw`{ "s":"\"12345678901234567890"}`)).toBe(true)
})

test('text that is no JSON, or cut, is compared as it is', () => {
  expect(areEqual('{"a":1', '{"a":1 ')).toBe(false)
  expect(areEqual('plain', 'plain')).toBe(true)
  expect(comparable('id')('[DONE]')).toBe('[DONE]')
})

test('what is ignored unless told otherwise can be read', () => {
  expect(parseIgnored(DEFAULT_IGNORED).errors).toEqual([])
  expect(parseIgnored(DEFAULT_IGNORED).ignored.names.has('created')).toBe(true)
})
