import { expect, test } from 'vitest'
import { createRandom, everyUnit, randomlyCut } from '../../helpers/stream-builders.ts'
import { brief, read } from './read.ts'

const seq = (...chunks: (string | null)[]) => brief(read('json-seq', chunks))

test('elements between record separators are events, complete at their LF', () => {
  expect(read('json-seq', ['\x1e{"a":1}\n', '\x1e', '\x1e2\n']).map(({ data, chunk }) => [data, chunk])).toEqual([
    ['{"a":1}', 0],
    ['2', 2],
  ])
})

test('a value over several lines is one event', () => {
  expect(seq('\x1e{\n "a": "}\\"\\n",\n "b": [1,\n2]\n}\n')).toEqual([
    `event ${JSON.stringify('{\n "a": "}\\"\\n",\n "b": [1,\n2]\n}')}`,
  ])
})

test('what the next separator cuts short is still an event', () => {
  expect(seq('\x1e{"a":\x1e{"b":1}\n')).toEqual(['event "{\\"a\\":"', 'event "{\\"b\\":1}"'])
})

test('at the end a number without LF may be cut, a closed object is not', () => {
  expect(seq('\x1e12')).toEqual(['tail "12"'])
  expect(seq('\x1etrue')).toEqual(['tail "true"'])
  expect(seq('\x1e{"a":1}')).toEqual(['event "{\\"a\\":1}"'])
  expect(seq('\x1e{"a":1')).toEqual(['tail "{\\"a\\":1"'])
  expect(seq('\x1e"a\\"')).toEqual(['tail "\\"a\\\\\\""'])
})

test('after a gap everything up to the next separator is a fragment', () => {
  expect(seq('\x1e{"a":', null, '1}\n\x1e2\n')).toEqual(['tail "{\\"a\\":"', 'tail "1}"', 'event "2"'])
})

test('elements are the same at every split', () => {
  const values = Array.from({ length: 40 }, (_, index) =>
    JSON.stringify({ index, text: ['\\"{', '🙂\n'] }, null, index % 3),
  )
  const text = `\ufeff${values.map((value) => `\x1e${value}\n`).join('')}`
  const expected = values.map((value) => `event ${JSON.stringify(value)}`)
  const seed = Math.floor(Math.random() * 2 ** 32)
  const random = createRandom(seed)
  expect(seq(text)).toEqual(expected)
  expect(seq(...everyUnit(text))).toEqual(expected)
  for (let run = 0; run < 30; run += 1) expect(seq(...randomlyCut(text, random, 30)), `seed ${seed}`).toEqual(expected)
})
