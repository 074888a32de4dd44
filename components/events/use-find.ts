import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { createEventTest } from '../../lib/filter/event-filter.ts'
import type { TextMatch } from '../../lib/filter/filter.ts'
import { toSearch } from '../../lib/filter/text-test.ts'
import type { Connection } from '../../lib/session/types.ts'
import { useSlices } from '../parts/use-slices.ts'
import { createFoundRows, type FoundRows } from './found-rows.ts'
import type { EventRows } from './use-event-rows.ts'

export interface Find {
  /** Null where nothing is to be found. */
  readonly search: RegExp | null
  readonly found: FoundRows
  readonly done: boolean
}

/** Looks for the text in the rows that are shown. */
export function useFind(connection: Connection, rows: EventRows, text: string): Find {
  const { entries } = connection
  const match = useMemo<TextMatch>(() => ({ how: 'contains', text }), [text])
  const search = useMemo(() => (text === '' ? null : toSearch(match)), [match])
  const test = useMemo(
    () => createEventTest({ terms: [{ isNot: false, condition: { kind: 'text', match } }], errors: [] }, connection),
    [connection, match],
  )
  const found = useMemo(() => createFoundRows(entries, test), [entries, test, rows.generation])
  const done = useSlices(found, (budgetMs) => search === null || !rows.done || found.update(rows.shown, budgetMs))
  return { search, found, done: done && rows.done }
}

/** Ctrl+F, or Cmd+F, wherever the focus is in the panel. */
export function useFindKey(text: Signal<string | null>): Signal<number> {
  const asked = useSignal(0)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isFind =
        event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      if (!isFind || event.defaultPrevented) return
      event.preventDefault()
      // DevTools listens at the document and would take the focus away to its own search.
      event.stopPropagation()
      text.value ??= ''
      asked.value += 1
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [text])
  return asked
}
