import { expect, test } from 'vitest'
import type { OpenRecord } from '../../../lib/protocol.ts'
import { createConnection } from '../../../lib/session/connection.ts'
import type { LaterRecord } from '../../../lib/session/connection.ts'
import { isLiveState, toLiveSentence } from '../../../lib/session/live-state.ts'
import { attempt, chunk, demand, dispatched, head, open } from '../../helpers/stream-builders.ts'

/** What a connection is said to be doing at these times, after these records. */
function told(atMs: number | readonly number[], opened: OpenRecord, ...records: readonly LaterRecord[]) {
  const frame = { doc: 'd1', frameId: 0, top: true, url: 'https://page.test/', timeOriginMs: 1_700_000_000_000 }
  const live = createConnection({ key: 'd1/1', number: 1, frame, open: opened })
  for (const record of records) live.take(record)
  return [atMs].flat().map((nowMs) => {
    live.tick(nowMs)
    const { state, marks } = live.view
    return `${state}: ${isLiveState(state) ? toLiveSentence(marks, state, nowMs) : 'over'}`
  })
}
const stateAt = (...args: Parameters<typeof told>) => told(...args).map((text) => text.split(':', 1)[0])

/** Chunks with one event each, `gapMs` apart, from 200 ms on. */
const ticking = (count: number, gapMs: number, text = 'data: a\n\n') =>
  Array.from({ length: count }, (_, index) => chunk(text, { atMs: 200 + index * gapMs }))
const source = open({ transport: 'eventsource' })

test('before bytes it connects, then waits', () => {
  expect(told(2_200, open())).toEqual(['connecting: Connecting: sent 2.1 s ago, no answer yet.'])
  expect(told(4_150, open(), head())).toEqual(['waiting: Waiting: answered 4.0 s ago, no byte of the body yet.'])
  expect(told(2_150, source, attempt('open'))[0]).toContain(
    'connected 2.0 s ago, no event that the page listens to yet',
  )
})

test('a stream in rhythm is open, and one silent for much longer is stalled', () => {
  const records = [head(), ...ticking(11, 300)]
  expect(told([3_300, 8_100, 15_600], open(), ...records)).toEqual([
    'open: Open. Progress 100 ms ago.',
    'open: Open. Progress 4.9 s ago.',
    'stalled: Stalled: nothing for 12.4 s; its usual gap is 300 ms.',
  ])
})

test('what comes after a stall ends it', () => {
  const frame = { doc: 'd1', frameId: 0, top: true, url: '', timeOriginMs: 0 }
  const live = createConnection({ key: 'd1/1', number: 1, frame, open: open() })
  for (const record of [head(), ...ticking(11, 300)]) live.take(record)
  expect([live.tick(9_000), live.view.state]).toEqual([true, 'stalled'])
  expect([live.tick(9_500), live.view.state]).toEqual([false, 'stalled'])
  live.take(chunk('data: b\n\n', { atMs: 9_600 }))
  expect(live.view.state).toBe('open')
})

test('a stream with an even gap of 30 s is never stalled between its events', () => {
  for (let count = 1; count < 40; count += 1) {
    const lastAtMs = 200 + (count - 1) * 30_000
    expect(stateAt([lastAtMs + 10_000, lastAtMs + 29_999], open(), head(), ...ticking(count, 30_000))).toEqual([
      'open',
      'open',
    ])
  }
  // … but it is after three of them.
  expect(stateAt(200 + 39 * 30_000 + 90_001, open(), head(), ...ticking(40, 30_000))).toEqual(['stalled'])
})

test('a greeting in a burst is no rhythm to be measured by', () => {
  const greeting = ticking(10, 5)
  expect(stateAt([30_000, 61_000], open(), head(), ...greeting)).toEqual(['open', 'stalled'])
})

test('heartbeats are life, and no progress', () => {
  const beat = (atMs: number) => chunk(': ping\n\n', { atMs })
  const records = [head(), ...ticking(11, 300), beat(8_000), beat(13_000), beat(18_000)]
  expect(told([13_200, 20_000], open(), ...records.slice(0, -1))).toEqual([
    'open: Open. Progress 10.0 s ago · heartbeat 200 ms ago.',
    'stalled: Stalled: no progress for 16.8 s; its usual gap is 300 ms. Heartbeat 7.0 s ago.',
  ])
  expect(told(19_000, open(), ...records)).toEqual([
    'stalled: Stalled: no progress for 15.8 s; its usual gap is 300 ms. Heartbeat 1.0 s ago.',
  ])
})

test.each([
  ['a comment', ': keep-alive\n\n'],
  ['a ping event', 'event: ping\ndata: {}\n\n'],
  ['a block without data', 'event: message\n\n'],
  ['an empty line', '\n'],
])('%s counts as a heartbeat', (_, text) => {
  const records = [head(), ...ticking(5, 10_000, text)]
  expect(told(42_200, open(), ...records)).toEqual(['open: Open. No event yet · heartbeat 2.0 s ago.'])
})

test('only heartbeats, and then not even those', () => {
  const records = [head(), ...ticking(6, 10_000, ': hb\n\n')]
  expect(told(150_200, open(), ...records)).toEqual(['stalled: Stalled: no event yet. Heartbeat 1 min 40 s ago.'])
})

test('the parts of a long event are progress', () => {
  const parts = [chunk('data: ', { atMs: 200 }), ...ticking(9, 300, 'more ')]
  expect(told(2_700, open(), head(), ...parts)).toEqual(['open: Open. Progress 100 ms ago.'])
})

test('bytes that the page does not ask for are unread, until it asks again', () => {
  const records = [head(), ...ticking(5, 200), demand(false, { atMs: 1_000 })]
  expect(told(9_100, open(), ...records)).toEqual([
    'unread: Unread: the page has not asked for more for 8.1 s; bytes may wait.',
  ])
  expect(stateAt(9_200, open(), ...records, demand(true, { atMs: 9_150 }))).toEqual(['stalled'])
  // Unread before its first byte, too.
  expect(stateAt(9_200, open(), head(), demand(false, { atMs: 700 }))).toEqual(['unread'])
})

test('an EventSource says what it will do next', () => {
  const records = [attempt('open'), dispatched('a', { id: '42' }), attempt('reconnecting', { atMs: 1_000 })]
  expect(told([1_900, 4_100], source, ...records)).toEqual([
    "reconnecting: Reconnecting: attempt 2, next try in about 2.1 s (the browser's default: 3000 ms; the page is not told of a retry by the server), will send Last-Event-ID 42.",
    "reconnecting: Reconnecting: attempt 2, trying now (the browser's default: 3000 ms; the page is not told of a retry by the server), will send Last-Event-ID 42.",
  ])
})

test('an EventSource that is silent is stalled by the events that can be seen', () => {
  const records = [attempt('open'), ...[0, 1, 2, 3, 4].map((n) => dispatched('a', { atMs: 200 + n * 500 }))]
  expect(told(8_200, source, ...records)).toEqual([
    'stalled: Stalled: nothing for 6.0 s; its usual gap is 500 ms. Comments cannot be seen with EventSource.',
  ])
})
