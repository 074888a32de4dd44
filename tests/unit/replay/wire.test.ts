import { expect, test } from 'vitest'
import { createSession } from '../../../lib/session/session.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { toPageReplay, toRecordedBody, toSizeBytes } from '../../../lib/replay/wire.ts'
import { dispatched, documentRecord, note, open, page } from '../../helpers/stream-builders.ts'
import { plan, type GivenPlan } from '../../helpers/replay-plans.ts'

const MARK = { run: 'r1', of: 'd1/1' }
const replayOf = (given: GivenPlan, original: Connection | null = null) => toPageReplay(plan(given), MARK, original)

test('headers go out as fetch would join them, without those that a page may not set', async () => {
  const headers = [
    ['X-A', ' 1 '],
    ['Cookie', 'a=b'],
    ['x-a', '2'],
    ['Bad Name', 'x'],
  ] as const
  expect((await replayOf({ request: { headers } })).headers).toEqual([['X-A', '1, 2']])
})

test('only options that are not the usual ones are given', async () => {
  expect((await replayOf({})).options).toEqual({})
  const request = { credentials: 'omit', redirect: 'manual', cache: 'no-store', referrer: '', mode: 'no-cors' } as const
  expect((await replayOf({ request })).options).toEqual(request)
})

test('bytes name their type, unless a header does', async () => {
  const body = { kind: 'bytes', base64: 'AAEC', type: 'image/png' } as const
  const sent = await replayOf({ request: { method: 'POST', body } })
  expect(sent).toMatchObject({ content: { base64: 'AAEC' }, headers: [['Content-Type', 'image/png']] })
  expect(sent.body).toEqual({ kind: 'bytes', base64: 'AAEC', sizeBytes: 3, cut: false, type: 'image/png' })
  const other = await replayOf({ request: { method: 'POST', body, headers: [['content-type', 'x/y']] } })
  expect(other.headers).toEqual([['content-type', 'x/y']])
})

test('what is kept of a body for its record is bounded, its size is not', () => {
  expect(toRecordedBody({ kind: 'text', text: 'é'.repeat(300_000) })).toMatchObject({ sizeBytes: 600_000, cut: true })
  const bytes = toRecordedBody({ kind: 'bytes', base64: 'AAAA'.repeat(200_000), type: '' })
  expect(bytes).toMatchObject({ sizeBytes: 600_000, cut: true })
  expect(bytes).toHaveProperty('base64.length', 262_144)
  expect(['', 'AA==', 'AAA=', 'AAAA'].map(toSizeBytes)).toEqual([0, 1, 2, 3])
})

test('a form is recorded by its entries, and files by their sizes', () => {
  const entries = [
    { name: 'a', value: 'b' },
    { name: 'f', fileName: 'x.bin', type: 'a/b', base64: 'AAE=' },
  ]
  expect(toRecordedBody({ kind: 'form', entries })).toEqual({
    kind: 'form',
    entries: [
      { name: 'a', value: 'b' },
      { name: 'f', fileName: 'x.bin', type: 'a/b', sizeBytes: 2 },
    ],
  })
})

test('an EventSource gets its credentials, no headers and no body, and listens to the types of the original', async () => {
  const session = createSession({ schedule: (run) => run() })
  session.apply(
    page().batch(
      documentRecord(),
      open({ transport: 'eventsource', method: 'GET' }),
      note('listens-to', { detail: 'late' }),
      dispatched('1', { type: 'tick' }),
      dispatched('2'),
    ),
  )
  const [row] = session.rows
  const original = row?.kind === 'connection' ? row.connection : null
  const sent = await replayOf(
    { as: 'eventsource', request: { credentials: 'include', headers: [['X-A', '1']], timeoutMs: 5 } },
    original,
  )
  expect(sent).toMatchObject({
    as: 'eventsource',
    method: 'GET',
    headers: [],
    content: null,
    options: { withCredentials: 'true' },
    types: ['late', 'tick'],
    timeoutMs: null,
  })
})
