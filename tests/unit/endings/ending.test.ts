import { expect, test } from 'vitest'
import { toEnding } from '../../../lib/endings/ending.ts'
import type { Evidence, Gone } from '../../../lib/endings/evidence.ts'
import { applyLanguage } from '../../../lib/i18n/languages.ts'
import type { AlsoRecord, EndRecord, HeadRecord, NetworkFacts, OpenRecord } from '../../../lib/protocol.ts'
import type { Ending } from '../../../lib/session/types.ts'
import { end, head, open, reason } from '../../helpers/stream-builders.ts'
import { leftEnglish } from '../i18n/left-english.ts'

interface Case extends Partial<Omit<Evidence, 'open' | 'head' | 'by' | 'also' | 'network'>> {
  open?: Partial<OpenRecord>
  /** Null: before any. */
  head?: Partial<HeadRecord> | null
  end?: Partial<EndRecord>
  also?: Partial<AlsoRecord>
  gone?: Gone
  network?: Partial<NetworkFacts>
}

const TIME_ORIGIN_MS = 1_700_000_000_000

const exchange = (given: Partial<NetworkFacts>): NetworkFacts => ({
  url: 'https://api.test/chat',
  method: 'POST',
  resourceType: 'fetch',
  startedAtMs: TIME_ORIGIN_MS + 100,
  finishedAtMs: TIME_ORIGIN_MS + 3300,
  status: 200,
  netError: '',
  protocol: 'h2',
  remoteAddress: '192.0.2.1',
  fromCache: false,
  transferredBytes: -1,
  bodyBytes: -1,
  redirectedTo: '',
  resume: null,
  requestHeaders: [],
  responseHeaders: [],
  requestBody: '',
  calledFrom: '',
  timings: { blockedMs: -1, dnsMs: -1, connectMs: -1, sslMs: -1, sendMs: -1, waitMs: -1, receiveMs: -1 },
  ...given,
})

function judge({ open: opened, head: answered, end: ended, also, gone, network, ...rest }: Case) {
  const ending = toEnding({
    pageUrl: 'https://page.test/',
    timeOriginMs: TIME_ORIGIN_MS,
    open: open(opened),
    head: answered === null ? null : head('text/event-stream', answered),
    by: gone === undefined ? { end: end(ended?.how, ended) } : { gone },
    also:
      also === undefined
        ? null
        : { k: 'also', n: 0, c: 1, atMs: 3302, how: 'cancel', by: '', reason: null, stack: '', ...also },
    left: null,
    framing: 'sse',
    tail: null,
    lastEvent: null,
    sizeBytes: 6200,
    eventCount: 41,
    missing: false,
    attempts: 1,
    reconnecting: false,
    bodyStart: '',
    network: network === undefined ? [] : [exchange(network)],
    terminal: null,
    ...rest,
  })
  expectChinese(ending)
  const { verdict, who, phase, sentence } = ending
  return { ...ending, said: `${verdict} / ${who} / ${phase} / ${sentence}` }
}

/** Whatever is judged here in English can be read in Chinese as well. */
function expectChinese(ending: Ending) {
  applyLanguage('zh-CN', '')
  expect(leftEnglish(ending.sentence)).toBe('')
  const acts = ['首先', '随后', '结果']
  for (const { name, value } of ending.evidence) if (acts.includes(name)) expect(leftEnglish(value)).toBe('')
  applyLanguage('en', '')
}

const nothing = { sizeBytes: 0, eventCount: 0 }
const eventSource = { open: { transport: 'eventsource' }, framing: 'events' } as const
const timeoutError = reason('DOMException', 'signal timed out', 'TimeoutError')
const abortError = reason('DOMException', 'signal is aborted without reason', 'AbortError')
const networkError = reason('Error', 'network error', 'TypeError')

const done = { kind: 'end', index: 41, name: '[DONE]', text: '' } as const
const overloaded = { kind: 'error', index: 41, name: 'error', text: 'Overloaded' } as const

