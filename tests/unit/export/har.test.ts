import { expect, test } from 'vitest'
import { toHar } from '../../../lib/export/har.ts'
import type { RecordedBody } from '../../../lib/protocol.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { connectionOf } from '../session/connection-of.ts'
import { connectionFor, ODD_REQUESTS, type OddRequest } from './odd-requests.ts'

const ALL = { withWire: true, withSecrets: true }
const entryOf = (connection: Connection) => JSON.parse(toHar(connection, ALL)).log.entries[0]

test.each(Object.entries(ODD_REQUESTS))('a HAR entry is the same request: %s', (_, odd: OddRequest) => {
  const connection = connectionFor(odd, 'http://a.test')
  const { request } = entryOf(connection)
  const { method, url } = connection.open
  expect([request.method, request.url]).toEqual([method, new URL(url).href.split('#')[0]])
  const { text, encoding, params } = request.postData ?? {}
  expect({ text, encoding, params }).toEqual(expectedData(connection.body))
})

function expectedData(body: RecordedBody) {
  const data = { text: undefined, encoding: undefined, params: undefined }
  if (body.kind === 'text') return { ...data, text: body.text }
  if (body.kind === 'bytes') return { ...data, text: body.base64, encoding: 'base64' }
  return body.kind === 'form' ? { ...data, params: body.entries } : data
}

test('a HAR has the answer, its events and its times', () => {
  const connection = connectionOf(
    {
      k: 'open',
      n: 1,
      c: 1,
      atMs: 100,
      transport: 'fetch',
      method: 'GET',
      url: 'http://a.test/?a=1&a=2',
      headers: [['Accept', 'text/event-stream']],
      body: { kind: 'none' },
      options: {},
      stack: '',
      asked: '',
    },
    {
      k: 'head',
      n: 2,
      c: 1,
      atMs: 150,
      status: 200,
      statusText: 'OK',
      type: 'basic',
      redirected: false,
      url: '',
      headers: [['content-type', 'text/event-stream']],
      declared: '',
    },
    { k: 'chunk', n: 3, c: 1, atMs: 175, sizeBytes: 27, text: 'id: 7\nevent: up\ndata: a\n\n: c\n' },
    { k: 'end', n: 4, c: 1, atMs: 200, how: 'done', reason: null, by: '', stack: '', signal: null, readyState: -1 },
  )
  const { log } = JSON.parse(toHar(connection, ALL))
  expect(log).toMatchObject({ version: '1.2', creator: { name: 'Streamscope' } })
  expect(log.entries).toEqual([
    {
      startedDateTime: '2023-11-14T22:13:20.100Z',
      time: 100,
      request: {
        method: 'GET',
        url: 'http://a.test/?a=1&a=2',
        httpVersion: '',
        cookies: [],
        headers: [{ name: 'Accept', value: 'text/event-stream' }],
        queryString: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
        headersSize: -1,
        bodySize: 0,
      },
      response: {
        status: 200,
        statusText: 'OK',
        httpVersion: '',
        cookies: [],
        headers: [{ name: 'content-type', value: 'text/event-stream' }],
        content: { size: 27, mimeType: 'text/event-stream', text: 'id: 7\nevent: up\ndata: a\n\n: c\n' },
        redirectURL: '',
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: { send: 0, wait: 50, receive: 50 },
      _eventSourceMessages: [{ time: 1_700_000_000.175, eventName: 'up', eventId: '7', data: 'a' }],
      comment: connection.ending?.sentence,
    },
  ])
})

test('a request without an answer makes a HAR, too', () => {
  const { response, time } = entryOf(connectionFor({}, 'http://a.test'))
  expect(response).toMatchObject({ status: 0, content: { size: 0, mimeType: '' } })
  expect(time).toBe(0)
})
