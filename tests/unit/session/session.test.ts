import { effect } from '@preact/signals'
import { expect, test } from 'vitest'
import type { HubToPanel } from '../../../lib/protocol.ts'
import { createSession } from '../../../lib/session/session.ts'
import type { Connection, ListRow } from '../../../lib/session/types.ts'
import {
  attempt,
  batchOf,
  chunk,
  documentRecord,
  dropped,
  end,
  gone,
  head,
  navigated,
  note,
  numbered,
  open,
  page,
  reached,
  reason,
  welcome,
} from '../../helpers/stream-builders.ts'

/** A session whose frames come when the test says so; its wall clock stands 5 s after the pages' start. */
function start(...messages: readonly HubToPanel[]) {
  const frames: (() => void)[] = []
  const session = createSession({ schedule: (flush) => frames.push(flush) })
  for (const message of messages) session.apply(message)
  return { session, frames, frame: () => frames.splice(0).forEach((flush) => flush()) }
}

const label = (row: ListRow) =>
  row.kind === 'navigation' ? `— ${row.url}` : `${row.connection.number} ${row.connection.state}`
const connections = (rows: readonly ListRow[]): Connection[] =>
  rows.flatMap((row) => (row.kind === 'connection' ? [row.connection] : []))
const stream = (c: number) => [open({ c }), head('text/event-stream', { c }), chunk('data: a\n\n', { c })]

test('a page’s stream becomes a row with its frame, records and events', () => {
  const { session } = start(
    welcome,
    reached(),
    page().batch(documentRecord({ url: 'https://page.test/#chat' }), ...stream(1), chunk('data: b\n\n'), end()),
  )
  const [connection] = connections(session.rows)
  expect(session.link.value).toBe('ready')
  expect(session.pageUrl).toBe('https://page.test/')
  expect(connection).toMatchObject({
    key: 'd1/1',
    number: 1,
    state: 'completed',
    eventCount: 2,
    frame: { doc: 'd1', frameId: 0, top: true, url: 'https://page.test/#chat', timeOriginMs: 1_700_000_000_000 },
  })
  expect(session.losses).toEqual([])
})

test('records that come again are taken once', () => {
  const records = numbered([documentRecord(), ...stream(1), chunk('data: b\n\n')])
  const { session } = start(
    reached(),
    batchOf(records.slice(0, 4)),
    batchOf(records.slice(1)),
    batchOf(records),
    reached(),
    batchOf(records),
  )
  expect(connections(session.rows).map(({ eventCount, chunks }) => [eventCount, chunks.text()])).toEqual([
    [2, 'data: a\n\ndata: b\n\n'],
  ])
  expect(session.losses).toEqual([])
})

test('documents number their records and connections each for itself', () => {
  const { session } = start(
    reached('d1'),
    reached('d2', 7, 'https://frame.test/'),
    page('d1').batch(open()),
    page('d2').batch(open()),
    page('d3').batch(open()),
  )
  expect(connections(session.rows).map(({ key, number, frame }) => [key, number, frame.frameId, frame.top])).toEqual([
    ['d1/1', 1, 0, true],
    ['d2/1', 2, 7, false],
    ['d3/1', 3, -1, false],
  ])
})

test('versions are raised once a frame, for the session and for each connection that changed', () => {
  const d1 = page()
  const { session, frames, frame } = start(reached(), d1.batch(...stream(1), ...stream(2)))
  let seen = 0
  const stop = effect(() => void (session.version.value, (seen += 1)))
  expect([frames.length, session.version.value]).toEqual([1, 0])
  frame()
  expect([session.version.value, seen]).toEqual([1, 2])
  const [first, second] = connections(session.rows)
  const before = [first?.version.value, second?.version.value]
  session.apply(d1.batch(chunk('data: b\n\n', { c: 2 })))
  session.apply(d1.batch(chunk('data: c\n\n', { c: 2 })))
  expect(frames.length).toBe(1)
  frame()
  expect([first?.version.value, second?.version.value]).toEqual([before[0], (before[1] ?? 0) + 1])
  expect([session.version.value, seen]).toEqual([2, 3])
  stop()
})

test('a batch in parts is read with its last part', () => {
  const batch = batchOf(numbered(stream(1)))
  if (batch.k !== 'batch') throw new Error('not a batch')
  const parts = [batch.json.slice(0, 50), batch.json.slice(50, 90), batch.json.slice(90)].map((json, part) => ({
    ...batch,
    json,
    part,
    more: part < 2,
  }))
  const { session } = start(reached(), ...parts)
  expect(connections(session.rows)[0]?.eventCount).toBe(1)
  // Dialled again in the middle of a batch: it starts from its beginning.
  const again = start(reached(), ...parts.slice(0, 1), reached(), ...parts)
  expect([connections(again.session.rows)[0]?.eventCount, again.session.losses]).toEqual([1, []])
  const holed = start(reached(), ...parts.slice(0, 1), ...parts.slice(2))
  expect(holed.session.losses).toEqual(['Left out, as it could not be read: 1 message from the page.'])
})

