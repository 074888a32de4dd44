/** The entries that the Events tab shows: all, or the events only. Looks at each entry once, however many come. */
import type { Entries } from '../../lib/session/types.ts'
import { lastIndexWhere } from '../../lib/binary-search.ts'
import { createColumn, findLastAtMost } from '../../lib/session/columns.ts'
import type { Span } from '../../lib/timeline/span.ts'

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
    get length() {
      return entries.length
    },
    entryAt: (row) => row,
    rowOf: (entry) => (entry < entries.length ? entry : -1),
  }
}

/** Those of `shown` that came within the span, on the document's clock. Their times rise, so it costs two searches. */
export function entriesIn(shown: ShownEntries, entries: Entries, span: Span | null): ShownEntries {
  if (span === null) return shown
  const lastUntil = (holds: (atMs: number) => boolean) =>
    lastIndexWhere(shown.length, (row) => holds(entries.atMsOf(shown.entryAt(row))))
  const from = lastUntil((atMs) => atMs < span.fromMs) + 1
  const length = Math.max(0, lastUntil((atMs) => atMs <= span.toMs) + 1 - from)
  return {
    length,
    entryAt: (row) => shown.entryAt(from + row),
    rowOf(entry) {
      const row = shown.rowOf(entry) - from
      return row >= 0 && row < length ? row : -1
    },
  }
}

export function createEventsOnly(entries: Entries): EventsOnly {
  const shown = createColumn('u32')
  let looked = 0
  return {
    get length() {
      return shown.length
    },
    entryAt: (row) => shown.at(row),
    rowOf(entry) {
      const row = findLastAtMost(shown, entry)
      return row >= 0 && shown.at(row) === entry ? row : -1
    },
    update() {
      const until = Math.min(entries.length, looked + ENTRIES_PER_STEP)
      for (; looked < until; looked++) if (entries.kindOf(looked) === 'event') shown.push(looked)
      return looked === entries.length
    },
  }
}
