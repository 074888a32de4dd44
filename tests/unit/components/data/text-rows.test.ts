import { expect, test } from 'vitest'
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
  const starts = createChunkStarts({
    length: texts.length,
    at: (index) => ({ atMs: 0, sizeBytes: 1, text: texts[index] ?? '', raw: null }),
    atMsOf: () => 0,
    bytesAmong: (count) => count,
    text: () => texts.join(''),
    textLength: 6,
  })
  starts.update()
  expect(starts.within(0, 3)).toEqual([{ chunk: 0, at: 0 }])
  expect(starts.within(3, 6)).toEqual([
    { chunk: 2, at: 3 },
    { chunk: 3, at: 5 },
  ])
  expect(starts.within(4, 5)).toEqual([])
})
