import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { EventSort } from '../../lib/events-table.ts'
import { createEventTest } from '../../lib/filter/event-filter.ts'
import type { Filter } from '../../lib/filter/filter.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { Span } from '../../lib/timeline/span.ts'
import { useSlices } from '../parts/use-slices.ts'
import { createMatchedEntries } from './matched-entries.ts'
import { allEntries, createEventsOnly, entriesIn, type ShownEntries } from './shown-entries.ts'
import { createSortJob, type SortJob } from './sorted-entries.ts'

/** A live list is sorted again after so many times as long as it took: sorting must not be all that is done. */
const SORT_PAUSES = 4

interface Asked {
  readonly connection: Connection
  readonly onlyEvents: boolean
  readonly filter: Filter
  /** On the document's clock. */
  readonly span: Span | null
  readonly sort: EventSort | null
  /** The list stands at its end: look there first. */
  readonly atEnd: boolean
}

export interface EventRows {
  readonly shown: ShownEntries
  /** Entries that the filter has looked through, of how many. */
  readonly looked: number
  readonly total: number
  /** Of those looked through, how many the filter could not look at: their texts were dropped. */
  readonly unseen: number
  readonly done: boolean
  /** The entry before one in the list without filter, span and order; -1 for none. */
  readonly before: (entry: number) => number
  /** Another object whenever rows that were there may now be elsewhere. */
  readonly generation: object
}

/** The rows of the Events table: what is chosen, that the filter leaves, in the span, in order. */
export function useEventRows({ connection, onlyEvents, filter, span, sort, atEnd }: Asked): EventRows {
  const { entries } = connection
  const eventsOnly = useMemo(() => createEventsOnly(entries), [entries])
  const all = useMemo(() => allEntries(entries), [entries])
  const base = onlyEvents ? eventsOnly : all
  const isSorted = sort !== null
  const matched = useMemo(
    () =>
      filter.terms.length === 0
        ? null
        : createMatchedEntries(base, createEventTest(filter, connection), {
            fromEnd: atEnd && !isSorted,
            bring: (entry) => entries.bring(entry),
          }),
    [base, filter, isSorted],
  )
  const done = useSlices(matched ?? base, (budgetMs) => {
    const isBaseDone = !onlyEvents || eventsOnly.update()
    const progress = matched?.update(budgetMs) ?? true
    return progress === true ? isBaseDone : progress
  })
  const before = useMemo(
    () => (entry: number) => {
      const row = base.rowOf(entry)
      return row <= 0 ? -1 : base.entryAt(row - 1)
    },
    [base],
  )
  const inSpan = entriesIn(matched ?? base, entries, span)
  const { sorted, order } = useSorted({
    rows: inSpan,
    source: matched ?? base,
    span,
    sort,
    connection,
    before,
    ready: done,
  })
  const generation = useMemo(() => ({}), [matched ?? base, span?.fromMs, span?.toMs, order, done])
  return {
    shown: sorted,
    looked: matched?.lookedCount ?? base.length,
    total: base.length,
    unseen: matched?.unseenCount ?? 0,
    done,
    before,
    generation,
  }
}

interface SortAsked {
  readonly rows: ShownEntries
  readonly source: ShownEntries
  readonly span: Span | null
  readonly sort: EventSort | null
  readonly connection: Connection
  readonly before: (entry: number) => number
  /** False while rows are still looked for. */
  readonly ready: boolean
}

/** The rows in order; as they are until the first order is found. */
function useSorted({ rows, source, span, sort, connection, before, ready }: SortAsked) {
  const jobs = useMemo<{ running: SortJob | null; finished: SortJob | null; startedAtMs: number; againAtMs: number }>(
    () => ({ running: null, finished: null, startedAtMs: 0, againAtMs: 0 }),
    [source, span?.fromMs, span?.toMs, sort],
  )
  const isStale = jobs.finished?.count !== rows.length
  const waitMs = jobs.finished === null || !connection.alive ? 0 : jobs.againAtMs - performance.now()
  const mayStart = waitMs <= 0
  useWake(sort !== null && ready && isStale && jobs.running === null, waitMs)
  if (sort !== null && ready && isStale && mayStart && jobs.running === null) {
    jobs.running = createSortJob(rows, sort, connection, before)
    jobs.startedAtMs = performance.now()
  }
  const { running } = jobs
  const done = useSlices(running, (budgetMs) => running?.update(budgetMs) ?? true)
  if (done && running !== null) {
    const nowMs = performance.now()
    jobs.againAtMs = nowMs + (nowMs - jobs.startedAtMs) * SORT_PAUSES
    jobs.finished = running
    jobs.running = null
  }
  return { sorted: jobs.finished?.sorted ?? rows, order: jobs.finished }
}

/** Draws the component again after `waitMs`, if it is needed and there is something to wait for: nothing more may come meanwhile. */
function useWake(isNeeded: boolean, waitMs: number): void {
  const woken = useSignal(0)
  const { value } = woken
  const isWaiting = isNeeded && waitMs > 0
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => (woken.value = value + 1), Math.ceil(waitMs))
    return () => clearTimeout(timer)
  }, [isWaiting, value])
}
