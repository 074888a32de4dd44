import { createParser } from 'eventsource-parser'
import { expect, test } from 'vitest'
import { chunked, createRandom, everyUnit, randomlyCut } from '../../helpers/stream-builders.ts'
import { brief, read } from './read.ts'

const sse = (...chunks: (string | null)[]) => brief(read('sse', chunks))
const events = (text: string) =>
  read('sse', [text])
    .filter(({ kind }) => kind === 'event')
    .map(({ type, id, data }) => [type, id, data])

test('the examples of the HTML standard give what it says', () => {
  expect(events('data: YHOO\ndata: +2\ndata: 10\n\n')).toEqual([['message', '', 'YHOO\n+2\n10']])
  expect(
    events(': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n'),
  ).toEqual([
    ['message', '1', 'first event'],
    ['message', '', 'second event'],
    ['message', '', ' third event'],
  ])
  expect(events('data\n\ndata\ndata\n\ndata:')).toEqual([
    ['message', '', ''],
    ['message', '', '\n'],
  ])
  expect(events('data:test\n\ndata: test\n\n')).toEqual([
    ['message', '', 'test'],
    ['message', '', 'test'],
  ])
})

test('a last block without its blank line is not dispatched but kept as a tail', () => {
  expect(sse('data: a\n\ndata: b\nda')).toEqual(['event "a"', 'tail "data: b\\nda"'])
  expect(sse('data: a\n')).toEqual(['tail "data: a"'])
  expect(sse('data: a\n\n')).toEqual(['event "a"'])
})

test('comments and retry are entries of their own and make no block', () => {
  expect(sse(': hello\n:again\n:\n\nretry: 2500\n\n')).toEqual([
    'comment "hello"',
    'comment "again"',
    'comment ""',
    'retry "2500"',
  ])
  expect(sse('data: a\n: within\ndata: b\n\n')).toEqual(['comment "within"', 'event "a\\nb"'])
  expect(sse(': cut heartb')).toEqual(['comment "cut heartb"'])
})

test('retry takes ASCII digits only', () => {
  for (const value of ['1s', '-1', '1.5', '', '１２', '  7']) {
    expect(sse(`retry:${value}\n\n`)).toEqual([`ignored ${JSON.stringify(`retry:${value}`)}`])
  }
  expect(sse('retry:007\n\n')).toEqual(['retry "007"'])
})

test('a block without data is shown, dispatches nothing and forgets its type', () => {
  expect(read('sse', ['event: ping\n\ndata: a\n\n'])).toEqual([
    { kind: 'no-data', type: '', id: '', data: 'event: ping', chunk: 0 },
    { kind: 'event', type: 'message', id: '', data: 'a', chunk: 0 },
  ])
})

test('an id stays in force, also from a block of its own, until it is emptied', () => {
  expect(events('id: 7\n\ndata: a\n\ndata: b\n\nid\ndata: c\n\n')).toEqual([
    ['message', '7', 'a'],
    ['message', '7', 'b'],
    ['message', '', 'c'],
  ])
})

test('lines that browsers ignore are shown whole and make no block of their own', () => {
  expect(sse('Data: x\n\n data: y\nnothing\n\ndata: a\nmeta: {}\n\n')).toEqual([
    'ignored "Data: x"',
    'ignored " data: y"',
    'ignored "nothing"',
    'ignored "meta: {}"',
    'event "a"',
  ])
  expect(sse('data: {\n"a": 1\ndata: }\n\n')).toEqual(['ignored "\\"a\\": 1"', 'event "{\\n}"'])
  expect(sse('foo: bar\n')).toEqual(['ignored "foo: bar"'])
  expect(sse('foo: ba')).toEqual(['tail "foo: ba"'])
})

test('a second byte order mark makes an unknown field of the line', () => {
  expect(sse('\ufeffdata: a\n\n\ufeffdata: b\n\n')).toEqual(['event "a"', 'ignored "\ufeffdata: b"'])
})

test('an id with NUL is ignored', () => {
  expect(sse('id: 2\0\ndata: b\n\n')).toEqual(['ignored "id: 2\\u0000"', 'event "b"'])
  expect(events('id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n')).toEqual([
    ['message', '1', 'a'],
    ['message', '1', 'b'],
  ])
})

test('field names are exact, and one space after the colon goes', () => {
  expect(events('Data: x\n data: y\ndata : z\ndata:  a\nevent:  t\n\n')).toEqual([[' t', '', ' a']])
  expect(events('event: first\nevent: second\ndata: a\n\nevent:\ndata: b\n\n')).toEqual([
    ['second', '', 'a'],
    ['message', '', 'b'],
  ])
})

test('blank lines alone are nothing', () => {
  expect(sse('\n\n\r\n\r\r\n')).toEqual([])
})

