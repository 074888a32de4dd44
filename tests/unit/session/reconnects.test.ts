import { expect, test } from 'vitest'
import { createReconnects } from '../../../lib/session/reconnects.ts'
import { exchange } from '../../helpers/stream-builders.ts'

const finished = (resume: ReturnType<typeof exchange>['resume']) => exchange({ resourceType: 'eventsource', resume })

test('the delay is the browser’s own until it is known better', () => {
  const reconnects = createReconnects()
  expect(reconnects.next).toBe(null)
  reconnects.connected(100)
  reconnects.lost(1_000)
  expect(reconnects.next).toEqual({
    sinceMs: 1_000,
    attempt: 2,
    delay: { ms: 3_000, from: 'default' },
    lastEventId: '',
  })
})

test('a delay that was seen once is told as measured', () => {
  const reconnects = createReconnects()
  reconnects.connected(100)
  reconnects.lost(1_000)
  reconnects.connected(1_510)
  expect(reconnects.next).toBe(null)
  reconnects.lost(2_000)
  expect(reconnects.next).toMatchObject({ attempt: 3, delay: { ms: 510, from: 'measured' } })
  // An attempt that failed came after the delay, too.
  reconnects.lost(2_505)
  expect(reconnects.next).toMatchObject({ attempt: 4, delay: { ms: 505, from: 'measured' } })
})

test('DevTools tells when an attempt began, which is the delay without the way to the server', () => {
  const reconnects = createReconnects()
  reconnects.connected(100)
  reconnects.lost(1_000)
  reconnects.connected(1_800)
  reconnects.lost(2_000)
  reconnects.learn(finished(null), 1_502, 2_001)
  expect(reconnects.next).toMatchObject({ delay: { ms: 502, from: 'measured' } })
})

test('the server’s retry is believed first', () => {
  const reconnects = createReconnects()
  reconnects.connected(100)
  reconnects.lost(1_000)
  reconnects.learn(finished({ retryMs: 250, lastEventId: null }), 100, 1_000)
  expect(reconnects.next).toMatchObject({ delay: { ms: 250, from: 'retry' }, lastEventId: '' })
})

test('the id sent next is the last one, seen by the page or only in the body', () => {
  const reconnects = createReconnects()
  reconnects.connected(100)
  reconnects.event(500, '4')
  reconnects.lost(1_000)
  expect(reconnects.next?.lastEventId).toBe('4')
  reconnects.learn(finished({ retryMs: null, lastEventId: '6' }), 100, 1_001)
  expect(reconnects.next?.lastEventId).toBe('6')
  // Told late: an event of the next attempt is newer.
  reconnects.connected(4_000)
  reconnects.event(4_100, '7')
  reconnects.learn(finished({ retryMs: null, lastEventId: '6' }), 100, 1_001)
  reconnects.lost(5_000)
  expect(reconnects.next?.lastEventId).toBe('7')
})
