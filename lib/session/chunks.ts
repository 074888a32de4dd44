import type { ChunkRecord } from '../protocol.ts'
import { createColumn, findLastAtMost } from './columns.ts'
import type { Chunks } from './types.ts'

export interface ChunkStore extends Chunks {
  append(record: ChunkRecord): void
}

/** The chunks of one connection. Texts stay as they came; ranges are cut out when they are looked at. */
export function createChunks(): ChunkStore {
  const times = createColumn('f64')
  /** Of a chunk and all before it: as small as sizes, and a span's bytes are one subtraction. */
  const totals = createColumn('f64')
  const offsets = createColumn('f64')
  const texts: string[] = []
  const raws = new Map<number, string>()
  let textLength = 0

  function bytesAmong(count: number): number {
    return totals.at(Math.min(count, texts.length) - 1)
  }

  /** Where the last part was cut out: the next is mostly in the same chunk, or in the one after it. */
  let lastCut = 0

  function chunkAt(offset: number): number {
    for (const index of [lastCut, lastCut + 1]) {
      if (index >= texts.length || offsets.at(index) > offset) break
      if (index + 1 === texts.length || offsets.at(index + 1) > offset) return index
    }
    return Math.max(findLastAtMost(offsets, offset), 0)
  }

  function cut(from: number, to: number): string {
    const end = Math.min(to, textLength)
    if (end <= from) return ''
    let index = chunkAt(from)
    lastCut = index
    const first = texts[index] ?? ''
    const start = from - offsets.at(index)
    if (end - offsets.at(index) <= first.length) return first.slice(start, end - offsets.at(index))
    const parts: string[] = []
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
      totals.push(bytesAmong(texts.length) + record.sizeBytes)
      offsets.push(textLength)
      if (record.raw !== undefined) raws.set(texts.length, record.raw)
      texts.push(record.text)
      textLength += record.text.length
    },
    atMsOf: (index) => times.at(index),
    bytesAmong,
    at: (index) => ({
      atMs: times.at(index),
      sizeBytes: index < texts.length ? bytesAmong(index + 1) - bytesAmong(index) : 0,
      text: texts[index] ?? '',
      raw: raws.get(index) ?? null,
    }),
    text: (from = 0, to = textLength) => cut(Math.max(from, 0), to),
  }
}
