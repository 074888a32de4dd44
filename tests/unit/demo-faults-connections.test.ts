// @vitest-environment node
/** The fault server over time: gates, stalls, the log, reconnecting, connections used again, HTTP/2. */
import { once } from 'node:events'
import { connect as connectHttp2, type ClientHttp2Stream } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startFaultServer, type FaultServer } from '../../demo/faults/server.ts'
import { askRaw } from '../helpers/raw-client.ts'

type Parameters = Readonly<Record<string, string | number | readonly string[]>>

let faults: FaultServer
let lastTag = 0

beforeAll(async () => {
  faults = await startFaultServer()
})

afterAll(() => faults.close())

const freshTag = () => `tag-${++lastTag}`
const SOON = { interval: 5, timeout: 10_000 }
const logOf = (tag: string) => faults.log(tag).at(-1)
const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))

interface OpenAnswer {
  readonly socket: Socket
  /** All that came so far, framing included. */
  text(): string
}

function open(parameters: Parameters, request = ''): OpenAnswer {
  const { port, pathname, search } = new URL(faults.url(parameters))
  let text = ''
  const socket = connect(Number(port), '127.0.0.1')
  socket.setEncoding('utf8').on('data', (more: string) => (text += more))
  socket.on('error', () => {})
  socket.write(request || `GET ${pathname}${search} HTTP/1.1\r\nHost: faults\r\n\r\n`)
  return { socket, text: () => text }
}

test('an answer waits at each of its gates, and goes on when it is opened', async () => {
  const tag = freshTag()
  const wait = ['head@before', 'event:2@first', 'in:3@second', 'end@last']
  const { socket, text } = open({ events: 3, tag, wait })
  await faults.reached('before')
  expect(logOf(tag)).toMatchObject({ gate: 'before', state: 'answering', bodyBytes: 0 })
  faults.open('before')
  await faults.reached('first')
  await vi.waitFor(() => expect(idsIn(text())).toEqual([1, 2]), SOON)
  expect(logOf(tag)).toMatchObject({ gate: 'first', events: 2 })
  expect((await fetch(`${faults.origin}/gate/first`)).status).toBe(204)
  await faults.reached('second')
  await vi.waitFor(() => expect(idsIn(text())).toEqual([1, 2, 3]), SOON)
  expect([logOf(tag)?.events, text().match(/\}\n\n/g)?.length]).toEqual([2, 2])
  faults.open('second')
  await faults.reached('last')
  expect(text()).not.toContain('\r\n0\r\n')
  faults.open('last')
  await vi.waitFor(() => expect(text()).toMatch(/\}\n\n\r\n0\r\n\r\n$/), SOON)
  expect(logOf(tag)).toMatchObject({ gate: null, state: 'done', events: 3, closedByClient: false })
  socket.destroy()
})

test('one gate can hold several places', async () => {
  const { text, socket } = open({ events: 2, gate: 'shared', wait: ['event:1', 'end'], at: 'end', do: 'fin' })
  await faults.reached('shared')
  faults.open('shared')
  await once(socket, 'close')
  expect(idsIn(text())).toEqual([1, 2])
})

test.each([
  ['before the head', { at: 'head', do: 'stall' }],
  ['in the middle', { at: 'event:2', do: 'stall' }],
  ['at a gate', { wait: 'event:2@never' }],
  ['between two events', { everyMs: 600_000 }],
])('the log tells that the client left %s', async (_, parameters) => {
  const tag = freshTag()
  const { socket } = open({ ...parameters, tag })
  await vi.waitFor(
    () => expect(logOf(tag)).toMatchObject({ state: expect.stringMatching(/answering|stalled/) as string }),
    SOON,
  )
  expect(logOf(tag)).toMatchObject({ closedByClient: false, closedAfterMs: null })
  socket.destroy()
  await vi.waitFor(() => expect(logOf(tag)).toMatchObject({ state: 'done', closedByClient: true }), SOON)
  expect(logOf(tag)?.closedAfterMs).toBeGreaterThanOrEqual(0)
})

