import type { ChunkRecord } from '../protocol.ts'
import { createColumn, createNearColumn, findLastAtMost } from './columns.ts'
import { holdAll, type TextKeeper } from './store/text-keeper.ts'
import { createTextStore, type TextHooks, type TextStore } from './store/text-store.ts'
import type { Chunks } from './types.ts'

export interface ChunkStore extends Chunks {
  /** Where a chunk begins in the text. */
  startOf(index: number): number
  append(record: ChunkRecord): void
  readonly store: TextStore
  release(): void
}

/** The chunks of one connection. Ranges of their text are cut out when they are looked at. */
export function createChunks(keeper: TextKeeper = holdAll, hooks: TextHooks = {}): ChunkStore {
  const times = createColumn('f64')
  /** Of a chunk and all before it: as small as sizes, and a span's bytes are one subtraction. */
  const totals = createNearColumn()
  const offsets = createNearColumn()
  const store = createTextStore(keeper, hooks)
  /** Bytes that are not UTF-8, in Base64: places in a text of their own, which is settled as it comes. */
  const raws = new Map<number, { readonly from: number; readonly to: number }>()
  const rawStore = createTextStore(keeper, { moved: hooks.moved })

  const bytesAmong = (count: number): number => totals.at(Math.min(count, times.length) - 1)
  const endOf = (index: number): number => (index + 1 < times.length ? offsets.at(index + 1) : store.length)

  function rawOf(index: number): string | null {
    const raw = raws.get(index)
    return raw === undefined || rawStore.awayOf(raw.from, raw.to) !== null ? null : rawStore.text(raw.from, raw.to)
  }

  return {
    store,
    get length() {
      return times.length
    },
    get textLength() {
      return store.length
    },
    startOf: (index) => offsets.at(index),
    append({ atMs, sizeBytes, text, raw }) {
      const before = bytesAmong(times.length)
      offsets.push(store.length)
      totals.push(before + sizeBytes)
      if (raw !== undefined) {
        raws.set(times.length, { from: rawStore.length, to: rawStore.length + raw.length })
        rawStore.append(raw)
        rawStore.settle(rawStore.length)
      }
      times.push(atMs)
      store.append(text)
    },
    atMsOf: (index) => times.at(index),
    bytesAmong,
    at(index) {
      const isThere = index >= 0 && index < times.length
      return {
        atMs: times.at(index),
        sizeBytes: isThere ? bytesAmong(index + 1) - bytesAmong(index) : 0,
        text: isThere ? store.text(offsets.at(index), endOf(index)) : '',
        raw: rawOf(index),
      }
    },
    lengthOf: (index) => (index >= 0 && index < times.length ? endOf(index) - offsets.at(index) : 0),
    text: (from = 0, to = store.length) => store.text(from, to),
    awayOf: (from, to) => store.awayOf(from, to),
    sameUntil: (from) => store.sameUntil(from),
    async bring(from, to) {
      await store.bring(from, to)
      const [first, last] = [findLastAtMost(offsets, from), findLastAtMost(offsets, Math.max(from, to - 1))]
      for (let index = Math.max(0, first); index <= last && raws.size > 0; index += 1) {
        const raw = raws.get(index)
        if (raw !== undefined) await rawStore.bring(raw.from, raw.to)
      }
    },
    release() {
      store.release()
      rawStore.release()
    },
  }
}
