/** Append-only columns: numbers without an object each, so that a million entries cost a few bytes apiece. */
import { lastIndexWhere } from '../binary-search.ts'

export interface Column {
  readonly length: number
  push(value: number): void
  /** The value at `index`, or 0 outside the column. */
  at(index: number): number
}

type Store = Uint8Array | Uint32Array | Float64Array

const FIRST_CAPACITY = 16
/** Less than doubling: right after growing, half as much memory lies idle. */
const GROWTH = 1.5

/** A column of whole numbers below 2^8 (`u8`), below 2^32 (`u32`) or of any numbers (`f64`). */
export function createColumn(kind: 'u8' | 'u32' | 'f64'): Column {
  const Kind = { u8: Uint8Array, u32: Uint32Array, f64: Float64Array }[kind]
  let store: Store = new Kind(FIRST_CAPACITY)
  let length = 0
  return {
    get length() {
      return length
    },
    push(value) {
      if (length === store.length) {
        const larger = new Kind(Math.ceil(length * GROWTH))
        larger.set(store)
        store = larger
      }
      store[length] = value
      length += 1
    },
    at: (index) => store[index] ?? 0,
  }
}

/** The last index whose value is at most `value` in a column that never falls; -1 if there is none. */
export function findLastAtMost(column: Column, value: number): number {
  return lastIndexWhere(column.length, (index) => column.at(index) <= value)
}

/** Keeps each different string once. */
export interface Interner {
  toIndex(text: string): number
  at(index: number): string
}

export function createInterner(): Interner {
  const texts: string[] = []
  const indexes = new Map<string, number>()
  return {
    toIndex(text) {
      const known = indexes.get(text)
      if (known !== undefined) return known
      indexes.set(text, texts.length)
      return texts.push(text) - 1
    },
    at: (index) => texts[index] ?? '',
  }
}
