import { expect, test } from 'vitest'
import { toEnding } from '../../../lib/endings/ending.ts'
import type { Evidence, Gone } from '../../../lib/endings/ending.ts'
import type { EndRecord, HeadRecord, OpenRecord } from '../../../lib/protocol.ts'
import { end, head, open, reason } from '../../helpers/stream-builders.ts'

interface Case extends Partial<Omit<Evidence, 'open' | 'head' | 'by'>> {
  open?: Partial<OpenRecord>
  /** Null: before any. */
  head?: Partial<HeadRecord> | null
  end?: Partial<EndRecord>
  gone?: Gone
}

function judge({ open: opened, head: answered, end: ended, gone, ...rest }: Case) {
  const { verdict, who, sentence, atMs } = toEnding({
    open: open(opened),
    head: answered === null ? null : head('text/event-stream', answered),
    by: gone === undefined ? { end: end(ended?.how, ended) } : { gone },
    framing: 'sse',
    tail: null,
    sizeBytes: 6200,
    eventCount: 41,
    attempts: 1,
    bodyStart: '',
    ...rest,
  })
  return { said: `${verdict} / ${who} / ${sentence}`, atMs }
}

const nothing = { sizeBytes: 0, eventCount: 0 }
const eventSource = { open: { transport: 'eventsource' }, framing: 'events' } as const
const timeoutError = reason('DOMException', 'signal timed out', 'TimeoutError')
const abortError = reason('DOMException', 'signal is aborted without reason', 'AbortError')
const networkError = reason('Error', 'network error', 'TypeError')