test('where the hub let go of records, what follows is not glued to what came before', () => {
  const d1 = page()
  const { session } = start(reached(), d1.batch(...stream(1), chunk('data: b')))
  d1.batch(chunk('x'))
  session.apply({ k: 'lost', doc: 'd1', records: 1, sizeBytes: 1 })
  session.apply(d1.batch(chunk('egin\n\ndata: c\n\n')))
  const entries = connections(session.rows)[0]?.entries
  expect([0, 1, 2, 3].map((index) => entries?.at(index)).map((entry) => `${entry?.kind} ${entry?.data}`)).toEqual([
    'event a',
    'tail data: b',
    'tail egin',
    'event c',
  ])
})

test('an ending by navigation has the navigation’s time, also when the panel hears of it late', () => {
  for (const order of [
    [gone(), navigated('https://b.test/', 1_700_000_002_000)],
    [navigated('https://b.test/', 1_700_000_002_000), gone()],
  ]) {
    const { session } = start(reached(), page().batch(documentRecord(), ...stream(1)), ...order)
    expect(connections(session.rows)[0]?.ending?.atMs).toBe(2000)
  }
})

test('where a page went is told also when its broken read and the navigation come after it was left', () => {
  const d1 = page()
  const { session } = start(reached(), d1.batch(documentRecord(), ...stream(1)), gone('d1', false, 1_700_000_002_000))
  session.apply(d1.batch(end('error', { atMs: 2_001, reason: reason('TypeError', 'network error') })))
  session.apply(navigated('https://b.test/', 1_700_000_002_010))
  const ending = connections(session.rows)[0]?.ending
  expect(ending?.verdict).toBe('page gone')
  expect(ending?.sentence).toContain('https://b.test/')
})

test('whatever a page sends, nothing is thrown, the rest is taken and what was left out is said', () => {
  const bad = (json: string): HubToPanel => ({ k: 'batch', doc: 'd1', first: 1, last: 99, json, part: 0, more: false })
  const good = numbered(stream(1))
  const { session } = start(
    reached(),
    bad('{'),
    bad('{"k":"open"}'),
    bad('['.repeat(100_000)),
    { ...bad(''), json: 7 } as unknown as HubToPanel,
    bad(
      JSON.stringify([
        null,
        7,
        { k: 'open', n: 1, atMs: 0 },
        ...good,
        { ...chunk('x'), n: 4, sizeBytes: 'big' },
        { ...chunk('x'), n: 5, c: 9 },
      ]),
    ),
    bad(
      JSON.stringify([
        { ...open(), n: 6, url: 'https://fake.test/' },
        { ...attempt('open'), n: 7 },
      ]),
    ),
  )
  expect(connections(session.rows).map(({ eventCount, open: { url } }) => [eventCount, url])).toEqual([
    [1, 'https://api.test/chat'],
  ])
  expect(session.losses).toEqual([
    'Left out, as it could not be read: 4 messages from the page.',
    'Left out, as not in the shape of a record: 4 records from the page.',
    'Left out, as fitting no connection: 2 records from the page.',
  ])
})

test('what was dropped, let go or cut on the way is said', () => {
  const { session } = start(
    reached(),
    batchOf([
      { ...open(), n: 1 },
      { ...dropped(9, 1200), n: 10 },
      { ...dropped(50, 300, { c: 0 }), n: 12 },
      { ...note('cut'), n: 13 },
    ]),
    { k: 'lost', doc: 'd1', records: 1, sizeBytes: 20 },
  )
  expect(session.losses).toEqual([
    'Dropped in the page before they could be shown, as its journal was full: 21 records (1.5 kB).',
    'Let go on the way, as no panel was there to take them: 1 record (20 bytes).',
    'Too large to keep whole, so cut: 1 event or chunk.',
  ])
  expect(connections(session.rows)[0]?.dropped.records).toBe(9)
})

test('while not recording, new connections are left out and shown ones go on', () => {
  const d1 = page()
  const { session } = start(reached(), d1.batch(...stream(1)))
  session.recording.value = false
  session.apply(d1.batch(...stream(2), chunk('data: b\n\n', { c: 1 })))
  session.recording.value = true
  session.apply(d1.batch(chunk('data: b\n\n', { c: 2 }), ...stream(3)))
  expect(connections(session.rows).map(({ key, eventCount }) => [key, eventCount])).toEqual([
    ['d1/1', 2],
    ['d1/3', 1],
  ])
  expect(session.losses).toEqual([])
})

