import { expect, test } from 'vitest'
import type { HubToPanel, NetworkFacts } from '../../../lib/protocol.ts'
import { createSession } from '../../../lib/session/session.ts'
import type { Connection } from '../../../lib/session/types.ts'
import {
  batchOf,
  chunk,
  documentRecord,
  end,
  exchange,
  gone,
  head,
  numbered,
  open,
  page,
  reached,
  reason,
} from '../../helpers/stream-builders.ts'

const ORIGIN_MS = 1_700_000_000_000

/** A session whose clock the test moves; it starts with the page's. */
function start(...messages: readonly HubToPanel[]) {
  let nowMs = ORIGIN_MS
  let ticks: (() => void) | null = null
  let timers = 0
  const session = createSession({
    schedule: (flush) => flush(),
    clock: {
      now: () => nowMs,
      every(run) {
        ticks = run
        timers += 1
        return () => (ticks = null)
      },
    },
  })
  for (const message of messages) session.apply(message)
  const connections = (): Connection[] =>
    session.rows.flatMap((row) => (row.kind === 'connection' ? [row.connection] : []))
  return {
    session,
    states: () => connections().map(({ state }) => state),
    connections,
    isTicking: () => ticks !== null,
    timers: () => timers,
    /** Time goes on to `atMs` of the page's clock. */
    goTo(atMs: number) {
      nowMs = ORIGIN_MS + atMs
      ticks?.()
    },
    learn: (given: Partial<NetworkFacts> = {}) => session.apply({ k: 'network', facts: exchange(given) }),
  }
}
const steady = Array.from({ length: 11 }, (_, index) => chunk('data: a\n\n', { atMs: 200 + index * 300 }))

test('states change while nothing comes, and the panel is told once', () => {
  const { session, states, goTo } = start(reached(), page().batch(documentRecord(), open(), head(), ...steady))
  expect(states()).toEqual(['open'])
  const before = session.version.value
  goTo(7_000)
  expect([states(), session.version.value]).toEqual([['open'], before])
  goTo(12_000)
  expect([states(), session.version.value]).toEqual([['stalled'], before + 1])
  goTo(13_000)
  expect(session.version.value).toBe(before + 1)
})

test('time is kept only while a connection lives', () => {
  const d1 = page()
  const { session, isTicking, timers } = start(reached(), d1.batch(documentRecord()))
  expect(isTicking()).toBe(false)
  session.apply(d1.batch(open(), head()))
  expect(isTicking()).toBe(true)
  session.apply(d1.batch(end()))
  expect([isTicking(), timers()]).toEqual([false, 1])
  session.apply(d1.batch(open({ c: 2 })))
  expect(isTicking()).toBe(true)
  session.apply(gone())
  expect(isTicking()).toBe(false)
})

test('a document whose clock stood still while the computer slept is not called stalled for that', () => {
  const records = numbered([documentRecord(), open(), head(), ...steady])
  const asleepMs = 3_600_000
  const awake = { ...batchOf(records), lagMs: asleepMs } as HubToPanel
  const { states, goTo } = start(reached(), awake)
  goTo(asleepMs + 4_000)
  expect(states()).toEqual(['open'])
  goTo(asleepMs + 12_000)
  expect(states()).toEqual(['stalled'])
})

test('what DevTools knows is joined, whether it comes before the end or after it', () => {
  const d1 = page()
  const early = start(reached(), d1.batch(documentRecord(), open(), head(), chunk('data: a\n\n')))
  early.learn()
  expect(early.connections()[0]?.network).toEqual([])
  early.session.apply(d1.batch(end()))
  expect(early.connections()[0]?.network.map(({ protocol }) => protocol)).toEqual(['h2'])

  const late = start(reached(), page().batch(documentRecord(), open(), head(), end()))
  const before = late.connections()[0]?.version.value ?? 0
  late.learn()
  expect(late.connections()[0]?.network).toHaveLength(1)
  expect(late.connections()[0]?.version.value).toBe(before + 1)
})

test('an ending is judged again by what DevTools knows', () => {
  const failed = end('error', { reason: reason('TypeError', 'Failed to fetch'), atMs: 120 })
  const { connections, learn } = start(reached(), page().batch(documentRecord(), open(), failed))
  expect(connections()[0]?.ending?.sentence).not.toContain('net::ERR_CONNECTION_REFUSED')
  learn({ status: 0, netError: 'net::ERR_CONNECTION_REFUSED', finishedAtMs: ORIGIN_MS + 119 })
  expect(connections()[0]?.ending?.verdict).toBe('unreachable')
  expect(connections()[0]?.ending?.sentence).toContain('net::ERR_CONNECTION_REFUSED')
})

test('an exchange that fits nothing is let go after a minute, and no timer stays for it', () => {
  const { goTo, learn, isTicking } = start(reached(), page().batch(documentRecord(), open(), head(), end()))
  learn({ url: 'https://api.test/elsewhere' })
  expect(isTicking()).toBe(true)
  goTo(59_000)
  expect(isTicking()).toBe(true)
  goTo(61_000)
  expect(isTicking()).toBe(false)
})

test('a stream that the page does not read has its exchange after a moment', () => {
  const { connections, goTo, learn } = start(reached(), page().batch(documentRecord(), open(), head()))
  goTo(400)
  learn({ finishedAtMs: ORIGIN_MS + 390 })
  goTo(900)
  expect(connections()[0]?.network).toEqual([])
  goTo(2_000)
  expect(connections()[0]?.network).toHaveLength(1)
})

test('two attempts of an EventSource have their exchanges in order', () => {
  const source = open({ transport: 'eventsource', method: 'GET' })
  const at = (startMs: number, finishMs: number) => ({
    resourceType: 'eventsource',
    method: 'GET',
    startedAtMs: ORIGIN_MS + startMs,
    finishedAtMs: ORIGIN_MS + finishMs,
  })
  const { connections, learn } = start(
    reached(),
    page().batch(
      documentRecord(),
      source,
      { k: 'attempt', n: 0, c: 1, atMs: 110, state: 'open' },
      { k: 'attempt', n: 0, c: 1, atMs: 500, state: 'reconnecting' },
      { k: 'attempt', n: 0, c: 1, atMs: 820, state: 'open' },
      { k: 'attempt', n: 0, c: 1, atMs: 1_000, state: 'reconnecting' },
    ),
  )
  learn({ ...at(802, 999), resume: { retryMs: 300, lastEventId: '9' } })
  learn(at(101, 499))
  const [connection] = connections()
  expect(connection?.network.map(({ startedAtMs }) => startedAtMs - ORIGIN_MS)).toEqual([101, 802])
  expect(connection?.marks.reconnect).toMatchObject({ delay: { ms: 300, from: 'retry' }, lastEventId: '9', attempt: 3 })
})
