import { expect, test } from 'vitest'
import { open } from '../../../helpers/stream-builders.ts'
import { connectionOf } from '../../session/connection-of.ts'
import { events, eventSource, fetched, found, NO_TIMINGS, only, paced } from '../streams.ts'

const RULE = 'slow-first-byte'
const GET = { method: 'GET', asked: 'Accept: text/event-stream' }

test('an answer whose first byte takes long is found, with its marks', () => {
  const finding = only(RULE, fetched({ headAtMs: 6000, chunks: [[6200, events(1)]] }))
  expect(finding.title).toBe('Slow first byte')
  expect(finding.sentence).toContain('came 6.2 s after the call')
  expect(finding.evidence.map(({ text }) => text)).toEqual([
    'Head: 6.0 s after the call',
    'First byte: 6.2 s after the call',
    'First event: 6.2 s after the call',
  ])
})

test('DevTools says where the time went', () => {
  const timings = { ...NO_TIMINGS, blockedMs: 5500, waitMs: 400 }
  const finding = only(RULE, fetched({ headAtMs: 6000, chunks: [[6200, events(1)]], network: { timings } }))
  expect(finding.evidence.at(-1)?.text).toBe('DevTools: 5.5 s for waiting for a free connection')
  expect(finding.advice[0]).toContain('Too many connections')
})

test('a head that a server keeps until its first event is found where DevTools tells', () => {
  const given = { open: GET, headAtMs: 6000, chunks: paced(5, 100, 6001) }
  expect(found(RULE, fetched(given))).toEqual([])
  const finding = only(RULE, fetched({ ...given, network: { timings: { ...NO_TIMINGS, waitMs: 5990 } } }))
  expect(finding.advice.at(-1)).toContain('flushHeaders')
})

test('a request without an answer is found while it waits', () => {
  const waiting = connectionOf(open({ method: 'POST' }))
  expect(found(RULE, waiting, { nowMs: 9000 })).toEqual([])
  expect(only(RULE, waiting, { nowMs: 11_000 }).title).toBe('No answer yet')
})

test('a first event long after an answer that came in time is a hint', () => {
  const chunks = [[60, ': thinking\n\n'] as const, ...paced(5, 100, 12_000)]
  expect(only(RULE, fetched({ chunks })).severity).toBe('hint')
})

test('an EventSource that takes long to open is found', () => {
  expect(only(RULE, eventSource(['open', 7000])).sentence).toContain('7.0 s after the call')
})

test('quick answers, and subscriptions with nothing to tell yet, say nothing', () => {
  expect(found(RULE, fetched({ chunks: paced(5, 100, 1500) }))).toEqual([])
  expect(found(RULE, fetched({ open: GET, chunks: paced(5, 100, 60_000) }))).toEqual([])
  // Firefox tells of the head at the first byte.
  expect(found(RULE, fetched({ open: GET, headAtMs: 60_000, chunks: paced(5, 100, 60_001) }))).toEqual([])
  expect(found(RULE, connectionOf(open(GET)), { nowMs: 60_000 })).toEqual([])
  expect(found(RULE, eventSource(['open', 100]), { nowMs: 60_000 })).toEqual([])
  expect(found(RULE, eventSource(['break', 100]), { nowMs: 60_000 })).toEqual([])
})
