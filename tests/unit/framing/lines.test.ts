import { expect, test } from 'vitest'
import { createLineSplitter } from '../../../lib/framing/lines.ts'
import { chunked, createRandom, everyUnit, randomlyCut } from '../../helpers/stream-builders.ts'

function split(chunks: readonly string[], loneCr = true) {
  const lines: { line: string; from: number; to: number; chunk: number }[] = []
  const splitter = createLineSplitter((line, from, to, chunk) => lines.push({ line, from, to, chunk }), { loneCr })
  chunks.forEach((text, index) => splitter.feed(text, index))
  return { lines, rest: splitter.takeRest() }
}
const texts = (chunks: readonly string[], loneCr = true) => split(chunks, loneCr).lines.map(({ line }) => line)

test('LF, CR and CRLF each end one line', () => {
  expect(texts(['a\nb\rc\r\nd\n\r\r\n\n'])).toEqual(['a', 'b', 'c', 'd', '', '', ''])
})

test('a CRLF split over two chunks ends one line, at its CR', () => {
  expect(split(['a\r', '\nb\r', '', '\n']).lines).toEqual([
    { line: 'a', from: 0, to: 1, chunk: 0 },
    { line: 'b', from: 3, to: 4, chunk: 1 },
  ])
})

test('a CR that another CR follows in the next chunk ends a line of its own', () => {
  expect(texts(['a\r', '\r', '\n'])).toEqual(['a', ''])
})

test('one BOM at the very start is left out, and only there', () => {
  expect(split(['\ufeff\ufeffa\n', '\ufeffb\n']).lines).toEqual([
    { line: '\ufeffa', from: 1, to: 3, chunk: 0 },
    { line: '\ufeffb', from: 4, to: 6, chunk: 1 },
  ])
  expect(split(['', '\ufeff', 'a\n']).lines).toEqual([{ line: 'a', from: 1, to: 2, chunk: 2 }])
})

test('a lone CR stays in its line where only LF counts', () => {
  expect(texts(['a\rb\r\nc\n'], false)).toEqual(['a\rb\r', 'c'])
})

test('an unfinished line is the rest, and is taken once', () => {
  const splitter = createLineSplitter(() => {}, { loneCr: true })
  splitter.feed('a\nbc', 0)
  splitter.feed('d', 1)
  expect(splitter.takeRest()).toEqual({ line: 'bcd', from: 2, to: 5 })
  expect(splitter.takeRest()).toBeNull()
})

test('lines and their places do not depend on how the text is cut', () => {
  const text = '\ufeffone\r\n\r\ntwo\rthree\n\nfour\r\r\nfive'
  const whole = split([text])
  const bare = ({ lines, rest }: ReturnType<typeof split>) => [
    lines.map(({ line, from, to }) => ({ line, from, to })),
    rest,
  ]
  expect(bare(split(everyUnit(text)))).toEqual(bare(whole))
  for (let size = 0; size < text.length; size += 1) expect(bare(split(chunked(text, [size])))).toEqual(bare(whole))
  const seed = Math.floor(Math.random() * 2 ** 32)
  const random = createRandom(seed)
  for (let run = 0; run < 50; run += 1)
    expect(bare(split(randomlyCut(text, random, 5))), `seed ${seed}`).toEqual(bare(whole))
})
