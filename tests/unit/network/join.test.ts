import { expect, test } from 'vitest'
import { attemptsOf, join, toChain } from '../../../lib/network/join.ts'
import type { NetworkFacts, OpenRecord } from '../../../lib/protocol.ts'
import type { LaterRecord } from '../../../lib/session/connection.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { attempt, chunk, end, exchange, head, open, reason } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'

const ORIGIN_MS = 1_700_000_000_000

/** A connection of these records, under a name. */
const named = (number: number, opened: OpenRecord, ...records: readonly LaterRecord[]): Connection => ({
  ...connectionOf(opened, ...records),
  number,
})
/** A stream from `fromMs` to `toMs`. */
const stream = (number: number, fromMs: number, toMs: number, how: 'done' | 'error' | 'cancel' = 'done') =>
  named(
    number,
    open({ atMs: fromMs }),
    head('text/event-stream', { atMs: fromMs + 5 }),
    chunk('data: a\n\n', { atMs: fromMs + 10 }),
    end(how, { atMs: toMs, reason: how === 'error' ? reason('TypeError', 'network error') : null }),
  )
const from = (startMs: number, finishMs: number, given: Partial<NetworkFacts> = {}) =>
  exchange({ startedAtMs: ORIGIN_MS + startMs, finishedAtMs: ORIGIN_MS + finishMs, ...given })

/** Which exchange went to which connection: "2 ← h2 net::ERR_…". */
function joined(
  connections: readonly Connection[],
  exchanges: readonly NetworkFacts[],
  { settled = false }: { settled?: boolean } = {},
): string[] {
  const redirects = exchanges.filter(({ redirectedTo }) => redirectedTo !== '')
  const chains = exchanges.filter((facts) => !redirects.includes(facts)).map((facts) => toChain(facts, redirects))
  return join(connections.flatMap(attemptsOf), chains, () => settled)
    .map(
      ({ attempt: { connection }, chain }) =>
        `${connection.number} ← ${chain.redirects.length > 0 ? 'redirected ' : ''}${chain.last.remoteAddress}`,
    )
    .toSorted()
}

test('an exchange goes to the connection with its URL, method, kind and time', () => {
  expect(joined([stream(1, 100, 3_300)], [from(101, 3_298)])).toEqual(['1 ← 192.0.2.1'])
  for (const other of [
    from(101, 3_298, { url: 'https://api.test/other' }),
    from(101, 3_298, { method: 'GET' }),
    from(101, 3_298, { resourceType: 'xhr' }),
    from(2_000, 3_298),
    from(-2_000, 3_298),
    from(101, 3_298, { status: 500 }),
    from(101, 3_298, { netError: 'net::ERR_CONNECTION_RESET' }),
  ])
    expect(joined([stream(1, 100, 3_300)], [other])).toEqual([])
})

test('a fragment is no part of what is requested', () => {
  const connection = named(1, open({ url: 'https://api.test/chat#top' }), head(), end('cancel'))
  expect(joined([connection], [from(101, 3_298, { url: 'https://api.test/chat' })])).toEqual(['1 ← 192.0.2.1'])
})

test('of two equal requests at the same time, the one that was reset and the one that completed are told apart', () => {
  const reset = from(101, 2_000, { netError: 'net::ERR_CONNECTION_RESET', remoteAddress: 'reset' })
  const whole = from(101, 2_001, { bodyBytes: 9, remoteAddress: 'whole' })
  const connections = [stream(1, 100, 2_002), stream(2, 100, 2_003, 'error')]
  for (const exchanges of [
    [reset, whole],
    [whole, reset],
  ])
    expect(joined(connections, exchanges)).toEqual(['1 ← whole', '2 ← reset'])
  // One of them alone does not go to the wrong one.
  expect(joined(connections, [reset])).toEqual(['2 ← reset'])
  expect(joined(connections, [whole])).toEqual(['1 ← whole'])
})

test('many equal requests in a row go by their starts, in whatever order they finish', () => {
  const starts = [100, 103, 106, 109, 112]
  const connections = starts.map((startMs, index) => stream(index + 1, startMs, 900 - index * 40))
  const exchanges = starts.map((startMs, index) =>
    from(startMs + 1, 899 - index * 40, { remoteAddress: String(index + 1) }),
  )
  expect(joined(connections, exchanges.toReversed())).toEqual(['1 ← 1', '2 ← 2', '3 ← 3', '4 ← 4', '5 ← 5'])
})