test('an event belongs to the chunk that completes it, a CRLF at its CR', () => {
  expect(
    read('sse', ['data: a\r\n', '\r', '\ndata: b\n\n', 'data: c\n', '\n']).map(({ data, chunk }) => [data, chunk]),
  ).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 4],
  ])
})

test('after a gap nothing is glued together', () => {
  expect(sse('data: a\n\ndata: be', null, 'gin\n\ndata: c\n\n')).toEqual([
    'event "a"',
    'tail "data: be"',
    'tail "gin"',
    'event "c"',
  ])
  expect(sse('data: a\n\n', null, 'data: b\n\n')).toEqual(['event "a"', 'event "b"'])
})

/** The oracle is a byte decoder's companion: it knows no BOM in text, gives ids by block and leaves `message` out. */
function readWithOracle(text: string): string[] {
  const found: string[] = []
  const parser = createParser({
    onEvent: ({ event, id, data }) => found.push(JSON.stringify(['event', event ?? 'message', id ?? null, data])),
    onComment: (comment) => found.push(JSON.stringify(['comment', comment])),
    onRetry: (retry) => found.push(JSON.stringify(['retry', retry])),
  })
  parser.feed(text.replace(/^\ufeff/, ''))
  return found
}

function readAsOracle(chunks: readonly string[], oracle: readonly string[]): string[] {
  // An id that the oracle gives must be ours; one it leaves out is an earlier block's.
  const known = read('sse', chunks).filter(({ kind }) => !['no-data', 'ignored', 'tail'].includes(kind))
  return known.map(({ kind, type, id, data }, index) => {
    if (kind === 'comment') return JSON.stringify(['comment', data])
    if (kind === 'retry') return JSON.stringify(['retry', Number(data)])
    const isInherited = JSON.parse(oracle[index] ?? '[]')[2] === null
    return JSON.stringify(['event', type, isInherited ? null : id, data])
  })
}

const LINES = [
  'data: {"delta":"hé 🙂"}',
  'data:',
  'data',
  'data:  two spaces',
  'data: a:b',
  'event: token',
  'event:',
  'event',
  'id: 12',
  'id',
  'id: x\0y',
  'retry: 300',
  'retry: 3e2',
  'retry',
  ': comment',
  ':',
  ':x',
  'unknown: y',
  'nothing',
  'data\0: z',
  ' data: indented',
  `data: ${'long '.repeat(60)}`,
]

function inventStream(random: () => number): string {
  const pick = <T>(list: readonly T[], fallback: T) => list[Math.floor(random() * list.length)] ?? fallback
  const ends = pick([['\n'], ['\r\n'], ['\r'], ['\n', '\r\n', '\r']], ['\n'])
  let text = random() < 0.3 ? '\ufeff' : ''
  for (let line = 0; line < 40; line += 1) text += (random() < 0.35 ? '' : pick(LINES, '')) + pick(ends, '\n')
  // An unfinished line at the end, so that the oracle does not wait for what may follow a CR.
  return `${text}data: unfinished`
}

test('invented streams read as an independent parser reads them, whole, by unit and at random splits', () => {
  const seed = Math.floor(Math.random() * 2 ** 32)
  const random = createRandom(seed)
  let eventCount = 0
  for (let run = 0; run < 150; run += 1) {
    const text = inventStream(random)
    const expected = readWithOracle(text)
    eventCount += expected.length
    const cuts = [[text], everyUnit(text), randomlyCut(text, random), randomlyCut(text, random, 200)]
    for (const chunks of cuts) expect(readAsOracle(chunks, expected), `seed ${seed}, run ${run}`).toEqual(expected)
  }
  expect(eventCount, `seed ${seed}`).toBeGreaterThan(500)
})

test('kinds, ids and data of every entry are the same at every split', () => {
  const text = '\ufeffid: 1\r\nevent: a\r\ndata: x\r\ndata: y\r\n\r\n: c\r\rid: 2\r\n\r\ndata\n\nretry: 5\n\ndata: cut'
  const bare = (chunks: readonly string[]) =>
    read('sse', chunks).map(({ kind, type, id, data }) => ({ kind, type, id, data }))
  for (let size = 0; size <= text.length; size += 1) expect(bare(chunked(text, [size]))).toEqual(bare([text]))
  expect(bare(everyUnit(text))).toEqual(bare([text]))
})

test('an event of 20 million characters in small chunks is read in linear time', () => {
  const part = 'x'.repeat(16_384)
  const chunks = ['data: ', ...Array.from({ length: 1_280 }, () => part), '\n', '\n']
  const started = performance.now()
  const [event] = read('sse', chunks)
  // Joining all again for each chunk would copy 13 thousand million characters.
  expect(performance.now() - started).toBeLessThan(2_000)
  expect(event?.data.length).toBe(1_280 * 16_384)
})
