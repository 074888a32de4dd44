import { expect, test } from 'vitest'
import { toNetworkFacts } from '../../../lib/network/har.ts'
import { isStreamLike } from '../../../lib/network/stream-like.ts'
import { harEntry, OWN_SCRIPT } from './har-entry.ts'

test('an entry becomes facts', () => {
  const facts = toNetworkFacts(harEntry(), OWN_SCRIPT)
  expect(facts).toEqual({
    url: 'http://127.0.0.1:8080/sse?post=1',
    method: 'POST',
    resourceType: 'fetch',
    startedAtMs: Date.parse('2026-11-22T16:30:56.119Z'),
    finishedAtMs: Date.parse('2026-11-22T16:30:56.119Z') + 202.5,
    status: 200,
    netError: '',
    protocol: 'http/1.1',
    remoteAddress: '127.0.0.1',
    fromCache: false,
    transferredBytes: 228,
    bodyBytes: 35,
    redirectedTo: '',
    requestHeaders: [['Accept', '*/*']],
    responseHeaders: [['content-type', 'text/event-stream']],
    requestBody: '{"stream":true}',
    calledFrom: 'http://127.0.0.1:8080/s.js:1:25',
    timings: { blockedMs: 2.2, dnsMs: -1, connectMs: -1, sslMs: -1, sendMs: 0.05, waitMs: 2.1, receiveMs: 198 },
    resume: null,
  })
})

test.each([
  ['HTTP/1.1', 'http/1.1'],
  ['HTTP/2.0', 'h2'],
  ['http/2', 'h2'],
  ['h3', 'h3'],
  ['HTTP/3.0', 'h3'],
  ['', ''],
])('the protocol %s is shown as %s', (httpVersion, protocol) => {
  expect(toNetworkFacts(harEntry({ response: { httpVersion } }), OWN_SCRIPT)?.protocol).toBe(protocol)
})

test('failures, redirects and the cache are told', () => {
  const failed = harEntry({ response: { status: 0, _error: 'net::ERR_CONNECTION_REFUSED', _transferSize: 0 } })
  expect(toNetworkFacts(failed, OWN_SCRIPT)).toMatchObject({
    status: 0,
    netError: 'net::ERR_CONNECTION_REFUSED',
    transferredBytes: -1,
  })
  const redirect = harEntry({ response: { status: 302, redirectURL: '/elsewhere?x#y' } })
  expect(toNetworkFacts(redirect, OWN_SCRIPT)?.redirectedTo).toBe('http://127.0.0.1:8080/elsewhere?x#y')
  expect(toNetworkFacts(harEntry({ _fromCache: 'disk' }), OWN_SCRIPT)?.fromCache).toBe(true)
})

test.each([
  ['nothing', undefined],
  ['no object', 'text'],
  ['empty', {}],
  ['no time', { request: { url: 'http://a.test/' } }],
  ['no URL', { startedDateTime: '2026-11-22T16:30:56.119Z' }],
])('what is no entry gives no facts: %s', (_, entry) => {
  expect(toNetworkFacts(entry, OWN_SCRIPT)).toBe(null)
})

test('fields of other types than expected are left out', () => {
  const odd = {
    startedDateTime: '2026-11-22T16:30:56.119Z',
    time: 'long',
    request: { url: 'http://a.test/', method: 7, headers: [null, { name: 'a' }], postData: 'x' },
    response: { status: Number.NaN, headers: {}, content: null, _error: 5 },
    timings: null,
    _initiator: { stack: { callFrames: 'none' } },
  }
  expect(toNetworkFacts(odd, OWN_SCRIPT)).toMatchObject({
    method: '',
    status: 0,
    netError: '',
    bodyBytes: -1,
    requestHeaders: [
      ['', ''],
      ['a', ''],
    ],
    responseHeaders: [],
    calledFrom: '',
    timings: { waitMs: -1 },
  })
})

test('what cannot be a stream that capture recorded is dropped', () => {
  const json = { content: { mimeType: 'application/json' }, headers: [] }
  const quiet = { postData: undefined, url: 'http://a.test/api' }
  const keeps = (given: Parameters<typeof harEntry>[0]) => isStreamLike(harEntry(given), OWN_SCRIPT)
  expect(keeps({})).toBe(true)
  expect(keeps({ _resourceType: 'image' })).toBe(false)
  expect(keeps({ _resourceType: 'preflight' })).toBe(false)
  expect(keeps({ request: quiet, response: json })).toBe(false)
  // Asked for by the request …
  expect(keeps({ response: json })).toBe(true)
  expect(keeps({ request: { ...quiet, url: 'http://a.test/api?alt=sse' }, response: json })).toBe(true)
  expect(
    keeps({ request: { ...quiet, headers: [{ name: 'accept', value: 'text/event-stream' }] }, response: json }),
  ).toBe(true)
  // … declared by another header, or without an answer to tell.
  const declared = { ...json, headers: [{ name: 'X-Accel-Buffering', value: 'no' }] }
  expect(keeps({ request: quiet, response: declared })).toBe(true)
  expect(keeps({ request: quiet, response: { ...json, _error: 'net::ERR_FAILED' } })).toBe(true)
  expect(keeps({ request: quiet, response: { ...json, redirectURL: '/b' } })).toBe(true)
})

test('a call that did not pass capture is another world’s, such as a worker’s', () => {
  const workers = { type: 'script', stack: { callFrames: [{ url: 'http://127.0.0.1:8080/worker.js', lineNumber: 1 }] } }
  expect(isStreamLike(harEntry({ _initiator: workers }), OWN_SCRIPT)).toBe(false)
  // EventSources have no stack.
  const source = harEntry({ _resourceType: 'eventsource', _initiator: { type: 'other' } })
  expect(isStreamLike(source, OWN_SCRIPT)).toBe(true)
})
