import { expect, test } from 'vitest'
import { createGaps, isLongGap } from '../../../lib/timeline/gaps.ts'
import { chunk, dispatched, end, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'

const stream = (...chunks: readonly (readonly [atMs: number, text: string])[]) =>
  connectionOf(open(), head(), ...chunks.map(([atMs, text]) => chunk(text, { atMs })))

test('a gap is the wait between two moments; events of one chunk come at one', () => {
  const gaps = createGaps(stream([200, 'data: a\n\ndata: b\n\n'], [250, 'data: c\n\n'], [1250, 'data: d\n\n']).entries)
  expect(gaps.update()).toBe(true)
  expect(gaps.moments).toBe(3)
  expect(gaps.mostAtOnce).toBe(2)
  expect(gaps.longest).toEqual([
    { ms: 1000, entry: 3, fromMs: 250 },
    { ms: 50, entry: 2, fromMs: 200 },
  ])
  expect(gaps.lengths.percentile(0.5)).toBe(50)
  // Two events after the first moment, in 1.05 s.
  expect(gaps.ratePerS).toBeCloseTo(2 / 1.05)
})

test('heartbeats do not end a gap and are counted apart', () => {
  const gaps = createGaps(
    stream(
      [200, 'data: a\n\n'],
      [300, ': still here\n\n'],
      [400, 'event: ping\ndata: {}\n\n'],
      [500, 'retry: 5\n\n'],
      [600, 'data: b\n\n'],
    ).entries,
  )
  gaps.update()
  expect(gaps.longest).toEqual([{ ms: 400, entry: 4, fromMs: 200 }])
  expect([gaps.comments, gaps.pings, gaps.moments]).toEqual([1, 1, 2])
})

test('the dispatched events of an EventSource at one time are one moment', () => {
  const events = [200, 200, 260].map((atMs, index) => dispatched(String(index), { atMs }))
  const gaps = createGaps(connectionOf(open({ transport: 'eventsource' }), ...events).entries)
  gaps.update()
  expect([gaps.moments, gaps.mostAtOnce, gaps.lengths.maxMs]).toEqual([2, 2, 60])
})

test('each entry is looked at once, and a part of them can be asked for', () => {
  const connection = stream([200, 'data: a\n\n'], [210, 'data: b\n\n'], [240, 'data: c\n\n'], [300, 'data: d\n\n'])
  let looks = 0
  const entries = { ...connection.entries, kindOf: (index: number) => (looks++, connection.entries.kindOf(index)) }
  Object.defineProperty(entries, 'length', { get: () => connection.entries.length })
  const gaps = createGaps(entries)
  gaps.update()
  gaps.update()
  expect(looks).toBe(4)
  const part = createGaps(connection.entries, 1, 3)
  part.update()
  expect([part.moments, part.lengths.maxMs]).toEqual([2, 30])
})

test('only the longest gaps are kept, longest first', () => {
  let atMs = 200
  const chunks = Array.from({ length: 101 }, (_, index) => {
    atMs += ((index * 37) % 101) + 1
    return [atMs, `data: ${index}\n\n`] as const
  })
  const gaps = createGaps(stream(...chunks).entries)
  gaps.update()
  expect(gaps.longest.map(({ ms }) => ms)).toEqual([101, 100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90])
})

test('a stream without events has no gaps and no rate', () => {
  const gaps = createGaps(connectionOf(open(), head(), end()).entries)
  expect(gaps.update()).toBe(true)
  expect([gaps.moments, gaps.lengths.percentile(0.5), gaps.ratePerS]).toEqual([0, null, null])
})

test('a silence is long against the others of its stream', () => {
  expect(isLongGap(10_000, 50, 0, 15_000)).toBe(true)
  expect(isLongGap(30_000, 50, 0, 50 * 30_000)).toBe(false)
  expect(isLongGap(900, 50, 0, 1000)).toBe(false)
  expect(isLongGap(10_000, 2, 0, 10_000)).toBe(false)
})
