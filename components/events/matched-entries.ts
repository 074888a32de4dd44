/** The rows that a filter leaves, found in slices; live rows are looked at as they come. */
import type { EventTest } from '../../lib/filter/event-filter.ts'
import { lastIndexWhere } from '../../lib/binary-search.ts'
import { createColumn, findLastAtMost } from '../../lib/session/columns.ts'
import type { ShownEntries } from './shown-entries.ts'

/** Rows between two looks at the clock. */
const ROWS_PER_LOOK = 64

export interface MatchedEntries extends ShownEntries {
  /** Looks through rows for about `budgetMs`; false if there is more to do. */
  update(budgetMs: number): boolean
  readonly lookedCount: number
}

/** `base` may grow. `fromEnd`: what is there now is looked through from its end, for a list that stands at its end. */
export function createMatchedEntries(base: ShownEntries, test: EventTest, fromEnd: boolean): MatchedEntries {
  const start = fromEnd ? base.length : 0
  /** Matches before `start`, found from the end, and those after it. */
  const older = createColumn('u32')
  const newer = createColumn('u32')
  let [backward, forward] = [start, start]
  const look = (row: number): boolean => test(base.entryAt(row), row === 0 ? -1 : base.entryAt(row - 1))
  return {
    get length() {
      return older.length + newer.length
    },
    get lookedCount() {
      return forward - backward
    },
    entryAt: (row) => (row < older.length ? older.at(older.length - 1 - row) : newer.at(row - older.length)),
    rowOf(entry) {
      const after = findLastAtMost(newer, entry)
      if (after >= 0) return newer.at(after) === entry ? older.length + after : -1
      const before = lastIndexWhere(older.length, (index) => older.at(index) >= entry)
      return before >= 0 && older.at(before) === entry ? older.length - 1 - before : -1
    },
    update(budgetMs) {
      const until = performance.now() + budgetMs
      for (let looks = 1; forward < base.length || backward > 0; looks += 1) {
        // What is new comes first: it is what the user waits for.
        if (forward < base.length) {
          if (look(forward)) newer.push(base.entryAt(forward))
          forward += 1
        } else {
          backward -= 1
          if (look(backward)) older.push(base.entryAt(backward))
        }
        if (looks % ROWS_PER_LOOK === 0 && performance.now() >= until) break
      }
      return forward === base.length && backward === 0
    },
  }
}
