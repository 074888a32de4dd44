/** Rows with a text in them, found in slices from the first row on. */
import type { Entries } from '../../lib/session/types.ts'
import { createColumn, findLastAtMost } from '../../lib/session/columns.ts'
import type { ShownEntries } from './shown-entries.ts'

const ROWS_PER_LOOK = 64

export interface FoundRows {
  readonly length: number
  /** Works for about `budgetMs` on rows that are not looked at yet; false if there are more. */
  update(shown: ShownEntries, budgetMs: number): boolean
  /** Which of them a row is, from 0; -1 if it is none. */
  indexOf(row: number): number
  /** The next of them after a row, or the one before it; from the other end where there is none. -1 if there is none at all. */
  next(row: number, by: 1 | -1): number
}

export function createFoundRows(entries: Entries, search: RegExp): FoundRows {
  const found = createColumn('u32')
  let looked = 0
  return {
    get length() {
      return found.length
    },
    update(shown, budgetMs) {
      const until = performance.now() + budgetMs
      while (looked < shown.length) {
        const { type, id, data } = entries.at(shown.entryAt(looked))
        if (search.test(data) || search.test(type) || search.test(id)) found.push(looked)
        looked += 1
        if (looked % ROWS_PER_LOOK === 0 && performance.now() >= until) return looked === shown.length
      }
      return true
    },
    indexOf(row) {
      const at = findLastAtMost(found, row)
      return at >= 0 && found.at(at) === row ? at : -1
    },
    next(row, by) {
      if (found.length === 0) return -1
      const at = findLastAtMost(found, by > 0 ? row : row - 1)
      const index = by > 0 ? at + 1 : at
      return found.at((index + found.length) % found.length)
    },
  }
}
