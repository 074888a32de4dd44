/** Rows with a text in them, found in slices from the first row on. */
import type { EventTest } from '../../lib/filter/event-filter.ts'
import type { Entries } from '../../lib/session/types.ts'
import type { Progress } from '../parts/use-slices.ts'
import { createColumn, findLastAtMost } from '../../lib/session/columns.ts'
import type { ShownEntries } from './shown-entries.ts'

const ROWS_PER_LOOK = 64

export interface FoundRows {
  readonly length: number
  /** Of those looked at, how many could not be: their texts were dropped. */
  readonly unseenCount: number
  /** Works for about `budgetMs` on rows that are not looked at yet. */
  update(shown: ShownEntries, budgetMs: number): Progress
  /** Which of them a row is, from 0; -1 if it is none. */
  indexOf(row: number): number
  /** The next of them after a row, or the one before it; from the other end where there is none. -1 if there is none at all. */
  next(row: number, by: 1 | -1): number
}

/** `test`: whether the text is in an entry. */
export function createFoundRows(entries: Entries, test: EventTest): FoundRows {
  const found = createColumn('u32')
  let looked = 0
  let unseenCount = 0
  return {
    get length() {
      return found.length
    },
    get unseenCount() {
      return unseenCount
    },
    update(shown, budgetMs) {
      const until = performance.now() + budgetMs
      while (looked < shown.length) {
        const entry = shown.entryAt(looked)
        const answer = test(entry, -1)
        if (answer === 'stored') return entries.bring(entry)
        if (answer === 'dropped') unseenCount += 1
        if (answer === true) found.push(looked)
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
