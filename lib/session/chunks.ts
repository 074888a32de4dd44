import type { ChunkRecord } from '../protocol.ts'
import { createColumn, findLastAtMost } from './columns.ts'
import type { Chunks } from './types.ts'

export interface ChunkStore extends Chunks {
  append(record: ChunkRecord): void
  atMs(index: number): number
}

/** The chunks of one connection. Texts stay as they came; ranges are cut out when they are looked at. */
export function createChunks(): ChunkStore {
  const times = createColumn('f64')
  const sizes = createColumn('f64')
  const offsets = createColumn('f64')
  const texts: string[] = []
  const raws = new Map<number, string>()
  let textLength = 0

  function cut(from: number, to: number): string {
    const end = Math.min(to, textLength)
    const parts: string[] = []
    let index = Math.max(findLastAtMost(offsets, from), 0)
    for (; index < texts.length && offsets.at(index) < end; index += 1) {
      const offset = offsets.at(index)
      parts.push((texts[index] ?? '').slice(Math.max(from - offset, 0), end - offset))
    }
    return parts.join('')
  }

  return {
    get length() {
      return texts.length
    },
    get textLength() {
      return textLength
    },
    append(record) {
      times.push(record.atMs)
      sizes.push(record.sizeBytes)
      offsets.push(textLength)
      if (record.raw !== undefined) raws.set(texts.length, record.raw)
      texts.push(record.text)
      textLength += record.text.length
    },
    atMs: (index) => times.at(index),
    at: (index) => ({
      atMs: times.at(index),
      sizeBytes: sizes.at(index),
      text: texts[index] ?? '',
      raw: raws.get(index) ?? null,
    }),
    text: (from = 0, to = textLength) => cut(Math.max(from, 0), to),
  }
}