test('a page that goes ends what lived in it, and the navigation says where to', () => {
  const { session } = start(
    reached(),
    page().batch(documentRecord(), ...stream(1), ...stream(2), end('done', { c: 2 })),
    gone(),
    navigated('https://page.test/next'),
  )
  expect(session.rows.map(label)).toEqual(['1 page gone', '2 completed', '— https://page.test/next'])
  expect(connections(session.rows)[0]?.ending).toMatchObject({
    atMs: 5000,
    sentence: 'The page went away to https://page.test/next 4.9 s in, after 1 event. HTTP status was 200.',
  })
  expect(session.pageUrl).toBe('https://page.test/next')
})

test('where the navigation is known first, the page that goes after it went there', () => {
  const { session } = start(reached(), page().batch(...stream(1)), navigated('https://page.test/next'), gone())
  expect(connections(session.rows)[0]?.ending?.sentence).toContain('to https://page.test/next')
})

test('a page that comes back from the back/forward cache lives again', () => {
  const d1 = page()
  const { session } = start(reached(), d1.batch(documentRecord(), ...stream(1)), gone('d1', true))
  expect(session.rows.map(label)).toEqual(['1 page gone'])
  session.apply(reached())
  expect(session.rows.map(label)).toEqual(['1 open'])
  session.apply(d1.batch(chunk('data: b\n\n'), end('error')))
  expect(session.rows.map(label)).toEqual(['1 lost'])
  expect(connections(session.rows)[0]?.eventCount).toBe(2)
})

test('a read that breaks because the page left is the page’s leaving', () => {
  const d1 = page()
  const { session } = start(reached(), d1.batch(...stream(1)), gone(), d1.batch(end('error')))
  expect(session.rows.map(label)).toEqual(['1 page gone'])
})

test('without preserve a navigation drops the ended rows of pages that are gone', () => {
  for (const order of [
    [gone(), navigated('https://b.test/')],
    [navigated('https://b.test/'), gone()],
  ]) {
    const d1 = page('d1')
    const d2 = page('d2')
    const { session } = start(reached(), d1.batch(...stream(1), end(), ...stream(2)))
    session.preserve.value = false
    for (const message of order) session.apply(message)
    for (const message of [reached('d2', 0, 'https://b.test/'), d2.batch(...stream(1)), d1.batch(chunk('x', { c: 2 }))])
      session.apply(message)
    expect(session.rows.map(label)).toEqual(['3 open'])
    expect(session.losses).toEqual([])
  }
})

test('clear takes ended rows and keeps live ones; undo puts them back in their places', () => {
  const d1 = page()
  const { session, frame } = start(
    reached(),
    d1.batch(...stream(1), end(), ...stream(2)),
    navigated('https://b.test/'),
    d1.batch(...stream(3), end('done', { c: 3 })),
  )
  session.clear()
  frame()
  expect(session.rows.map(label)).toEqual(['2 open'])
  expect(session.canUndoClear.value).toBe(true)
  session.apply(d1.batch(...stream(4)))
  session.undoClear()
  frame()
  expect(session.rows.map(label)).toEqual(['1 completed', '2 open', '— https://b.test/', '3 completed', '4 open'])
  expect(session.canUndoClear.value).toBe(false)
})

test('records for connections cleared for good are ignored quietly', () => {
  const d1 = page()
  const { session } = start(reached(), d1.batch(...stream(1), end(), ...stream(2)))
  session.clear()
  session.apply(d1.batch(end('done', { c: 2 })))
  session.clear()
  session.apply(d1.batch(note('cut', { c: 1, note: 'read-by' })))
  session.undoClear()
  expect([session.rows.map(label), session.losses]).toEqual([['2 completed'], []])
})

test('a clear with nothing to take keeps the clear before undoable', () => {
  const { session } = start(reached(), page().batch(...stream(1), end()))
  session.clear()
  session.clear()
  session.undoClear()
  expect(session.rows.map(label)).toEqual(['1 completed'])
})

test('the link is lost with the channel, and with a hub of another version', () => {
  const { session } = start()
  expect(session.link.value).toBe('waiting')
  session.apply(welcome)
  session.disconnect()
  expect(session.link.value).toBe('lost')
  const other = start({ k: 'welcome', v: 2, tabId: 1 }).session
  expect([other.link.value, other.losses.length]).toEqual(['lost', 1])
})
