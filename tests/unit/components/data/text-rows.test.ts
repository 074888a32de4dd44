import { expect, test } from 'vitest'
import { createChunks } from '../../../../lib/session/chunks.ts'
import { chunk } from '../../../helpers/stream-builders.ts'
import { createChunkStarts } from '../../../../components/raw/chunk-starts.ts'
import { createTextRows, STEP_LENGTH, toTextSource } from '../../../../components/data/text-rows.ts'

function rowsOf(text: string, columns = 40) {
  const rows = createTextRows(toTextSource(text), columns)
  while (!rows.update());
  return Array.from({ length: rows.length }, (_, index) => rows.at(index))
}

test('rows end at LF, CR and CRLF', () => {
  expect(rowsOf('a\nb\rc\r\n\nd').map(({ text, end }) => [text, end])).toEqual([
    ['a', 'LF'],
    ['b', 'CR'],
    ['c', 'CRLF'],
    ['', 'LF'],
    ['d', ''],
  ])
})

test('long lines are cut, never inside a character', () => {
  expect(rowsOf('abcdefg', 3).map((row) => row.text)).toEqual(['abc', 'def', 'g'])
  expect(rowsOf('ab😀cd', 3).map((row) => row.text)).toEqual(['ab😀', 'cd'])
})

test('rows together are the text again', () => {
  const text = 'x'.repeat(500) + '\r\n\r\r\n' + 'é😀'.repeat(200) + '\n'
  const rows = rowsOf(text, 41)
  expect(rows.map((row) => text.slice(row.from, row.to)).join('')).toBe(text)
})

test('a CRLF that comes in two pieces is one line end', () => {
  let text = 'a\r'
  const source = {
    get textLength() {
      return text.length
    },
    text: (from: number, to: number) => text.slice(from, to),
  }
  const rows = createTextRows(source, 40)
  rows.update()
  text += '\nb'
  rows.update()
  expect([rows.length, rows.at(0).end, rows.at(1).text]).toEqual([2, 'CRLF', 'b'])
})

test('a large text is cut in steps', () => {
  const rows = createTextRows(toTextSource('y\n'.repeat(STEP_LENGTH)), 40)
  expect(rows.update()).toBe(false)
  expect(rows.doneLength).toBe(STEP_LENGTH)
  expect(rows.update()).toBe(true)
  expect(rows.length).toBe(STEP_LENGTH)
})

test('chunk borders are found in any part of the text', () => {
  const texts = ['abc', '', 'de', 'f']
  const chunks = createChunks()
  for (const text of texts) chunks.append(chunk(text))
  const starts = createChunkStarts(chunks)
  starts.update()
  expect(starts.within(0, 3)).toEqual([{ chunk: 0, at: 0, splitBytes: 0 }])
  expect(starts.within(3, 6)).toEqual([
    { chunk: 2, at: 3, splitBytes: 0 },
    { chunk: 3, at: 5, splitBytes: 0 },
  ])
  expect(starts.within(4, 5)).toEqual([])
})

test('a character that a chunk border splits is known by its bytes, wherever the text is cut', () => {
  const whole = new TextEncoder().encode('aé€😀b')
  for (let cut = 1; cut < whole.length; cut += 1) {
    const decoder = new TextDecoder()
    const chunks = createChunks()
    for (const bytes of [whole.subarray(0, cut), whole.subarray(cut)])
      chunks.append(chunk(decoder.decode(bytes, { stream: true }), { sizeBytes: bytes.length }))
    const starts = createChunkStarts(chunks)
    starts.update()
    // Bytes of the characters: 1, 2, 3, 4, 1.
    const expected = [0, 0, 1, 0, 1, 2, 0, 1, 2, 3, 0][cut]
    expect([cut, starts.within(0, 10).at(-1)?.splitBytes]).toEqual([cut, expected])
  }
})
