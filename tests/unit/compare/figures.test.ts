import { expect, test } from 'vitest'
import { alignedBounds, toOwnSpan, zeroOf } from '../../../lib/compare/alignment.ts'
import { countWords, toDistribution } from '../../../lib/compare/distribution.ts'
import { createFiguresReader } from '../../../lib/compare/figures.ts'
import { attempt, chunk, createRandom, dispatched, end, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'
import { chatEvent, DONE, usageEvent } from '../turns/chat-streams.ts'

const ORIGIN = 1_700_000_000_000

function measured(...given: Parameters<typeof connectionOf>) {
  const reader = createFiguresReader(connectionOf(...given))
  while (!reader.update(Infinity));
  return reader.measure(10_000)
}

test('the figures of a chat answer, counted from the call', () => {
  const { values, estimated, atLeast } = measured(
    open({ atMs: 100 }),
    head('text/event-stream', { atMs: 150 }),
    chunk(': hi\n\n', { atMs: 180 }),
    chunk(chatEvent({ role: 'assistant' }), { atMs: 200 }),
    chunk(chatEvent('Hello '), { atMs: 300 }),
    chunk(chatEvent('you'), { atMs: 500 }),
    chunk(usageEvent(3, 20) + DONE, { atMs: 600 }),
    end('done', { atMs: 700 }),
  )
  expect(values).toMatchObject({
    head: 50,
    firstByte: 80,
    firstEvent: 100,
    firstText: 200,
    duration: 600,
    events: 5,
    heartbeats: 1,
    chunks: 5,
    longestGap: 200,
    tokens: 20,
    // From the first piece to the last: 200 ms.
    tokenRate: 100,
  })
  expect([...estimated, ...atLeast]).toEqual([])
})

test('tokens that the stream does not count are estimates; without a chat there are none', () => {
  const chat = measured(open(), head(), chunk(chatEvent('Hello you')), chunk(DONE), end())
  expect(chat.values.tokens).toBe(3)
  expect([...chat.estimated]).toEqual(['tokens', 'tokenRate'])
  const plain = measured(open(), head(), chunk('data: 1\n\n'), end())
  expect([plain.values.tokens, plain.values.firstText, plain.estimated.size]).toEqual([null, null, 0])
})

test('an EventSource shows no chunks, and its size is at least that of its data', () => {
  const { values, atLeast } = measured(
    open({ transport: 'eventsource' }),
    attempt('open'),
    dispatched('12345'),
    end('done'),
  )
  expect([values.chunks, values.bytes, [...atLeast]]).toEqual([null, 5, ['bytes']])
})

test('lanes begin at the same kind of moment, whatever their clocks', () => {
  const one = connectionOf(
    open({ atMs: 100 }),
    head('', { atMs: 150 }),
    chunk('data: 1\n\n', { atMs: 180 }),
    end('done', { atMs: 1_100 }),
  )
  const other = connectionOf(open({ atMs: 5_000 }), head('', { atMs: 5_400 }), end('done', { atMs: 6_000 }))
  expect([zeroOf(one, 'start'), zeroOf(one, 'head'), zeroOf(one, 'first event')]).toEqual([100, 150, 180])
  expect(zeroOf(other, 'first event')).toBeNull()
  expect(alignedBounds([one, other], 'start', ORIGIN)).toMatchObject({ fromMs: 0 })
  // From the longest wait before the head to the longest time after it, and a little room.
  const bounds = alignedBounds([one, other], 'head', ORIGIN)
  expect(bounds?.fromMs).toBe(-400)
  expect(bounds?.toMs).toBeCloseTo(950 + 0.02 * 1_350)
  expect(toOwnSpan({ fromMs: -10, toMs: 20 }, other, 'head')).toEqual({ fromMs: 5_390, toMs: 5_420 })
  expect(toOwnSpan({ fromMs: 0, toMs: 1 }, other, 'first event')).toBeNull()
  expect(alignedBounds([other], 'first event', ORIGIN)).toBeNull()
})

test('a distribution names figures of runs, by nearest rank', () => {
  expect(toDistribution([])).toBeNull()
  expect(toDistribution([null, 7, null])).toEqual({ count: 1, min: 7, p50: 7, p95: 7, max: 7 })
  expect(toDistribution(Array.from({ length: 100 }, (_, index) => 100 - index))).toEqual({
    count: 100,
    min: 1,
    p50: 50,
    p95: 95,
    max: 100,
  })
  const random = createRandom(3)
  for (let round = 0; round < 100; round += 1) {
    const values = Array.from({ length: 1 + Math.floor(random() * 30) }, () => Math.floor(random() * 1000))
    const { p50 = -1, p95 = -1 } = toDistribution(values) ?? {}
    const share = (most: number) => values.filter((value) => value <= most).length / values.length
    const below = (least: number) => values.filter((value) => value < least).length / values.length
    expect([values.includes(p50), values.includes(p95)]).toEqual([true, true])
    expect(share(p50)).toBeGreaterThanOrEqual(0.5)
    expect(below(p50)).toBeLessThan(0.5)
    expect(share(p95)).toBeGreaterThanOrEqual(0.95)
    expect(below(p95)).toBeLessThan(0.95)
  }
})

test('words are counted, the most frequent first', () => {
  expect(countWords(['a', 'b', 'b', 'c'])).toEqual([
    ['b', 2],
    ['a', 1],
    ['c', 1],
  ])
})
