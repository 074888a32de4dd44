import { expect, test } from 'vitest'
import { eventSource, events, fetched, found, only, paced, placesOf } from '../streams.ts'

const RULE = 'late-reading'

test('events that came together because the page paused are blamed on the page', () => {
  const chunks = [50, 2000, 4000].map((atMs, index) => [atMs, events(10, index * 10)] as const)
  const finding = only(RULE, fetched({ chunks, pauses: [[60, 1990] as const, [2010, 3990] as const] }))
  expect(finding.title).toBe('The page reads late')
  expect(finding.sentence).toContain('20 events came to the page in 2 bursts')
  expect(placesOf(finding)).toEqual([
    { at: 'event', index: 10 },
    { at: 'event', index: 20 },
  ])
})

test('text() gives a page nothing before the end of a stream that came piece by piece', () => {
  const finding = only(RULE, fetched({ chunks: paced(30, 100), endAtMs: 3100, readBy: 'response.text()' }))
  expect(finding.title).toBe('The page waits for the whole body')
  expect(finding.sentence).toContain('30 events came in 30 chunks over 2.9 s')
})

test('near misses say nothing', () => {
  expect(found(RULE, fetched({ chunks: paced(30, 100), readBy: 'getReader()' }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[900, events(30)]], endAtMs: 901, readBy: 'response.text()' }))).toEqual([])
  // A pause in a small part of the silence is not why.
  expect(
    found(RULE, fetched({ chunks: [1500, 3000].map((atMs) => [atMs, events(10)] as const), pauses: [[1600, 2100]] })),
  ).toEqual([])
  // It pauses, but nothing much waits meanwhile.
  expect(found(RULE, fetched({ chunks: paced(10, 2000), pauses: [[2100, 3900]] }))).toEqual([])
  expect(found(RULE, eventSource(['open', 10], ['event', 2000, 'a']))).toEqual([])
})
