import { expect, test } from 'vitest'
import { end, open } from '../../../helpers/stream-builders.ts'
import type { Connection } from '../../../../lib/session/types.ts'
import { connectionOf } from '../../session/connection-of.ts'
import { eventSource, found, only, placesOf } from '../streams.ts'
import type { Happening } from '../streams.ts'

const RULE = 'reconnect-loop'
const times = (count: number, make: (n: number) => readonly Happening[]) =>
  Array.from({ length: count }, (_, n) => make(n)).flat()

test('a server that sends the same all over again at each attempt is found', () => {
  const attempts = times(3, (n) => [
    ['open', n * 3000],
    ['event', n * 3000 + 10, 'a'],
    ['event', n * 3000 + 20, 'b'],
    ['break', n * 3000 + 30],
  ])
  const finding = only(RULE, eventSource(...attempts))
  expect(finding.sentence).toContain('The last 3 connections brought the same 2 events each')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 4 }])
  expect(finding.advice.join('\n')).toContain('204')
})

test('attempts that break without an event are a loop, as long as they are close together', () => {
  const failing = (everyMs: number) => eventSource(...times(5, (n) => [['break', 100 + n * everyMs]]))
  expect(only(RULE, failing(3000)).sentence).toContain('5 attempts in a row broke without an event')
  expect(found(RULE, failing(60_000))).toEqual([])
})

test('requests that fail one after another are a loop', () => {
  const failed = (n: number, url = 'https://api.test/chat'): Connection => ({
    ...connectionOf(open({ url, atMs: n * 2000 }), end('error', { atMs: n * 2000 + 100 })),
    number: n,
    key: `d1/${n}`,
  })
  const connections = [1, 2, 3, 4, 5, 6].map((n) => failed(n))
  const last = connections[5]
  if (last === undefined) throw new Error('there are six')
  const finding = only(RULE, last, { connections })
  expect(finding.sentence).toContain('This is the 6th request of its kind in a row')
  expect(placesOf(finding)).toContainEqual({ at: 'connection', key: 'd1/5' })
  expect(found(RULE, last, { connections: connections.slice(3) })).toEqual([])
  const others = [...[1, 2, 3, 4, 5].map((n) => failed(n, `https://api.test/${n}`)), last]
  expect(found(RULE, last, { connections: others })).toEqual([])
})

test('a resume, a greeting at each attempt and a few breaks say nothing', () => {
  const none = (happenings: readonly Happening[]) => expect(found(RULE, eventSource(...happenings))).toEqual([])
  none(
    times(6, (n) => [
      ['open', n * 1000],
      ['event', n * 1000 + 10, 'hello'],
      ['event', n * 1000 + 20, `${n}`],
      ['break', n * 1000 + 30],
    ]),
  )
  none(
    times(6, (n) => [
      ['open', n * 1000],
      ['event', n * 1000 + 10, 'hello'],
      ['break', n * 1000 + 30],
    ]),
  )
  none([['open', 10], ['event', 20, 'a'], ...times(3, (n) => [['break', 100 + n * 3000] as const])])
})
