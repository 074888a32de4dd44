import { expect, test } from 'vitest'
import { createRandom, everyUnit, randomlyCut } from '../../helpers/stream-builders.ts'
import { brief, read } from './read.ts'

const ndjson = (...chunks: (string | null)[]) => brief(read('ndjson', chunks))

test('every line that is not blank is an event, JSON or not', () => {
  expect(ndjson('{"a":1}\n\n \r\n[2]\r\nnot json\n3\n')).toEqual([
    'event "{\\"a\\":1}"',
    'event "[2]"',
    'event "not json"',
    'event "3"',
  ])
})

test('a last line without LF is an event if it is JSON, else a tail', () => {
  expect(ndjson('1\n{"a":1}')).toEqual(['event "1"', 'event "{\\"a\\":1}"'])
  expect(ndjson('1\n{"a":')).toEqual(['event "1"', 'tail "{\\"a\\":"'])
  expect(ndjson('1\n  ')).toEqual(['event "1"'])
})

test('a lone CR ends no line', () => {
  expect(ndjson('{"a":\r1}\n')).toEqual(['event "{\\"a\\":\\r1}"'])
})

test('a BOM at the very start is left out', () => {
  expect(ndjson('\ufeff', '{}\n')).toEqual(['event "{}"'])
})

test('after a gap a line that is not JSON is a fragment', () => {
  expect(ndjson('{"a":', null, '2}\n{"b":1}\n')).toEqual(['tail "{\\"a\\":"', 'tail "2}"', 'event "{\\"b\\":1}"'])
  expect(ndjson('{}\n', null, '{}\n')).toEqual(['event "{}"', 'event "{}"'])
})

test('lines are the same at every split', () => {
  const values = Array.from({ length: 60 }, (_, index) => JSON.stringify({ index, text: 'ä\n🙂'.repeat(index % 5) }))
  const text = values.join('\r\n')
  const expected = values.map((value) => `event ${JSON.stringify(value)}`)
  const seed = Math.floor(Math.random() * 2 ** 32)
  const random = createRandom(seed)
  expect(ndjson(text)).toEqual(expected)
  expect(ndjson(...everyUnit(text))).toEqual(expected)
  for (let run = 0; run < 30; run += 1)
    expect(ndjson(...randomlyCut(text, random, 40)), `seed ${seed}`).toEqual(expected)
})