const CASES: readonly [name: string, given: Case, said: string][] = [
  [
    'the server closed',
    {},
    'completed / server / at its end / The server sent 41 events (6.2 kB) in 3.2 s and closed the stream. HTTP status was 200.',
  ],
  [
    'the server closed a text',
    { framing: 'text' },
    'completed / server / at its end / The server sent 6.2 kB in 3.2 s and closed the stream. HTTP status was 200.',
  ],
  [
    'it closed inside a block',
    { tail: 'data: {"a\n' },
    `incomplete / server / mid-stream / The server closed the stream 3.2 s in, after 41 events, but the text stops inside a block: 'data: {"a'. HTTP status was 200.`,
  ],
  [
    'it closed inside a line',
    { framing: 'ndjson', tail: '{"a', eventCount: 1 },
    `incomplete / server / mid-stream / The server closed the stream 3.2 s in, after 1 event, but the text stops inside a line: '{"a'. HTTP status was 200.`,
  ],
  [
    'an error status',
    { head: { status: 503, statusText: 'Service Unavailable' }, bodyStart: '{"error":"busy"}' },
    `http error / server / at its end / The server answered with HTTP status 503 Service Unavailable: '{"error":"busy"}'.`,
  ],
  [
    'an error status whose body nobody read',
    { head: { status: 401, statusText: '' }, end: { how: 'cancel' }, ...nothing },
    'http error / server / before first byte / The server answered with HTTP status 401; the page did not read why.',
  ],
  [
    'an error status that broke off',
    { head: { status: 500, statusText: '' }, end: { how: 'error', reason: networkError }, ...nothing },
    'http error / server / before first byte / The server answered with HTTP status 500.',
  ],
  [
    'reader.cancel',
    { end: { how: 'cancel', by: 'reader.cancel', reason: reason('string', 'enough') } },
    `cancelled / page / mid-stream / Cancelled by the page (reader.cancel) 3.2 s in, after 41 events: 'enough'. HTTP status was 200.`,
  ],
  [
    'cancelled without a reason',
    { end: { how: 'cancel', by: 'body.cancel', reason: reason('undefined') } },
    'cancelled / page / mid-stream / Cancelled by the page (body.cancel) 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'cancelled when all had come',
    { head: { headers: [['content-length', '6200']] }, end: { how: 'cancel', by: 'body.cancel' } },
    'completed / server / at its end / The server sent 41 events (6.2 kB) in 3.2 s and closed the stream. The page called body.cancel after that. HTTP status was 200.',
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
      end: { how: 'cancel', by: 'body.cancel' },
    },
    'cancelled / page / mid-stream / Cancelled by the page (body.cancel) 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'xhr.abort, whose readyState is 4 while it says so',
    { open: { transport: 'xhr' }, end: { how: 'abort', by: 'XMLHttpRequest.abort', readyState: 4 } },
    'cancelled / page / mid-stream / Cancelled by the page (XMLHttpRequest.abort) 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'EventSource.close',
    { ...eventSource, head: null, end: { how: 'cancel', by: 'EventSource.close', readyState: 2 } },
    'cancelled / page / mid-stream / Cancelled by the page (EventSource.close) 3.2 s in, after 41 events.',
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
    `aborted / page / mid-stream / Aborted by the page 3.2 s in, after 41 events: 'user pressed stop'. HTTP status was 200.`,
  ],
  [
    'aborted without a reason',
    { end: { how: 'abort', reason: abortError, signal: abortError } },
    'aborted / page / mid-stream / Aborted by the page 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'aborted before the head',
    { head: null, ...nothing, attempts: 0, end: { how: 'abort', signal: abortError, atMs: 140 } },
    'aborted / page / before head / Aborted by the page 40 ms in, before an answer came.',
  ],
  [
    'aborted between head and body',
    { ...nothing, end: { how: 'error', signal: reason('number', '7'), atMs: 140 } },
    `aborted / page / before first byte / Aborted by the page 40 ms in, before any byte of the body: number '7'. HTTP status was 200.`,
  ],
  [
    'aborted with an error status',
    { head: { status: 500 }, end: { how: 'abort', signal: abortError } },
    'http error / server / mid-stream / The server answered with HTTP status 500 OK.',
  ],
  [
    'AbortSignal.timeout',
    { end: { how: 'error', signal: timeoutError } },
    `timed out / page / mid-stream / Timed out 3.2 s in, after 41 events: the page's own limit. HTTP status was 200.`,
  ],
  [
    'a page’s error that is only named TimeoutError',
    { end: { how: 'error', signal: reason('Error', 'mine', 'TimeoutError') } },
    `aborted / page / mid-stream / Aborted by the page 3.2 s in, after 41 events: TimeoutError 'mine'. HTTP status was 200.`,
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
    `timed out / page / before head / Timed out 1 min 5 s in, before an answer came: the page's own limit (XMLHttpRequest.timeout).`,
  ],
  [
    'an AbortError whose signal did not fire',
    { end: { how: 'error', reason: abortError } },
    `lost / network / mid-stream / The connection broke 3.2 s in, after 41 events: AbortError 'signal is aborted without reason'. HTTP status was 200.`,
  ],
  [
    'failed before a head',
    { head: null, ...nothing, attempts: 0, end: { how: 'error', reason: networkError } },
    `unreachable / network / before head / Failed 3.2 s in, before an answer came: TypeError 'network error'. No connection, or an answer the page may not read (CORS): the page is not told which.`,
  ],
  [
    'broke mid-stream, before a whole event',
    { eventCount: 0, sizeBytes: 12, end: { how: 'error', reason: networkError } },
    `lost / network / mid-stream / The connection broke 3.2 s in, after 12 bytes: TypeError 'network error'. HTTP status was 200.`,
  ],
  [
    'an EventSource refused',
    { ...eventSource, head: null, ...nothing, attempts: 0, end: { how: 'error', readyState: 2 } },
    'refused / browser / before head / The browser closed the EventSource 3.2 s in, before an answer came: the answer was no event stream with status 200, or was forbidden. The page is not told which.',
  ],
  [
    'an EventSource refused when it reconnected',
    { ...eventSource, head: null, end: { how: 'error', readyState: 2 } },
    'refused / browser / mid-stream / The browser stopped reconnecting the EventSource 3.2 s in, after 41 events: the answer to the last attempt was no event stream with status 200, or was forbidden. The page is not told which.',
  ],
  [
    'the page left',
    { gone: { atMs: 3300, cached: false, to: 'https://page.test/b' } },
    'page gone / browser / mid-stream / The page went away to https://page.test/b 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'the page left for somewhere',
    { gone: { atMs: 3300, cached: false, to: null }, head: null, ...nothing, attempts: 0 },
    'page gone / browser / before head / The page went away (navigation, reload, closed tab or removed frame) 3.2 s in, before an answer came.',
  ],
  [
    'the page was put away',
    { gone: { atMs: 3300, cached: true, to: null } },
    'page gone / browser / mid-stream / The page went into the back/forward cache 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'an abort that came after the error status',
    {
      head: { status: 500, statusText: '' },
      end: { how: 'abort', by: 'AbortController.abort', signal: abortError },
      bodyStart: 'oops',
    },
    `http error / server / mid-stream / The server answered with HTTP status 500: 'oops'.`,
  ],
  [
    'fewer bytes than Content-Length told, and a clean end',
    { head: { headers: [['Content-Length', '7000']] } },
    'incomplete / server / mid-stream / The server closed the stream 3.2 s in, after 41 events, but only 6200 of the 7000 bytes came that Content-Length told. HTTP status was 200.',
  ],
  [
    'fewer bytes than Content-Length told, but some were not seen',
    { head: { headers: [['Content-Length', '7000']] }, missing: true },
    'completed / server / at its end / The server sent 41 events (6.2 kB) in 3.2 s and closed the stream. HTTP status was 200.',
  ],
  [
    'the head of a HEAD request',
    { open: { method: 'HEAD' }, head: { headers: [['Content-Length', '7000']] }, ...nothing, framing: 'text' },
    'completed / server / at its end / The server sent 0 bytes in 3.2 s and closed the stream. HTTP status was 200.',
  ],
  [
    'the terminal event came',
    { terminal: { expected: 'data: [DONE]', came: done } },
    'completed / server / at its end / The server sent 41 events (6.2 kB) in 3.2 s and closed the stream. HTTP status was 200.',
  ],
  [
    'the terminal event is missing',
    { terminal: { expected: 'the event message_stop', came: null } },
    'incomplete / server / mid-stream / The server closed the stream 3.2 s in, after 41 events, but the event message_stop did not come. HTTP status was 200.',
  ],
  [
    'a format without a terminal event',
    { terminal: { expected: '', came: null } },
    'completed / server / at its end / The server sent 41 events (6.2 kB) in 3.2 s and closed the stream. HTTP status was 200.',
  ],
  [
    'the page stopped at the terminal event',
    {
      terminal: { expected: 'data: [DONE]', came: done },
      end: { how: 'cancel', by: 'leaving for await', reason: reason('undefined') },
    },
    `completed / server / at its end / The server sent 41 events (6.2 kB) in 3.2 s, up to its last word '[DONE]'; the page then left its for await loop. HTTP status was 200.`,
  ],
  [
    'the connection broke after the terminal event',
    { terminal: { expected: 'data: [DONE]', came: done }, end: { how: 'error', reason: networkError } },
    `lost / network / mid-stream / The connection broke 3.2 s in, after 41 events: TypeError 'network error'. The stream's last word '[DONE]' had come. HTTP status was 200.`,
  ],
  [
    'the format’s own error',
    { terminal: { expected: 'data: [DONE]', came: overloaded } },
    `error event / server / at its end / The stream carried an error, and ended 3.2 s in, after 41 events: error 'Overloaded'. HTTP status was 200.`,
  ],
  [
    'the page let go of a stream that had carried its format’s error',
    {
      terminal: { expected: 'data: [DONE]', came: overloaded },
      end: { how: 'abort', by: 'AbortController.abort', signal: abortError },
    },
    `error event / server / mid-stream / The stream carried an error, and ended 3.2 s in, after 41 events: error 'Overloaded'. HTTP status was 200.`,
  ],
  [
    'an event of type error at the end of an unknown format',
    { lastEvent: { type: 'error', data: 'quota exceeded' } },
    `error event / server / at its end / The stream carried an error, and ended 3.2 s in, after 41 events: error 'quota exceeded'. HTTP status was 200.`,
  ],
  [
    'an error object at the end of an unknown format, then a reset',
    {
      lastEvent: { type: 'message', data: '{"error":{"message":"busy"}}' },
      end: { how: 'error', reason: networkError },
    },
    `error event / server / mid-stream / The stream carried an error, and ended 3.2 s in, after 41 events: '{"error":{"message":"busy"}}'. HTTP status was 200.`,
  ],
  [
    'a last event with an error that is null',
    { lastEvent: { type: 'message', data: '{"error":null,"text":"hello"}' } },
    'completed / server / at its end / The server sent 41 events (6.2 kB) in 3.2 s and closed the stream. HTTP status was 200.',
  ],
  [
    'cancelled when DevTools had seen the exchange finish',
    { end: { how: 'cancel', by: 'reader.cancel' }, network: { finishedAtMs: TIME_ORIGIN_MS + 900 } },
    'completed / server / at its end / The server sent everything and closed the stream; the page then called reader.cancel, 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'cancelled, which ended the exchange',
    { end: { how: 'cancel', by: 'reader.cancel' }, network: { netError: 'net::ERR_ABORTED' } },
    'cancelled / page / mid-stream / Cancelled by the page (reader.cancel) 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'an EventSource closed while it was reconnecting',
    { ...eventSource, head: null, reconnecting: true, end: { how: 'cancel', by: 'EventSource.close' }, network: {} },
    'cancelled / page / reconnecting / Cancelled by the page (EventSource.close) 3.2 s in, after 41 events and while it was reconnecting.',
  ],
  [
    'an abort whose page had not noticed the reset before',
    {
      end: { how: 'abort', by: 'AbortController.abort', signal: abortError },
      network: { netError: 'net::ERR_CONNECTION_RESET' },
    },
    'lost / network / mid-stream / The connection broke 3.2 s in, after 41 events: the connection was reset (net::ERR_CONNECTION_RESET). HTTP status was 200.',
  ],
  [
    'a cancel made by the own signal through a pipe',
    { end: { how: 'cancel', by: 'pipeTo()', signal: reason('string', 'stop'), reason: reason('string', 'stop') } },
    `aborted / page / mid-stream / Aborted by the page 3.2 s in, after 41 events: 'stop'. HTTP status was 200.`,
  ],
  [
    'a signal that was aborted before the call',
    { head: null, ...nothing, end: { how: 'error', early: true, signal: reason('string', 'old'), atMs: 101 } },
    `aborted / page / before head / Aborted by the page: the signal had been aborted before the call: 'old'.`,
  ],
  [
    'the page’s own call with a TimeoutError',
    { end: { how: 'abort', by: 'AbortController.abort', signal: timeoutError } },
    `aborted / page / mid-stream / Aborted by the page 3.2 s in, after 41 events: TimeoutError 'signal timed out'. HTTP status was 200.`,
  ],
  [
    'xhr.timeout with its limit',
    { open: { transport: 'xhr' }, end: { how: 'timeout', limitMs: 3000 } },
    `timed out / page / mid-stream / Timed out 3.2 s in, after 41 events: the page's own limit (3.0 s). HTTP status was 200.`,
  ],
  [
    'a refused port, told by DevTools',
    {
      head: null,
      ...nothing,
      end: { how: 'error', reason: networkError },
      network: { status: 0, netError: 'net::ERR_CONNECTION_REFUSED' },
    },
    'unreachable / network / before head / Failed 3.2 s in, before an answer came: nothing accepts connections at this address and port (net::ERR_CONNECTION_REFUSED).',
  ],
  [
    'CORS, told by DevTools',
    {
      head: null,
      ...nothing,
      end: { how: 'error', reason: networkError },
      network: { status: 200, netError: 'net::ERR_FAILED' },
    },
    'refused / browser / before head / The browser refused it 3.2 s in, before an answer came: CORS: the server answered with HTTP status 200, but does not let this page read it (net::ERR_FAILED).',
  ],
  [
    'a preflight that was refused',
    {
      head: null,
      ...nothing,
      end: { how: 'error', reason: networkError },
      network: { status: 0, netError: 'net::ERR_FAILED' },
    },
    'refused / browser / before head / The browser refused it 3.2 s in, before an answer came: CORS: the server did not allow it beforehand (net::ERR_FAILED).',
  ],
  [
    'the same bare failure at the page’s own origin',
    {
      open: { url: 'https://page.test/stream' },
      head: null,
      ...nothing,
      end: { how: 'error', reason: networkError },
      network: { status: 0, netError: 'net::ERR_FAILED' },
    },
    'unreachable / network / before head / Failed 3.2 s in, before an answer came, inside the browser: a service worker, for instance (net::ERR_FAILED).',
  ],
  [
    'a redirect that the request forbids',
    {
      open: { options: { redirect: 'error' } },
      head: null,
      ...nothing,
      end: { how: 'error', reason: networkError },
      network: { status: 302, netError: 'net::ERR_FAILED' },
    },
    `refused / browser / before head / The browser refused it 3.2 s in, before an answer came: it was redirected (HTTP status 302), which redirect: 'error' forbids.`,
  ],
  [
    'another origin in mode same-origin',
    { open: { options: { mode: 'same-origin' } }, head: null, ...nothing, end: { how: 'error', reason: networkError } },
    `refused / browser / before head / The browser refused it 3.2 s in, before an answer came: mode 'same-origin' forbids another origin.`,
  ],
  [
    'an EventSource whose status DevTools knows',
    {
      ...eventSource,
      head: null,
      ...nothing,
      attempts: 0,
      end: { how: 'error', readyState: 2 },
      network: { status: 503 },
    },
    'http error / server / before first byte / The server answered with HTTP status 503: an EventSource ends on any status but 200.',
  ],
  [
    'window.stop(), which an XHR hears of',
    { open: { transport: 'xhr' }, end: { how: 'cancel' } },
    'cancelled / browser / mid-stream / Stopped by the browser 3.2 s in, after 41 events: by its Stop button, or by window.stop(). HTTP status was 200.',
  ],
  [
    'window.stop(), told by DevTools',
    { end: { how: 'error', reason: networkError }, network: { netError: 'net::ERR_ABORTED' } },
    'cancelled / browser / mid-stream / Stopped by the browser 3.2 s in, after 41 events: by its Stop button, or by window.stop(). HTTP status was 200.',
  ],
  [
    'a break that the page’s leaving made',
    { end: { how: 'error', reason: networkError }, also: { how: 'leave' } },
    'page gone / browser / mid-stream / The page went away (navigation, reload, closed tab or removed frame) 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'a break in a page that was left, with where it went',
    {
      end: { how: 'error', reason: networkError },
      left: { atMs: 3400, cached: false, to: 'https://page.test/b' },
      network: { netError: 'net::ERR_ABORTED' },
    },
    'page gone / browser / mid-stream / The page went away to https://page.test/b 3.2 s in, after 41 events. HTTP status was 200.',
  ],
  [
    'a break that came from the network, in a page that was left at once because of it',
    {
      end: { how: 'error', reason: networkError },
      also: { how: 'leave' },
      network: { netError: 'net::ERR_CONNECTION_RESET' },
    },
    'lost / network / mid-stream / The connection broke 3.2 s in, after 41 events: the connection was reset (net::ERR_CONNECTION_RESET). HTTP status was 200.',
  ],
  [
    'an EventSource told to stop',
    { ...eventSource, head: null, reconnecting: true, end: { how: 'error', readyState: 2 }, network: { status: 204 } },
    'http error / server / reconnecting / The server answered with HTTP status 204: that tells an EventSource to stop, and not to reconnect.',
  ],
  [
    'an EventSource whose content type DevTools knows',
    {
      ...eventSource,
      head: null,
      ...nothing,
      attempts: 0,
      end: { how: 'error', readyState: 2 },
      network: { responseHeaders: [['Content-Type', 'text/html']] },
    },
    `refused / browser / before first byte / The browser closed the EventSource 3.2 s in, before any byte of the body: the answer's Content-Type is 'text/html', and should be text/event-stream.`,
  ],
  [
    'an EventSource that CORS forbade',
    {
      ...eventSource,
      head: null,
      ...nothing,
      attempts: 0,
      end: { how: 'error', readyState: 2 },
      network: { netError: 'net::ERR_FAILED' },
    },
    'refused / browser / before head / The browser closed the EventSource 3.2 s in, before an answer came: CORS: the server answered with HTTP status 200, but does not let this page read it (net::ERR_FAILED).',
  ],
]

