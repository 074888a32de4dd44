import { expect, test } from 'vitest'
import {
  attempt,
  chunk,
  chunked,
  createRandom,
  dispatched,
  dropped,
  end,
  everyUnit,
  head,
  note,
  open,
  randomlyCut,
  reason,
} from '../../helpers/stream-builders.ts'
import { connectionOf, entriesOf } from './connection-of.ts'

const SSE =
  '\ufeffid: 1\r\nevent: token\r\ndata: Hé\r\ndata: 🙂\r\n\r\n: beat\n\nretry: 9\n\nid: 2\n\ndata: end\n\ndata: cut'
const SSE_ENTRIES = [
  'event|token|1|Hé\n🙂',
  'comment|||beat',
  'retry|||9',
  'no-data||2|id: 2',
  'event|message|2|end',
  'tail|||data: cut',
]

test('entries are right however the text is cut into chunks', () => {
  const seed = Math.floor(Math.random() * 2 ** 32)
  const random = createRandom(seed)
  const cuts = [[SSE], everyUnit(SSE), ...Array.from({ length: 40 }, () => randomlyCut(SSE, random, 20))]
  for (const parts of cuts) {
    const connection = connectionOf(open(), head(), ...parts.map((text) => chunk(text)), end())
    expect(entriesOf(connection), `seed ${seed}`).toEqual(SSE_ENTRIES)
    expect(connection.chunks.text()).toBe(SSE)
    expect(connection.eventCount).toBe(2)
  }
})

test('an entry knows its number and has the time of the chunk that completed it', () => {
  const texts = chunked('data: a\n\n:c\n\ndata: b\n\n', [8, 1])
  const { entries, firstEventAtMs, firstByteAtMs, lastByteAtMs } = connectionOf(
    open(),
    head(),
    ...texts.map((text, index) => chunk(text, { atMs: 200 + index })),
  )
  expect(
    [0, 1, 2].map((index) => entries.at(index)).map(({ index, number, atMs, chunk: at }) => [index, number, atMs, at]),
  ).toEqual([
    [0, 1, 201, 1],
    [1, 0, 202, 2],
    [2, 2, 202, 2],
  ])
  expect([firstByteAtMs, firstEventAtMs, lastByteAtMs]).toEqual([200, 201, 202])
})

test('a fetch goes from connecting over waiting and open to its ending', () => {
  const states = [[], [head()], [head(), chunk('data: a\n\n')], [head(), chunk('data: a\n\n'), end()]].map(
    (records) => {
      const { state, alive, ending } = connectionOf(open(), ...records)
      return [state, alive, ending?.verdict ?? null]
    },
  )
  expect(states).toEqual([
    ['connecting', true, null],
    ['waiting', true, null],
    ['open', true, null],
    ['completed', false, 'completed'],
  ])
})

test('an EventSource reconnects, which is no ending, and counts its attempts', () => {
  const source = open({ transport: 'eventsource', method: 'GET' })
  const records = [
    attempt('open'),
    dispatched('a', { id: '7', type: 'tick' }),
    attempt('reconnecting'),
    attempt('open'),
    dispatched('b'),
    end('error', { readyState: 0 }),
  ]
  const states = records.map((_, index) => connectionOf(source, ...records.slice(0, index + 1)).state)
  expect(states).toEqual(['waiting', 'open', 'reconnecting', 'open', 'open', 'reconnecting'])
  const connection = connectionOf(source, ...records)
  expect([connection.alive, connection.attempts, connection.framing, connection.eventCount]).toEqual([
    true,
    2,
    'events',
    2,
  ])
  expect(entriesOf(connection)).toEqual(['event|tick|7|a', 'event|message||b'])
  expect(connection.entries.at(0)).toMatchObject({ chunk: -1, number: 1, atMs: 200 })
  expect(connectionOf(source, end('error', { readyState: 2 })).state).toBe('refused')
})

