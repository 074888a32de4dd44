import { expect, test } from 'vitest'
import { parsePartialJson } from '../../../lib/formats/json/partial-json.ts'

const read = (text: string) => parsePartialJson(text)?.value

test('whole JSON is read as it is', () => {
  expect(parsePartialJson('{"a":[1,"x",null]}')).toEqual({ value: { a: [1, 'x', null] }, isComplete: true })
  expect(parsePartialJson(' "x" ')).toEqual({ value: 'x', isComplete: true })
})

test('what has come is shown, what is half there is not', () => {
  expect(parsePartialJson('{"city":"Zür')).toEqual({ value: { city: 'Zür' }, isComplete: false })
  expect(read('{"city":')).toEqual({})
  expect(read('{"ci')).toEqual({})
  expect(read('{"a":1, "b')).toEqual({ a: 1 })
  expect(read('{"a":{"b":[1,2')).toEqual({ a: { b: [1, 2] } })
  expect(read('{"a":{"b":1},"c":[{"d":"e')).toEqual({ a: { b: 1 }, c: [{ d: 'e' }] })
  expect(read('[true, fal')).toEqual([true])
  expect(read('[1, null')).toEqual([1, null])
  expect(read('"abc')).toBe('abc')
})

test('half an escape and half a number are left out', () => {
  expect(read(String.raw`{"a":"x\n`)).toEqual({ a: 'x\n' })
  expect(read('{"a":"x\\')).toEqual({ a: 'x' })
  expect(read(String.raw`{"a":"x\u00`)).toEqual({ a: 'x' })
  expect(read(String.raw`{"a":"x\u00e9`)).toEqual({ a: 'xé' })
  expect(read(String.raw`{"a":"\\`)).toEqual({ a: '\\' })
  expect(read('[-')).toEqual([])
  expect(read('[1.')).toEqual([1])
  expect(read('[1.5e')).toEqual([1.5])
  expect(read('[12')).toEqual([12])
})

test('what is no JSON and cannot become it is null', () => {
  for (const text of ['', ' ', 'hello', '{"a" 1}', '[1 2', '}', '{]', '{"a":"b"}}', '[oops, 1', '-'])
    expect(parsePartialJson(text), `for ${text}`).toBeNull()
})

test('every beginning of a document is readable, and grows towards it', () => {
  const whole = {
    name: 'a "quoted" \\ name ✓',
    list: [1, -2.5e3, true, null, { deep: ['x', ''] }],
    empty: {},
    last: 'end',
  }
  for (const text of [JSON.stringify(whole), JSON.stringify(whole, null, 2)]) {
    for (let size = 1; size <= text.length; size += 1) {
      const found = parsePartialJson(text.slice(0, size))
      expect(found, `after ${size}`).not.toBeNull()
      expect(found?.isComplete).toBe(size === text.length)
      for (const key of Object.keys(found?.value as object)) expect(key in whole).toBe(true)
    }
    expect(read(text)).toEqual(whole)
  }
})

test('keys with a meaning to the language are only keys', () => {
  const value = read('{"__proto__":{"x":1},"b":"y') as object
  expect(Object.keys(value)).toEqual(['__proto__', 'b'])
  expect('x' in value).toBe(false)
})

test('deep nesting is no error', () => {
  expect(parsePartialJson('['.repeat(2_000))).not.toBeNull()
})