test('a stalled stream can go on with heartbeats, and with nothing else', async () => {
  const tag = freshTag()
  const { socket, text } = open({ at: 'event:1', do: 'stall', beatMs: 1, tag })
  await vi.waitFor(() => expect(text().match(/: beat\n\n/g)?.length).toBeGreaterThan(3), SOON)
  expect(idsIn(text())).toEqual([1])
  expect(logOf(tag)).toMatchObject({ state: 'stalled', events: 1 })
  socket.destroy()
})

test('attempts differ, and the log has the Last-Event-ID of each', async () => {
  const tag = freshTag()
  const url = faults.url({ tag, events: 3, retry: 50, attempts: 'rst,at=event:1;do=fin,503,204' })
  const attempt = (lastEventId?: string) =>
    askRaw(url, lastEventId === undefined ? {} : { headers: { 'Last-Event-ID': lastEventId } })
  const first = await attempt()
  expect([idsIn(first.body.toString()), first.end]).toEqual([[1, 2, 3], 'ECONNRESET'])
  const second = await attempt('3')
  expect([idsIn(second.body.toString()), second.end]).toEqual([[4], 'fin'])
  expect((await attempt('4')).head).toContain('HTTP/1.1 503 ')
  expect((await attempt('4')).head).toContain('HTTP/1.1 204 ')
  expect((await attempt('4')).head).toContain('HTTP/1.1 204 ')
  expect(faults.log(tag).map((entry) => [entry.attempt, entry.lastEventId])).toEqual([
    [1, null],
    [2, '3'],
    [3, '4'],
    [4, '4'],
    [5, '4'],
  ])
})

test.each([
  ['next', [8, 9]],
  ['restart', [1, 2]],
  ['repeat:2', [6, 7]],
  ['repeat:100', [1, 2]],
  ['skip:3', [11, 12]],
])('resume=%s after event 7', async (resume, ids) => {
  const { body } = await askRaw(faults.url({ events: 2, resume }), { headers: { 'Last-Event-ID': '7' } })
  expect(idsIn(body.toString())).toEqual(ids)
})

test('a POST’s body is read and logged, unless it shall not be', async () => {
  const tag = freshTag()
  await askRaw(faults.url({ tag }), { method: 'POST', body: '{"a":1}', headers: { 'X-One': 'two' } })
  const { head } = await askRaw(faults.url({ tag, readBody: 'no', events: 1 }), { method: 'POST', body: 'unread' })
  expect(head).toContain('200 OK')
  expect(faults.log(tag)).toMatchObject([
    { method: 'POST', body: '{"a":1}', headers: { 'x-one': 'two' } },
    { method: 'POST', body: null },
  ])
})

test('a preflight is logged and is no attempt', async () => {
  const tag = freshTag()
  await askRaw(faults.url({ tag, status: 503 }), { method: 'OPTIONS' })
  await askRaw(faults.url({ tag, status: 503 }))
  expect(faults.log(tag).map(({ method, attempt }) => [method, attempt])).toEqual([
    ['OPTIONS', 0],
    ['GET', 1],
  ])
  expect(await (await fetch(`${faults.origin}/log?tag=${tag}`)).json()).toEqual(faults.log(tag))
})

test('a connection is used again after a complete answer, and closed where asked', async () => {
  const { pathname, search } = new URL(faults.url({ events: 1 }))
  const get = `GET ${pathname}${search} HTTP/1.1\r\nHost: faults\r\n\r\n`
  const { socket, text } = open({}, get)
  await vi.waitFor(() => expect(text()).toMatch(/0\r\n\r\n$/), SOON)
  socket.write(get)
  await vi.waitFor(() => expect(text().match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2), SOON)
  socket.destroy()
  const closing = open({ events: 1, connection: 'close' })
  await once(closing.socket, 'close')
  expect(closing.text()).toContain('\r\nConnection: close\r\n')
})

test('nobody listens at the refused origin, and the unknown host has no address', async () => {
  expect((await askRaw(`${faults.refusedOrigin}/`)).end).toBe('ECONNREFUSED')
  expect(new URL(faults.unknownHost).hostname).toMatch(/\.invalid$/)
})

test('there is an empty page, and nothing at other paths', async () => {
  expect(await (await fetch(`${faults.origin}/page`)).text()).toContain('<title>')
  expect((await fetch(`${faults.origin}/other`)).status).toBe(404)
  expect((await askRaw(faults.origin, { method: 'what is this?' })).head).toBe('')
})

