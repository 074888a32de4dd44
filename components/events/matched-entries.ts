/** The rows that a filter leaves, found in slices; live rows are looked at as they come. */
import type { EventTest } from '../../lib/filter/event-filter.ts'
import { lastIndexWhere } from '../../lib/binary-search.ts'
import { createColumn, findLastAtMost } from '../../lib/session/columns.ts'
import type { Progress } from '../parts/use-slices.ts'
import type { ShownEntries } from './shown-entries.ts'

/** Rows between two looks at the clock. */
const ROWS_PER_LOOK = 64

export interface MatchedEntries extends ShownEntries {
  /** Looks through rows for about `budgetMs`, or until the text of one has to be brought. */
  update(budgetMs: number): Progress
  readonly lookedCount: number
  /** Of them, those that could not be looked at: their texts were dropped. */
  readonly unseenCount: number
}

interface Looking {
  /** What is there now is looked through from its end, for a list that stands at its end. */
  readonly fromEnd: boolean
  /** Brings the text of an entry whose text is in the storage. */
  readonly bring: (entry: number) => Promise<void>
}

/** `base` may grow. */
export function createMatchedEntries(base: ShownEntries, test: EventTest, { fromEnd, bring }: Looking): MatchedEntries {
  const start = fromEnd ? base.length : 0
  /** Matches before `start`, found from the end, and those after it. */
  const older = createColumn('u32')
  const newer = createColumn('u32')
  let [backward, forward] = [start, start]
  let unseenCount = 0
  const look = (row: number) => test(base.entryAt(row), row === 0 ? -1 : base.entryAt(row - 1))
  return {
    get length() {
      return older.length + newer.length
    },
    get lookedCount() {
      return forward - backward
    },
    get unseenCount() {
      return unseenCount
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
        const isNew = forward < base.length
        const row = isNew ? forward : backward - 1
        const answer = look(row)
        if (answer === 'stored') return bring(base.entryAt(row))
        if (answer === 'dropped') unseenCount += 1
        if (answer === true) (isNew ? newer : older).push(base.entryAt(row))
        if (isNew) forward += 1
        else backward -= 1
        if (looks % ROWS_PER_LOOK === 0 && performance.now() >= until) break
      }
      return forward === base.length && backward === 0
    },
  }
}
