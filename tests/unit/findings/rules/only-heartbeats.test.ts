import { expect, test } from 'vitest'
import { eventSource, events, fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'only-heartbeats'
const beats = (count: number) => Array.from({ length: count }, (_, n) => [15_000 * (n + 1), ': ping\n\n'] as const)

test('an answer of heartbeats only is found', () => {
  const finding = only(RULE, fetched({ chunks: beats(4) }))
  expect(finding.severity).toBe('warning')
  expect(finding.sentence).toContain('4 heartbeats and no other event came in 1 min 0 s')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 0 }])
})

test('a subscription that has nothing to tell is a hint', () => {
  const pings = [15_000, 30_000, 45_000].map((atMs) => ['event', atMs, '', '', 'ping'] as const)
  expect(only(RULE, eventSource(['open', 10], ...pings)).severity).toBe('hint')
})

test('heartbeats between events, or for a short time, say nothing', () => {
  expect(found(RULE, fetched({ chunks: [[100, events(1)], ...beats(9)] }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [...beats(9), [200_000, events(1)]] }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, ': a\n\n: b\n\n: c\n\n']] }))).toEqual([])
})