test.each(CASES)('%s', (_, given, said) => {
  expect(judge(given).said).toBe(said)
})

test('an ending has the time of its evidence', () => {
  expect(judge({ end: { how: 'done', atMs: 77 } }).atMs).toBe(77)
  expect(judge({ gone: { atMs: 88, cached: false, to: null } }).atMs).toBe(88)
})

test('an ending has its measures, its reason and the page’s call', () => {
  const ending = judge({
    end: { how: 'abort', by: 'AbortController.abort', stack: 'at stop (app.js:1:2)', signal: reason('string', 'stop') },
  })
  expect(ending).toMatchObject({
    afterMs: 3200,
    eventCount: 41,
    sizeBytes: 6200,
    reason: { type: 'string', text: 'stop' },
    by: 'AbortController.abort',
    stack: 'at stop (app.js:1:2)',
  })
  expect(judge({ end: { how: 'error', signal: timeoutError } }).by).toBe('AbortSignal.timeout')
})

test('of two causes at once the first decides, and the other is evidence', () => {
  const { verdict, evidence } = judge({
    end: { how: 'cancel', by: 'reader.cancel', reason: reason('string', 'enough') },
    also: { how: 'abort', by: 'AbortController.abort', reason: reason('string', 'stop') },
  })
  expect(verdict).toBe('cancelled')
  expect(evidence.slice(0, 3)).toEqual([
    { name: 'First', value: 'the page called reader.cancel' },
    { name: 'Reason', value: `'enough'` },
    { name: 'Then', value: `the page called AbortController.abort 2 ms later: 'stop'` },
  ])
})