const CASES: readonly [name: string, given: Case, said: string][] = [
  [
    'the server closed',
    {},
    'completed / server / The server sent 41 events (6.2 kB) in 3.2 s and closed the stream. HTTP status was 200.',
  ],
  [
    'the server closed a text',
    { framing: 'text' },
    'completed / server / The server sent 6.2 kB in 3.2 s and closed the stream. HTTP status was 200.',
  ],
  [
    'it closed inside a block',
    { tail: 'data: {"a\n' },
    `incomplete / server / The server closed the stream 3.2 s in, after 41 events, but the text stops inside a block: 'data: {"a'. HTTP status was 200.`,
  ],
  [
    'it closed inside a line',
    { framing: 'ndjson', tail: '{"a', eventCount: 1 },
    `incomplete / server / The server closed the stream 3.2 s in, after 1 event, but the text stops inside a line: '{"a'. HTTP status was 200.`,
  ],
  [
    'an error status',
    { head: { status: 503, statusText: 'Service Unavailable' }, bodyStart: '{"error":"busy"}' },
    `http error / server / The server answered with HTTP status 503 Service Unavailable: '{"error":"busy"}'.`,
  ],
  [
    'an error status whose body nobody read',
    { head: { status: 401, statusText: '' }, end: { how: 'cancel' }, ...nothing },
    'http error / server / The server answered with HTTP status 401; the page did not read why.',
  ],
  [
    'an error status that broke off',
    { head: { status: 500, statusText: '' }, end: { how: 'error', reason: networkError }, ...nothing },
    'http error / server / The server answered with HTTP status 500.',
  ],
  [
    'reader.cancel',
    { end: { how: 'cancel', by: 'reader.cancel', reason: reason('string', 'enough') } },
    `cancelled / page / Cancelled by the page (reader.cancel) 3.2 s in, after 41 events: 'enough'. HTTP status was 200.`,
  ],
  [
    'cancelled without a reason',
    { end: { how: 'cancel', reason: reason('undefined') } },
    'cancelled / page / Cancelled by the page 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'cancelled when all had come',
    { head: { headers: [['content-length', '6200']] }, end: { how: 'cancel', by: 'body.cancel' } },
    'completed / server / The server sent 41 events (6.2 kB) in 3.2 s and closed the stream. The page called body.cancel after that. HTTP status was 200.',
  ],
  [
    'cancelled with a length that counts packed bytes',
    {
      head: {
        headers: [
          ['content-length', '6200'],
          ['content-encoding', 'gzip'],
        ],
      },
      end: { how: 'cancel' },
    },
    'cancelled / page / Cancelled by the page 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'xhr.abort, whose readyState is 4 while it says so',
    { open: { transport: 'xhr' }, end: { how: 'abort', by: 'XMLHttpRequest.abort', readyState: 4 } },
    'cancelled / page / Cancelled by the page (XMLHttpRequest.abort) 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'EventSource.close',
    { ...eventSource, head: null, end: { how: 'cancel', by: 'EventSource.close', readyState: 2 } },
    'cancelled / page / Cancelled by the page (EventSource.close) 3.2 s in, after 41 events.',
  ],
  [
    'aborted with a string',
    {
      end: {
        how: 'error',
        reason: reason('string', 'user pressed stop'),
        signal: reason('string', 'user pressed stop'),
      },
    },
    `aborted / page / Aborted by the page 3.2 s in, after 41 events: 'user pressed stop'. HTTP status was 200.`,
  ],
  [
    'aborted without a reason',
    { end: { how: 'abort', reason: abortError, signal: abortError } },
    'aborted / page / Aborted by the page 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'aborted before the head',
    { head: null, ...nothing, attempts: 0, end: { how: 'abort', signal: abortError, atMs: 140 } },
    'aborted / page / Aborted by the page 40 ms in, before an answer came.',
  ],
  [
    'aborted between head and body',
    { ...nothing, end: { how: 'error', signal: reason('number', '7'), atMs: 140 } },
    `aborted / page / Aborted by the page 40 ms in, before any byte of the body: number '7'. HTTP status was 200.`,
  ],
  [
    'aborted with an error status',
    { head: { status: 500 }, end: { how: 'abort', signal: abortError } },
    'aborted / page / Aborted by the page 3.2 s in, after 41 events. HTTP status was 500.',
  ],
  [
    'AbortSignal.timeout',
    { end: { how: 'error', signal: timeoutError } },
    `timed out / page / Timed out 3.2 s in, after 41 events: the page's own limit. HTTP status was 200.`,
  ],
  [
    'a page’s error that is only named TimeoutError',
    { end: { how: 'error', signal: reason('Error', 'mine', 'TimeoutError') } },
    `aborted / page / Aborted by the page 3.2 s in, after 41 events: TimeoutError 'mine'. HTTP status was 200.`,
  ],
  [
    'xhr.timeout',
    {
      open: { transport: 'xhr' },
      head: null,
      ...nothing,
      attempts: 0,
      end: { how: 'timeout', by: 'XMLHttpRequest.timeout', atMs: 65_100 },
    },
    `timed out / page / Timed out 1 min 5 s in, before an answer came: the page's own limit (XMLHttpRequest.timeout).`,
  ],
  [
    'an AbortError whose signal did not fire',
    { end: { how: 'error', reason: abortError } },
    `lost / network / The connection broke 3.2 s in, after 41 events: AbortError 'signal is aborted without reason'. HTTP status was 200.`,
  ],
  [
    'failed before a head',
    { head: null, ...nothing, attempts: 0, end: { how: 'error', reason: networkError } },
    `unreachable / network / Failed 3.2 s in, before an answer came: TypeError 'network error'. No connection, or an answer the page may not read (CORS): the page is not told which.`,
  ],
  [
    'broke mid-stream, before a whole event',
    { eventCount: 0, sizeBytes: 12, end: { how: 'error', reason: networkError } },
    `lost / network / The connection broke 3.2 s in, after 12 bytes: TypeError 'network error'. HTTP status was 200.`,
  ],
  [
    'an EventSource refused',
    { ...eventSource, head: null, ...nothing, attempts: 0, end: { how: 'error', readyState: 2 } },
    'refused / browser / The browser closed the EventSource 3.2 s in, before an answer came: the answer was no event stream with status 200, or was forbidden. The page is not told which.',
  ],
  [
    'an EventSource refused when it reconnected',
    { ...eventSource, head: null, end: { how: 'error', readyState: 2 } },
    'refused / browser / The browser stopped reconnecting the EventSource 3.2 s in, after 41 events: the answer to the last attempt was no event stream with status 200.',
  ],
  [
    'the page left',
    { gone: { atMs: 3300, cached: false, to: 'https://page.test/b' } },
    'page gone / browser / The page went away to https://page.test/b 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'the page left for somewhere',
    { gone: { atMs: 3300, cached: false, to: null }, head: null, ...nothing, attempts: 0 },
    'page gone / browser / The page went away (navigation, reload, closed tab or removed frame) 3.2 s in, before an answer came.',
  ],
  [
    'the page was put away',
    { gone: { atMs: 3300, cached: true, to: null } },
    'page gone / browser / The page went into the back/forward cache 3.2 s in, after 41 events. HTTP status was 200.',
  ],
]

test.each(CASES)('%s', (_, given, said) => {
  expect(judge(given).said).toBe(said)
})

test('an ending has the time of its evidence', () => {
  expect(judge({ end: { how: 'done', atMs: 77 } }).atMs).toBe(77)
  expect(judge({ gone: { atMs: 88, cached: false, to: null } }).atMs).toBe(88)
})
