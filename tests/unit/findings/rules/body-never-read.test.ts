import { expect, test } from 'vitest'
import { events, fetched, found, only } from '../streams.ts'

const RULE = 'body-never-read'

test('an answer that nobody reads is found after a while', () => {
  expect(found(RULE, fetched({}), { nowMs: 3000 })).toEqual([])
  const finding = only(RULE, fetched({}), { nowMs: 8000 })
  expect(finding.severity).toBe('warning')
  expect(finding.sentence).toContain('came 8.0 s ago, and the page has not begun to read its body')
})

test('a bad status whose body nobody reads is a hint', () => {
  expect(only(RULE, fetched({ status: 503 }), { nowMs: 8000 }).severity).toBe('hint')
})

test('bodies that are read, awaited, or let go of say nothing', () => {
  expect(found(RULE, fetched({ readBy: 'getReader()' }), { nowMs: 60_000 })).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, events(1)]] }), { nowMs: 60_000 })).toEqual([])
  expect(found(RULE, fetched({ endAtMs: 9000 }))).toEqual([])
  expect(found(RULE, fetched({ endAtMs: 9000, endedBy: 'cancel' }))).toEqual([])
  expect(found(RULE, fetched({ pauses: [[100, 4000]] }), { nowMs: 60_000 })).toEqual([])
})
