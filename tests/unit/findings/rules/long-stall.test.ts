import { expect, test } from 'vitest'
import { createRandom } from '../../../helpers/stream-builders.ts'
import { eventSource, fetched, found, only, paced, placesOf } from '../streams.ts'

const RULE = 'long-stall'
const GET = { method: 'GET', asked: 'Accept: text/event-stream' }

test('a silence out of all proportion is found, with the event after it', () => {
  const finding = only(RULE, fetched({ chunks: [...paced(20, 50), ...paced(5, 50, 21_000)] }))
  expect(finding.sentence).toContain('No event came for 20.0 s, from 1.0 s after the call on; half of the gaps')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 20 }])
  expect(finding.advice.join('\n')).toContain('every 15 s')
})

test('a silence that lasts is found while it lasts, and one before the end with the ending', () => {
  const chunks = paced(20, 50)
  expect(found(RULE, fetched({ chunks }), { nowMs: 10_000 })).toEqual([])
  expect(only(RULE, fetched({ chunks }), { nowMs: 20_000 }).sentence).toContain('until now')
  const cut = only(RULE, fetched({ chunks, endAtMs: 61_000, endedBy: 'error' }))
  expect(cut.sentence).toContain('until the end')
  expect(placesOf(cut)).toEqual([{ at: 'event', index: 19 }])
})

test('heartbeats in the silence are said', () => {
  const beats = [5000, 10_000, 15_000].map((atMs) => [atMs, ': still here\n\n'] as const)
  const finding = only(RULE, fetched({ chunks: [...paced(20, 50), ...beats, ...paced(2, 50, 21_000)] }))
  expect(finding.evidence.map(({ text }) => text).join('\n')).toContain('3 heartbeats came meanwhile')
})

test('a subscription of even pace that stops is found, one of uneven pace is not', () => {
  expect(only(RULE, fetched({ open: GET, chunks: paced(30, 1000) }), { nowMs: 60_000 }).title).toBe('Long stall')
  const random = createRandom(7)
  let atMs = 0
  const news = Array.from({ length: 300 }, (_, n) => {
    atMs += -Math.log(1 - random()) * 20_000
    return [atMs, `data: ${n}\n\n`] as const
  })
  expect(found(RULE, fetched({ open: GET, chunks: news }))).toEqual([])
})

test('steady slow streams, batches, reconnects and a page that pauses say nothing', () => {
  expect(found(RULE, fetched({ chunks: paced(20, 30_000) }), { nowMs: 640_000 })).toEqual([])
  const batches = Array.from({ length: 10 }, (_, n) => [n * 20_000 + 100, 'data: a\n\n'.repeat(10)] as const)
  expect(found(RULE, fetched({ chunks: batches }))).toEqual([])
  const chunks = [...paced(20, 50), ...paced(5, 50, 21_000)]
  expect(found(RULE, fetched({ chunks, pauses: [[1100, 20_900]] }))).toEqual([])
  const live = Array.from({ length: 30 }, (_, n) => ['event', 100 + n * 100, `${n}`] as const)
  expect(
    found(RULE, eventSource(['open', 10], ...live, ['break', 3200], ['open', 40_000], ['event', 40_010, 'x'])),
  ).toEqual([])
})