interface Http2Answer {
  readonly status: number | null
  readonly text: string
  readonly endedInOrder: boolean
  /** Of the RST_STREAM, or 0. */
  readonly code: number | undefined
  readonly goaway: number | null
  readonly trailers: boolean
}

async function askHttp2(
  parameters: Parameters,
  onStream: (stream: ClientHttp2Stream) => void = () => {},
): Promise<Http2Answer> {
  const session = connectHttp2(faults.tlsOrigin, { rejectUnauthorized: false })
  const { pathname, search } = new URL(faults.tlsUrl(parameters))
  const stream = session.request({ ':path': pathname + search })
  const seen = {
    status: null as number | null,
    text: '',
    endedInOrder: false,
    goaway: null as number | null,
    trailers: false,
  }
  session.on('error', () => {}).on('goaway', (code) => (seen.goaway = code))
  stream.on('error', () => {}).setEncoding('utf8')
  stream.on('response', (headers) => (seen.status = headers[':status'] ?? null))
  stream.on('data', (text: string) => (seen.text += text))
  stream.on('trailers', (trailers) => (seen.trailers = trailers['x-fault-trailer'] === 'yes'))
  stream.on('end', () => (seen.endedInOrder = true))
  onStream(stream)
  await new Promise((resolve) => stream.once('close', resolve))
  session.destroy()
  return { ...seen, code: stream.rstCode }
}

test('HTTP/2: a whole answer, with trailers', async () => {
  const tag = freshTag()
  const answer = await askHttp2({ events: 3, trailers: 'yes', tag })
  expect(answer).toMatchObject({ status: 200, endedInOrder: true, code: 0, goaway: null, trailers: true })
  expect(idsIn(answer.text)).toEqual([1, 2, 3])
  expect(logOf(tag)).toMatchObject({ state: 'done', events: 3, closedByClient: false })
  expect(await askHttp2({ status: 503 })).toMatchObject({ status: 503, endedInOrder: true })
})

test.each([
  ['before the head', 'head', null],
  ['in mid-stream', 'event:2', 200],
])('HTTP/2: RST_STREAM %s has the code that was asked for', async (_, at, status) => {
  const answer = await askHttp2({ at, do: 'rst', code: 'ENHANCE_YOUR_CALM', tag: freshTag() })
  expect(answer).toMatchObject({ status, endedInOrder: false, code: 11 })
  expect(idsIn(answer.text)).toEqual(status === null ? [] : [1, 2])
})

test('HTTP/2: GOAWAY with its code, then the connection is closed', async () => {
  const answer = await askHttp2({ at: 'event:2', do: 'goaway', code: 'INADEQUATE_SECURITY' })
  expect(answer).toMatchObject({ goaway: 12, endedInOrder: false })
})

test('HTTP/2: the connection breaks', async () => {
  expect(await askHttp2({ at: 'event:2', do: 'fin' })).toMatchObject({ endedInOrder: false, goaway: null })
})

test('HTTP/2: the log tells that the client reset the stream', async () => {
  const tag = freshTag()
  const answer = await askHttp2({ at: 'event:2', do: 'stall', tag }, (stream) => {
    void vi.waitFor(() => expect(logOf(tag)?.state).toBe('stalled'), SOON).then(() => stream.close(8))
  })
  expect(answer.status).toBe(200)
  await vi.waitFor(() => expect(logOf(tag)).toMatchObject({ state: 'done', closedByClient: true, events: 2 }), SOON)
})

test.each(['do=badchunk&at=event:1', 'do=badhead&at=head', 'do=fin&at=midhead'])(
  'HTTP/2: %s is refused',
  async (query) => {
    const answer = await askHttp2(Object.fromEntries(new URLSearchParams(query)))
    expect(answer.status).toBe(400)
  },
)

test('closing ends the server although answers are stalled', async () => {
  const other = await startFaultServer()
  const stalled = askRaw(other.url({ at: 'event:1', do: 'stall', tag: 'x' }))
  await vi.waitFor(() => expect(other.log('x')[0]?.state).toBe('stalled'), SOON)
  await other.close()
  expect((await stalled).body.length).toBeGreaterThan(0)
  expect((await askRaw(other.url({}))).end).toBe('ECONNREFUSED')
})