test('the bytes that came tell equal requests apart', () => {
  const small = named(1, open(), head(), chunk('data: a\n\n'), end('done', { atMs: 900 }))
  const large = named(2, open(), head(), chunk('data: aaaaaaaaa\n\n'), end('done', { atMs: 900 }))
  const exchanges = [
    from(101, 899, { bodyBytes: 17, remoteAddress: 'large' }),
    from(101, 899, { bodyBytes: 9, remoteAddress: 'small' }),
  ]
  expect(joined([small, large], exchanges)).toEqual(['1 ← small', '2 ← large'])
})

test('while an equal request goes on, an end is not given away too early', () => {
  const live = named(1, open({ atMs: 100 }), head(), chunk('data: a\n\n'))
  const ended = stream(2, 102, 900)
  const facts = from(101, 899, { bodyBytes: 9 })
  expect(joined([live, ended], [facts])).toEqual([])
  expect(joined([live, ended], [facts], { settled: true })).toEqual(['2 ← 192.0.2.1'])
})

test('an exchange that is over while the page has not read it is joined once no other end can come', () => {
  const unread = named(1, open(), head())
  expect(joined([unread], [from(101, 300)])).toEqual([])
  expect(joined([unread], [from(101, 300)], { settled: true })).toEqual(['1 ← 192.0.2.1'])
  // Two of them could be either.
  expect(joined([unread, named(2, open({ atMs: 101 }), head())], [from(101, 300)], { settled: true })).toEqual([])
})

test('the place of the call and the body of the request must fit, where both are known', () => {
  const body = { kind: 'text', text: '{"stream":true,"n":1}', sizeBytes: 21, cut: false } as const
  const stack = 'at go (https://page.test/app.js:12:34)\n    at https://page.test/app.js:90:1'
  const connection = named(1, open({ body, stack }), head(), end('cancel'))
  const tryWith = (given: Partial<NetworkFacts>) => joined([connection], [from(101, 3_298, given)]).length
  expect(tryWith({ calledFrom: 'https://page.test/app.js:12:34', requestBody: body.text })).toBe(1)
  expect(tryWith({ calledFrom: '', requestBody: '' })).toBe(1)
  expect(tryWith({ calledFrom: 'https://page.test/app.js:90:1' })).toBe(0)
  expect(tryWith({ requestBody: '{"stream":true,"n":2}' })).toBe(0)
})

test('redirects come along with what they led to', () => {
  const first = from(101, 107, { redirectedTo: 'https://api.test/b', status: 302 })
  const second = from(107, 112, { url: 'https://api.test/b', redirectedTo: 'https://api.test/c', status: 307 })
  const last = from(113, 3_298, { url: 'https://api.test/c' })
  expect(joined([stream(1, 100, 3_300)], [last, second, first])).toEqual(['1 ← redirected 192.0.2.1'])
  // Without the first of them it is not known whose they were.
  expect(joined([stream(1, 100, 3_300)], [last, second])).toEqual([])
})

test('an EventSource has an exchange for each attempt', () => {
  const source = named(
    1,
    open({ transport: 'eventsource', method: 'GET' }),
    attempt('open', { atMs: 110 }),
    attempt('reconnecting', { atMs: 500 }),
    attempt('open', { atMs: 1_510 }),
    attempt('reconnecting', { atMs: 2_000 }),
    attempt('reconnecting', { atMs: 3_010 }),
  )
  const attempts = [
    from(101, 499, { resourceType: 'eventsource', method: 'GET', remoteAddress: 'first' }),
    from(1_502, 1_999, { resourceType: 'eventsource', method: 'GET', remoteAddress: 'second' }),
    from(3_003, 3_009, { resourceType: 'eventsource', method: 'GET', remoteAddress: 'failed' }),
  ]
  expect(joined([source], attempts)).toEqual(['1 ← failed', '1 ← first', '1 ← second'])
  const places = join(
    attemptsOf(source),
    attempts.toReversed().map((facts) => toChain(facts, [])),
    () => false,
  ).map(({ attempt: { fromWallMs }, chain }) => `${fromWallMs - ORIGIN_MS} ${chain.last.remoteAddress}`)
  expect(places.toSorted()).toEqual(['100 first', '2000 failed', '500 second'])
})

test('two EventSources of one URL keep their attempts apart', () => {
  const source = (number: number, startMs: number, breakMs: number) =>
    named(
      number,
      open({ transport: 'eventsource', method: 'GET', atMs: startMs }),
      attempt('open', { atMs: startMs + 10 }),
      attempt('reconnecting', { atMs: breakMs }),
    )
  const of = (startMs: number, finishMs: number, remoteAddress: string) =>
    from(startMs, finishMs, { resourceType: 'eventsource', method: 'GET', remoteAddress })
  expect(joined([source(1, 100, 500), source(2, 101, 520)], [of(102, 519, 'b'), of(101, 499, 'a')])).toEqual([
    '1 ← a',
    '2 ← b',
  ])
})