test('the framing is what the text says, once it says it', () => {
  expect(connectionOf(open(), head('application/x-ndjson')).framing).toBe('ndjson')
  const wrong = connectionOf(open(), head('application/json'), chunk('da'), chunk('ta: a\n'), chunk('\n'))
  expect([wrong.framing, entriesOf(wrong)]).toEqual(['sse', ['event|message||a']])
  expect(connectionOf(open(), head('application/json'), chunk('da'), chunk('ta: a\n\n')).entries.at(0).chunk).toBe(1)
  const error = connectionOf(open(), head('application/json'), chunk('{"error":'), chunk('1}'), end())
  expect([error.framing, entriesOf(error)]).toEqual(['text', ['event|message||{"error":', 'event|message||1}']])
})

test('an event that only later text or the end tells of still has its chunk’s time', () => {
  const late = connectionOf(
    open(),
    head('text/plain'),
    chunk('{"a":1', { atMs: 210 }),
    chunk('}\n{}', { atMs: 220 }),
    chunk('', { atMs: 230 }),
    end(),
  )
  expect([late.firstEventAtMs, late.entries.at(1).atMs, late.eventCount]).toEqual([220, 230, 2])
  expect(connectionOf(open(), head('application/x-ndjson'), chunk('{}', { atMs: 210 }), end()).firstEventAtMs).toBe(210)
})

test('a wrong type in many tiny chunks is still told in time', () => {
  const parts = everyUnit(`${JSON.stringify({ long: 'x'.repeat(20_000) })}\n{}\n`)
  const connection = connectionOf(open(), head('text/plain'), ...parts.map((text) => chunk(text)))
  expect([connection.framing, connection.eventCount]).toEqual(['ndjson', 2])
})

test('after dropped chunks what follows is not glued to what came before', () => {
  const connection = connectionOf(
    open(),
    head(),
    chunk('data: a\n\ndata: b'),
    dropped(3, 400),
    chunk('gin\n\ndata: c\n\n'),
    dropped(1, 5),
    chunk('data: d\n\n'),
  )
  expect(entriesOf(connection)).toEqual([
    'event|message||a',
    'tail|||data: b',
    'tail|||gin',
    'event|message||c',
    'event|message||d',
  ])
  expect(connection.dropped).toEqual({ records: 4, sizeBytes: 405 })
})

test('where the first chunks are missing, the type is believed before a fragment', () => {
  const connection = connectionOf(open(), head(), dropped(3, 400), chunk('{"half":1}\n\ndata: c\n\n'))
  expect([connection.framing, entriesOf(connection)]).toEqual(['sse', ['tail|||{"half":1}', 'event|message||c']])
})

test('the ending has the evidence: tail, signal, body of an error', () => {
  expect(connectionOf(open(), head(), chunk('data: a\n\ndata'), end()).ending?.verdict).toBe('incomplete')
  expect(connectionOf(open(), head('application/x-ndjson'), chunk('{}\n{"a'), end()).ending?.verdict).toBe('incomplete')
  expect(connectionOf(open(), head('application/x-ndjson'), chunk('{}\n{}'), end()).ending?.verdict).toBe('completed')
  const aborted = connectionOf(
    open(),
    head(),
    chunk('data: a\n\ndata'),
    end('error', { signal: reason('string', 'stop') }),
  )
  expect(aborted.ending?.sentence).toBe(`Aborted by the page 3.2 s in, after 1 event: 'stop'. HTTP status was 200.`)
  const refused = connectionOf(
    open(),
    head('application/json', { status: 401, statusText: '' }),
    chunk('{"no":1}'),
    end(),
  )
  expect(refused.ending?.sentence).toBe(`The server answered with HTTP status 401: '{"no":1}'.`)
})

test('after the end only what tells more is taken', () => {
  const late = { k: 'body', n: 0, atMs: 9, c: 1, body: { kind: 'stream' } } as const
  const connection = connectionOf(open(), head(), end(), chunk('data: a\n\n'), end('error'), late, note('cut'))
  expect([connection.ending?.verdict, connection.chunks.length, connection.body.kind, connection.notes.length]).toEqual(
    ['completed', 0, 'stream', 1],
  )
})

test('records of another transport are not taken', () => {
  expect(connectionOf(open({ transport: 'eventsource' }), chunk('data: a\n\n')).chunks.length).toBe(0)
  expect(connectionOf(open(), dispatched('a')).entries.length).toBe(0)
})
