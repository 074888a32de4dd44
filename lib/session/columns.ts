/** Append-only columns: numbers without an object each, so that a million entries cost a few bytes apiece. */
import { lastIndexWhere } from '../binary-search.ts'

export interface Column {
  readonly length: number
  push(value: number): void
  /** The value at `index`, or 0 outside the column. */
  at(index: number): number
}

type Page = Uint8Array | Uint32Array | Float64Array

const FIRST_CAPACITY = 16
/** Values in a page. Full pages stay where they are: growing copies nothing, and no more than a part of one lies idle. */
const PAGE_BITS = 12
const PAGE_LENGTH = 1 << PAGE_BITS
const IN_PAGE = PAGE_LENGTH - 1
const MOST_U32 = 2 ** 32 - 1

/** A column of whole numbers below 2^8 (`u8`), below 2^32 (`u32`) or of any numbers (`f64`). */
export function createColumn(kind: 'u8' | 'u32' | 'f64'): Column {
  const Kind = { u8: Uint8Array, u32: Uint32Array, f64: Float64Array }[kind]
  const pages: Page[] = []
  let last: Page = new Kind(0)
  let length = 0
  return {
    get length() {
      return length
    },
    push(value) {
      const inPage = length & IN_PAGE
      if (inPage === 0) {
        last = new Kind(pages.length === 0 ? FIRST_CAPACITY : PAGE_LENGTH)
        pages.push(last)
      } else if (inPage === last.length) {
        const larger = new Kind(Math.min(last.length * 4, PAGE_LENGTH))
        larger.set(last)
        last = larger
        pages[pages.length - 1] = larger
      }
      last[inPage] = value
      length += 1
    },
    at: (index) => pages[index >>> PAGE_BITS]?.[index & IN_PAGE] ?? 0,
  }
}

/**
 * A column of whole numbers below 2^53 of which neighbours are near each other, such as places in a text: four bytes each,
 * counted from their page's first. Where a page's numbers are further apart than that, they get eight.
 */
export function createNearColumn(): Column {
  const pages: Page[] = []
  const bases: number[] = []
  let length = 0

  function makeRoom(page: Page, inPage: number): Page {
    if (inPage < page.length) return page
    const capacity = Math.min(page.length * 4, PAGE_LENGTH)
    const larger = page instanceof Float64Array ? new Float64Array(capacity) : new Uint32Array(capacity)
    larger.set(page)
    return larger
  }

  return {
    get length() {
      return length
    },
    push(value) {
      const inPage = length & IN_PAGE
      if (inPage === 0) {
        pages.push(new Uint32Array(pages.length === 0 ? FIRST_CAPACITY : PAGE_LENGTH))
        bases.push(value)
      }
      const index = pages.length - 1
      const distance = value - (bases[index] ?? 0)
      let page = makeRoom(pages[index] ?? new Uint32Array(FIRST_CAPACITY), inPage)
      if (distance < 0 || distance > MOST_U32) page = Float64Array.from(page)
      page[inPage] = distance
      pages[index] = page
      length += 1
    },
    at(index) {
      if (!(index >= 0 && index < length)) return 0
      const page = index >>> PAGE_BITS
      return (bases[page] ?? 0) + (pages[page]?.[index & IN_PAGE] ?? 0)
    },
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
      // What comes from the parser is a part of a chunk's text, and would keep all of it.
      const own = toOwnText(text)
      indexes.set(own, texts.length)
      return texts.push(own) - 1
    },
    at: (index) => texts[index] ?? '',
  }
}

/** The same text, but not as a part of the longer one that it was cut from. */
export function toOwnText(text: string): string {
  // Joined, and cut again after the engine made one text of it: the long one is no longer behind it.
  return `\u0000${text}`.slice(1)
}
