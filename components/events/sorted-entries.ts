/** Rows in the order of a column: keys are taken in slices, and numbers are sorted as typed arrays. */
import type { EventSort } from '../../lib/events-table.ts'
import type { Connection } from '../../lib/session/types.ts'
import { createRanks } from './ranks.ts'
import type { ShownEntries } from './shown-entries.ts'
import type { Progress } from '../parts/use-slices.ts'

const ROWS_PER_LOOK = 64
/** Times are sorted in steps of 10 µs: finer than browsers tell them, and 11 hours fit into a key. */
const STEPS_PER_MS = 100
const MOST_KEY = 2 ** 32 - 1
/** Data is sorted by its beginning: whole texts of a million rows would be copies of all of them. */
export const SORTED_LENGTH = 100

export interface SortJob {
  /** Works for about `budgetMs`, or until a text has to be brought; true once `sorted` is there. */
  update(budgetMs: number): Progress
  readonly sorted: ShownEntries | null
  /** Rows that it sorts: those that were there when it began. */
  readonly count: number
}

/** `before` gives the entry before one in the list without a filter, -1 for none. Equal rows stay as they came. */
export function createSortJob(
  shown: ShownEntries,
  sort: EventSort,
  connection: Connection,
  before: (entry: number) => number,
): SortJob {
  const count = shown.length
  const keyOf = toKeyOf(sort, connection, before)
  if (keyOf === null) {
    // As they came: number, times and chunk rise by themselves.
    const sorted = sort.descending
      ? inOrder(
          shown,
          count,
          (row) => count - 1 - row,
          (row) => count - 1 - row,
        )
      : shown
    return { count, sorted, update: () => true }
  }
  // Key above, row below: one number each, so that the platform can sort them without calling us.
  const pairs = new BigUint64Array(count)
  const halves = new Uint32Array(pairs.buffer)
  const ranks = keyOf.text === null ? null : createRanks(keyOf.text)
  const isOfText = sort.column === 'data' || sort.column === 'id'
  let [read, ranked] = [0, 0]
  let sorted: ShownEntries | null = null
  const put = (row: number, key: number) => {
    halves[row * 2] = row
    halves[row * 2 + 1] = sort.descending ? MOST_KEY - key : key
  }
  return {
    count,
    get sorted() {
      return sorted
    },
    update(budgetMs) {
      const until = performance.now() + budgetMs
      const isLate = (step: number) => step % ROWS_PER_LOOK === 0 && performance.now() >= until
      while (read < count) {
        const entry = shown.entryAt(read)
        if (isOfText && connection.entries.awayOf(entry) === 'stored') return connection.entries.bring(entry)
        if (ranks !== null) ranks.add(entry)
        else if (keyOf.number !== null) put(read, keyOf.number(entry))
        read += 1
        if (isLate(read)) return false
      }
      if (ranks !== null) {
        while (!ranks.order()) if (performance.now() >= until) return false
        while (ranked < count) {
          put(ranked, ranks.rankOf(ranked))
          ranked += 1
          if (isLate(ranked)) return false
        }
      }
      if (sorted === null) {
        pairs.sort()
        sorted = toSorted(shown, halves, count)
      }
      return true
    },
  }
}

type KeyOf =
  | { readonly text: null; readonly number: (entry: number) => number }
  | { readonly text: (entry: number) => string; readonly number: null }

function toKeyOf({ column }: EventSort, { entries }: Connection, before: (entry: number) => number): KeyOf | null {
  switch (column) {
    case 'number':
    case 'time':
    case 'since':
    case 'chunk':
      return null
    case 'delta':
      return {
        text: null,
        number(entry) {
          const previous = before(entry)
          const ms = previous < 0 ? 0 : entries.atMsOf(entry) - entries.atMsOf(previous)
          return Math.min(MOST_KEY, Math.max(0, Math.round(ms * STEPS_PER_MS)))
        },
      }
    case 'size':
      return { text: null, number: (entry) => Math.min(MOST_KEY, entries.sizeOf(entry)) }
    case 'type':
      return { number: null, text: (entry) => entries.typeOf(entry) }
    case 'id':
      return { number: null, text: (entry) => entries.idOf(entry) }
    case 'data':
      return { number: null, text: (entry) => entries.dataOf(entry).slice(0, SORTED_LENGTH) }
    default:
      return column satisfies never
  }
}

function toSorted(shown: ShownEntries, halves: Uint32Array, count: number): ShownEntries {
  let places: Uint32Array | null = null
  /** Row as it came → row as sorted; made when first asked for. */
  const placeOf = (row: number): number => {
    if (places === null) {
      places = new Uint32Array(count)
      for (let place = 0; place < count; place += 1) places[halves[place * 2] ?? 0] = place
    }
    return places[row] ?? -1
  }
  return inOrder(shown, count, (place) => halves[place * 2] ?? 0, placeOf)
}

function inOrder(
  shown: ShownEntries,
  length: number,
  rowAt: (place: number) => number,
  placeOf: (row: number) => number,
): ShownEntries {
  return {
    length,
    entryAt: (place) => shown.entryAt(rowAt(place)),
    rowOf(entry) {
      const row = shown.rowOf(entry)
      return row < 0 || row >= length ? -1 : placeOf(row)
    },
  }
}