test('the evidence lists what was known, the cause first', () => {
  const { evidence } = judge({
    end: { how: 'error', reason: networkError },
    tail: 'data: {"a',
    lastEvent: { type: 'message', data: 'hello' },
    network: { netError: 'net::ERR_CONNECTION_RESET' },
  })
  expect(evidence).toEqual([
    { name: 'First', value: 'the browser gave the page an error' },
    { name: 'Reason', value: `TypeError 'network error'` },
    { name: 'Came', value: '41 events, 6.2 kB' },
    { name: 'Left over', value: `'data: {"a'` },
    { name: 'Last event', value: `message 'hello'` },
    { name: 'HTTP status', value: '200 OK' },
    { name: 'Content-Type', value: 'text/event-stream' },
    { name: 'DevTools', value: 'the connection was reset (net::ERR_CONNECTION_RESET), HTTP status 200' },
    { name: 'Connection', value: 'h2, 192.0.2.1' },
  ])
})

test('what comes later makes a verdict more exact, and never moves it from one act of the page to another', () => {
  const acts: Case[] = [
    { end: { how: 'cancel', by: 'reader.cancel' } },
    { end: { how: 'abort', by: 'AbortController.abort', signal: abortError } },
    { end: { how: 'error', signal: timeoutError } },
  ]
  const flips: string[] = []
  const byPage = new Set(['cancelled', 'aborted', 'timed out'])
  for (const act of acts) {
    const before = judge(act).verdict
    for (const network of [{}, { netError: 'net::ERR_ABORTED' }, { netError: 'net::ERR_FAILED' }, { status: 404 }]) {
      const after = judge({ ...act, network }).verdict
      flips.push(...(byPage.has(after) && after !== before ? [`${before} → ${after}`] : []))
    }
  }
  expect(flips).toEqual([])
})
