import { expect, test } from 'vitest'
import { createEventDiff, type EventDiff, type PairBy } from '../../../lib/compare/event-diff.ts'
import { parseIgnored } from '../../../lib/compare/ignored.ts'
import { createConnection } from '../../../lib/session/connection.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { SEGMENT_LENGTH } from '../../../lib/session/store/text-store.ts'
import { chunk, end, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'
import { longStreams } from './long-streams.ts'

const streamOf = (...texts: string[]) => connectionOf(open(), head(), ...texts.map((text) => chunk(text)), end())

function diffOf(a: Connection, b: Connection, pairBy: PairBy = 'order', ignored = ''): EventDiff {
  const diff = createEventDiff(a, b, pairBy, parseIgnored(ignored).ignored)
  while (diff.update(Infinity) !== true);
  return diff
}

/** `=1/1` the same, `≠2/2` changed, `-3` and `+3` only in one: by the events' numbers. */
function written(diff: EventDiff, a: Connection, b: Connection): string[] {
  return Array.from({ length: diff.rows.length }, (_, index) => {
    const row = diff.rows.at(index)
    const left = row.a === -1 ? '' : String(a.entries.at(diff.entryOf('a', row.a)).number)
    const right = row.b === -1 ? '' : String(b.entries.at(diff.entryOf('b', row.b)).number)
    return {
      same: `=${left}/${right}`,
      changed: `≠${left}/${right}`,
      'only first': `-${left}`,
      'only second': `+${right}`,
    }[row.kind]
  })
}

test('comments are left aside, types count, and what is ignored does not', () => {
  const a = streamOf(': hi\n\n', 'data: {"id":1,"x":"a"}\n\n', 'event: tick\ndata: 2\n\n', 'data: 3\n\n')
  const b = streamOf('data: {"x":"a","id":9}\n\n', 'event: tock\ndata: 2\n\n', ': hi\n\n', 'data: 3\n\n', 'data: 4\n\n')
  expect(written(diffOf(a, b, 'order', 'id'), a, b)).toEqual(['=1/1', '≠2/2', '=3/3', '+4'])
  expect(written(diffOf(a, b), a, b)).toEqual(['≠1/1', '≠2/2', '=3/3', '+4'])
})

test('by id: events of one id belong together, and it is known whether there are ids', () => {
  const a = streamOf('id: 1\ndata: a\n\n', 'id: 2\ndata: b\n\n')
  const b = streamOf('id: 2\ndata: B\n\n', 'id: 1\ndata: a\n\n', 'id: 3\ndata: c\n\n')
  const diff = diffOf(a, b, 'id')
  expect(diff.hasIds).toBe(true)
  expect(written(diff, a, b)).toEqual(['=1/2', '+3', '≠2/1'])
  expect(diffOf(a, streamOf('data: a\n\n'), 'id').hasIds).toBe(false)
})

test('it follows streams that grow, and takes in all when they have ended', () => {
  const frame = { doc: 'd1', frameId: 0, top: true, url: 'https://page.test/', timeOriginMs: 1_700_000_000_000 }
  const live = createConnection({ key: 'd1/2', number: 2, frame, open: open() })
  live.take(head())
  live.take(chunk('data: 1\n\n'))
  const a = streamOf('data: 1\n\n', 'data: 2\n\n')
  const diff = diffOf(a, live.view)
  expect(written(diff, a, live.view)).toEqual(['=1/1', '-2'])
  const { round } = diff
  live.take(chunk('data: 2\n\n'))
  live.take(end())
  while (diff.update(Infinity) !== true);
  expect(diff.round).toBeGreaterThan(round)
  expect(written(diff, a, live.view)).toEqual(['=1/1', '=2/2'])
  // Nothing new: nothing is done again.
  const again = diff.round
  expect(diff.update(0)).toBe(true)
  expect(diff.round).toBe(again)
})

test('a long comparison is done in many short steps, and says how far it is', () => {
  const text = (odd: number) =>
    Array.from({ length: 5_000 }, (_, n) => `data: {"n":${n % 50 === odd ? -n : n},"id":"${odd}-${n}"}\n\n`).join('')
  const [a, b] = [streamOf(text(3)), streamOf(text(7))]
  const diff = createEventDiff(a, b, 'order', parseIgnored('id').ignored)
  let steps = 0
  let last = 0
  while (diff.update(0) !== true) {
    steps += 1
    expect(diff.progress).toBeGreaterThanOrEqual(last)
    last = diff.progress
  }
  expect(steps).toBeGreaterThan(50)
  expect(diff.rows.counts).toEqual({ same: 4_800, changed: 200, 'only first': 0, 'only second': 0 })
})

test('texts that are in the storage are brought and compared', async () => {
  const { a, b } = longStreams(() => ({ bytes: SEGMENT_LENGTH, beyond: 'store' }))
  await expect.poll(() => a.entries.awayOf(10)).toBe('stored')
  const diff = createEventDiff(a, b, 'order', parseIgnored('').ignored)
  let waits = 0
  for (let progress = diff.update(1000); progress !== true; progress = diff.update(1000)) {
    await progress
    waits += 1
  }
  expect(waits).toBeGreaterThan(0)
  expect([diff.rows.counts.same, diff.rows.counts.changed, diff.missing]).toEqual([1_960, 40, 0])
})

test('events that were dropped are the same as nothing, and are counted', () => {
  const { a, b } = longStreams(() => ({ bytes: SEGMENT_LENGTH, beyond: 'drop' }))
  const diff = diffOf(a, b)
  expect(diff.missing).toBeGreaterThan(1_000)
  const dropped = Array.from({ length: diff.rows.length }, (_, index) => diff.rows.at(index)).filter(
    (row) => row.a !== -1 && a.entries.awayOf(diff.entryOf('a', row.a)) === 'dropped',
  )
  expect(dropped.length).toBeGreaterThan(500)
  expect(dropped.some(({ kind }) => kind === 'same')).toBe(false)
})
