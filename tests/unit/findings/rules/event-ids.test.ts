import { expect, test } from 'vitest'
import { eventSource, fetched, found, only, placesOf } from '../streams.ts'
import type { Happening } from '../streams.ts'

const RULE = 'event-ids'
const events = (fromMs: number, ...ids: readonly (string | number)[]): readonly Happening[] =>
  ids.map((id, index) => ['event', fromMs + index * 100, `data ${id}`, `${id}`] as const)

test('a server that begins again after a reconnect is found at the first repeat', () => {
  const finding = only(
    RULE,
    eventSource(['open', 10], ...events(100, 1, 2, 3), ['break', 500], ['open', 900], ...events(1000, 1, 2, 3, 4)),
  )
  expect(finding.title).toBe('Ids repeated after a reconnect')
  expect(finding.sentence).toContain('3 events came with an id that was there before with the same data')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 3 }])
  expect(finding.advice[0]).toContain('Last-Event-ID')
})

test('the last event sent again is found by its data', () => {
  const finding = only(
    RULE,
    eventSource(['open', 10], ...events(100, 'a', 'b'), ['break', 500], ['open', 900], ...events(1000, 'b', 'c')),
  )
  expect(finding.sentence).toContain('1 event')
})

test('ids that start anew with other data are not unique', () => {
  const other = ['event', 1000, 'other', '1'] as const
  const connection = eventSource(['open', 10], ...events(100, 1, 2), ['break', 500], ['open', 900], other)
  expect(only(RULE, connection).sentence).toContain('with other data: ids are not unique')
})

test('a leap in ids that rose by one is found', () => {
  const finding = only(
    RULE,
    eventSource(['open', 10], ...events(100, 1, 2, 3, 4, 5, 6), ['break', 900], ['open', 950], ...events(1000, 10, 11)),
  )
  expect(finding.title).toBe('Ids skipped over a reconnect')
  expect(finding.sentence).toContain('3 events between may be lost')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 6 }])
})

test('a request that asked to go on and gets what it had is found', () => {
  const given = (text: string) =>
    fetched({ open: { headers: [['Last-Event-ID', '7']] }, chunks: [[100, text]], endAtMs: 200 })
  const finding = only(RULE, given('id: 1\ndata: a\n\nid: 2\ndata: b\n\n'))
  expect(finding.sentence).toContain('asked to go on after event 7, but the answer begins with event 1')
  expect(placesOf(finding)[0]).toEqual({ at: 'request header', name: 'last-event-id' })
  expect(found(RULE, given('id: 8\ndata: a\n\n'))).toEqual([])
  expect(found(RULE, given('data: a\n\n'))).toEqual([])
})

test('a proper resume, leaps that were there before, and events without ids say nothing', () => {
  const none = (...happenings: readonly Happening[]) => expect(found(RULE, eventSource(...happenings))).toEqual([])
  none(['open', 10], ...events(100, 1, 2, 3, 4, 5, 6), ['break', 900], ['open', 950], ...events(1000, 7, 8))
  none(['open', 10], ...events(100, 1, 2, 4, 8, 9, 10, 11), ['break', 900], ['open', 950], ...events(1000, 20))
  // The id in force goes on for events without one of their own.
  const heir = ['event', 1000, 'new', '3'] as const
  none(['open', 10], ...events(100, 1, 2, 3), ['break', 500], ['open', 900], heir)
  none(['open', 10], ['event', 100, 'a'], ['break', 500], ['open', 900], ['event', 1000, 'a'])
})
