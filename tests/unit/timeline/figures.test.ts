import { expect, test } from 'vitest'
import { amountsOf, byteRatePerS } from '../../../lib/timeline/figures.ts'
import { chunk, dispatched, end, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'

const connection = connectionOf(
  open({ atMs: 100 }),
  head(),
  chunk('data: a\n\ndata: b\n\n', { atMs: 200 }),
  chunk(': c\n\n', { atMs: 300 }),
  chunk('data: d\n\n', { atMs: 400 }),
  end('done', { atMs: 500 }),
)

test('amounts of the whole are those of the connection', () => {
  expect(amountsOf(connection, null)).toEqual({ events: 3, others: 1, chunks: 3, bytes: 32 })
})

test('amounts of spans side by side add up to the whole', () => {
  expect(amountsOf(connection, { fromMs: 0, toMs: 300 })).toEqual({ events: 2, others: 1, chunks: 2, bytes: 23 })
  expect(amountsOf(connection, { fromMs: 300.5, toMs: 999 })).toEqual({ events: 1, others: 0, chunks: 1, bytes: 9 })
  expect(amountsOf(connection, { fromMs: 410, toMs: 999 })).toEqual({ events: 0, others: 0, chunks: 0, bytes: 0 })
})

test('the bytes of the first chunk took no time', () => {
  expect(byteRatePerS(connection, null)).toBeCloseTo((14 * 1000) / 200)
  expect(byteRatePerS(connection, { fromMs: 0, toMs: 250 })).toBeNull()
})

test('an EventSource shows no chunks, and its bytes only as a whole', () => {
  const source = connectionOf(
    open({ transport: 'eventsource' }),
    dispatched('ab', { atMs: 200 }),
    dispatched('cd', { atMs: 300 }),
  )
  expect(amountsOf(source, null)).toEqual({ events: 2, others: 0, chunks: null, bytes: 4 })
  expect(amountsOf(source, { fromMs: 250, toMs: 350 })).toEqual({ events: 1, others: 0, chunks: null, bytes: null })
  expect(byteRatePerS(source, null)).toBeNull()
})
