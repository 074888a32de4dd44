import { expect, test } from 'vitest'
import { toDurationMs, toLastSeenAtMs, toSize, toWallMs } from '../../../lib/session/figures.ts'
import { chunk, dispatched, end, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from './connection-of.ts'

test('a live connection lasts until the latest thing seen, an ended one until its end', () => {
  expect(toDurationMs(connectionOf(open({ atMs: 100 })))).toBe(0)
  expect(toDurationMs(connectionOf(open({ atMs: 100 }), head('', { atMs: 150 })))).toBe(50)
  expect(toDurationMs(connectionOf(open({ atMs: 100 }), head('', { atMs: 150 }), chunk('a', { atMs: 260 })))).toBe(160)
  expect(
    toDurationMs(connectionOf(open({ atMs: 100 }), head(), chunk('a', { atMs: 260 }), end('done', { atMs: 400 }))),
  ).toBe(300)
})

test('an EventSource was last seen at its last event, and its size is at least its data', () => {
  const connection = connectionOf(open({ transport: 'eventsource' }), dispatched('ä🙂a', { atMs: 333 }))
  expect(toLastSeenAtMs(connection)).toBe(333)
  expect(toSize(connection)).toEqual({ sizeBytes: 7, atLeast: true })
  expect(toSize(connectionOf(open(), chunk('abc')))).toEqual({ sizeBytes: 3, atLeast: false })
})

test('the time of day needs the document’s clock', () => {
  const connection = connectionOf(open())
  expect(toWallMs(connection, 5)).toBe(1_700_000_000_005)
  expect(toWallMs({ ...connection, frame: { ...connection.frame, timeOriginMs: 0 } }, 5)).toBeNull()
})
