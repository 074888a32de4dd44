import { expect, test } from 'vitest'
import { marksOf, segmentsOf, untilMsOf } from '../../../lib/timeline/marks.ts'
import { attempt, chunk, dispatched, end, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'

test('marks are those that are known, in order', () => {
  const connection = connectionOf(
    open({ atMs: 100 }),
    head('text/event-stream', { atMs: 150 }),
    chunk(': hi\n\n', { atMs: 200 }),
    chunk('data: a\n\n', { atMs: 260 }),
    end('done', { atMs: 400 }),
  )
  expect(marksOf(connection, 260).map(({ name, atMs }) => `${name} ${atMs}`)).toEqual([
    'start 100',
    'head 150',
    'first byte 200',
    'first event 260',
    'first text 260',
    'last byte 260',
    'end 400',
  ])
  expect(marksOf(connectionOf(open())).map(({ name }) => name)).toEqual(['start'])
})

test('a fetch waits, then is open until its end', () => {
  const connection = connectionOf(open({ atMs: 100 }), head('', { atMs: 150 }), end('done', { atMs: 400 }))
  expect(segmentsOf(connection, 400)).toEqual([
    { kind: 'waiting', fromMs: 100, toMs: 150 },
    { kind: 'open', fromMs: 150, toMs: 400 },
  ])
})

test('the attempts of an EventSource are segments of one lane', () => {
  const connection = connectionOf(
    open({ transport: 'eventsource', atMs: 100 }),
    attempt('open', { atMs: 150 }),
    dispatched('a', { atMs: 200 }),
    attempt('reconnecting', { atMs: 300 }),
    attempt('reconnecting', { atMs: 500 }),
    attempt('open', { atMs: 700 }),
  )
  expect(segmentsOf(connection, 900).map(({ kind, fromMs, toMs }) => `${kind} ${fromMs}–${toMs}`)).toEqual([
    'waiting 100–150',
    'open 150–300',
    'broken 300–500',
    'broken 500–700',
    'open 700–900',
  ])
})

test('a live lane reaches to now, an ended one to its ending, neither ends before what was seen', () => {
  const live = connectionOf(open({ atMs: 100 }), head(), chunk('data: a\n\n', { atMs: 260 }))
  expect(untilMsOf(live, 500)).toBe(500)
  expect(untilMsOf(live, 5)).toBe(260)
  const ended = connectionOf(open({ atMs: 100 }), head(), end('done', { atMs: 400 }))
  expect(untilMsOf(ended, 500)).toBe(400)
})
