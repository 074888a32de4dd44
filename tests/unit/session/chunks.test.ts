import { expect, test } from 'vitest'
import { createChunks } from '../../../lib/session/chunks.ts'
import { chunk } from '../../helpers/stream-builders.ts'

function chunksOf(...texts: string[]) {
  const chunks = createChunks()
  texts.forEach((text, index) => chunks.append(chunk(text, { atMs: index })))
  return chunks
}

test('every range of the text is what a slice of the whole text is', () => {
  const texts = ['abc', '', 'd', '', '', 'efgh', '']
  const whole = texts.join('')
  const chunks = chunksOf(...texts)
  expect(chunks.textLength).toBe(8)
  for (let from = 0; from <= 9; from += 1) {
    for (let to = from; to <= 10; to += 1) expect(chunks.text(from, to), `${from} to ${to}`).toBe(whole.slice(from, to))
  }
  expect(chunks.text()).toBe(whole)
  expect(chunksOf().text()).toBe('')
})

test('a chunk keeps its time, size and raw bytes', () => {
  const chunks = createChunks()
  chunks.append(chunk('ä', { atMs: 7 }))
  chunks.append(chunk('\ufffd', { sizeBytes: 1, raw: '/w==' }))
  expect(chunks.at(0)).toEqual({ atMs: 7, sizeBytes: 2, text: 'ä', raw: null })
  expect(chunks.at(1)).toEqual({ atMs: 200, sizeBytes: 1, text: '\ufffd', raw: '/w==' })
})
