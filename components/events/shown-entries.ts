/** The entries that the Events tab shows: all, or the events only. Looks at each entry once, however many come. */
import type { Entries } from '../../lib/session/types.ts'
import { createNumberColumn } from '../parts/number-column.ts'

/** Entries looked at in one go; the rest waits for the next frame. */
const ENTRIES_PER_STEP = 50_000

export interface ShownEntries {
  readonly length: number
  /** Row → index in the entries. */
  entryAt(row: number): number
  /** Index in the entries → row; -1 if that entry is hidden. */
  rowOf(entry: number): number
}

export interface EventsOnly extends ShownEntries {
  /** Takes in what came; false if there is more to do. */
  update(): boolean
}

export function allEntries(entries: Entries): ShownEntries {
  return {
    length: entries.length,
    entryAt: (row) => row,
    rowOf: (entry) => (entry < entries.length ? entry : -1),
  }
}

export function createEventsOnly(entries: Entries): EventsOnly {
  const shown = createNumberColumn()
  let looked = 0
  return {
    get length() {
      return shown.length
    },
    entryAt: (row) => shown.at(row),
    rowOf(entry) {
      const row = shown.lastAtMost(entry)
      return row >= 0 && shown.at(row) === entry ? row : -1
    },
    update() {
      const until = Math.min(entries.length, looked + ENTRIES_PER_STEP)
      for (; looked < until; looked++) if (entries.at(looked).kind === 'event') shown.push(looked)
      return looked === entries.length
    },
  }
}
