// @vitest-environment node
/** The bytes of the fault server's answers: bodies, cuts, framings, encodings, heads. */
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFault } from '../../demo/faults/parameters.ts'
import { toScript } from '../../demo/faults/script.ts'
import { startFaultServer, type FaultServer } from '../../demo/faults/server.ts'
import { FAULT_GROUPS } from '../../demo/page/fault-runs.ts'
import { askRaw, unchunk, type RawRequest } from '../helpers/raw-client.ts'

type Parameters = Readonly<Record<string, string | number | readonly string[]>>

let faults: FaultServer

beforeAll(async () => {
  faults = await startFaultServer()
})

afterAll(() => faults.close())

const ask = (parameters: Parameters, request?: RawRequest) => askRaw(faults.url(parameters), request)

/** The body as it is without any framing: until the connection is closed. */
async function bodyOf(parameters: Parameters): Promise<Buffer> {
  return (await ask({ framing: 'close', ...parameters })).body
}

function eventsIn(body: Buffer): { type: string; data: string; id: string }[] {
  const events: { type: string; data: string; id: string }[] = []
  const onEvent = ({ event = 'message', data, id = '' }: EventSourceMessage) =>
    void events.push({ type: event, data, id })
  createParser({ onEvent }).feed(body.toString('utf8'))
  return events
}

const headersIn = (head: string) =>
  new Map(head.split('\r\n').map((line) => [line.split(': ')[0], line.split(': ')[1]]))

test('events are numbered, have ids, and hold characters of two, three and four bytes', async () => {
  const events = eventsIn(await bodyOf({ events: 3 }))
  expect(events.map(({ id }) => id)).toEqual(['1', '2', '3'])
  expect(events.map(({ data }): unknown => JSON.parse(data))).toEqual(
    [1, 2, 3].map((n) => ({ n, text: `Grüße № ${n} 🙂` })),
  )
  expect(eventsIn(await bodyOf({ events: 2, ids: 'no' })).map(({ id }) => id)).toEqual(['', ''])
})

test('chat bodies have as many events as asked, with a beginning, a finish reason and a terminal event', async () => {
  const openai = eventsIn(await bodyOf({ body: 'openai', events: 6, finish: 'length' })).map(({ data }) => data)
  expect(openai).toHaveLength(6)
  expect(openai.at(-1)).toBe('[DONE]')
  expect(JSON.parse(openai.at(-2) ?? '')).toMatchObject({ choices: [{ delta: {}, finish_reason: 'length' }] })
  const anthropic = eventsIn(await bodyOf({ body: 'anthropic', events: 7 })).map(({ type }) => type)
  const deltas = ['content_block_delta', 'content_block_delta']
  const around = [
    ['message_start', 'content_block_start'],
    ['content_block_stop', 'message_delta', 'message_stop'],
  ]
  expect(anthropic).toEqual([...(around[0] ?? []), ...deltas, ...(around[1] ?? [])])
})

test('the terminal event can be left out', async () => {
  const lastOf = async (body: string) => eventsIn(await bodyOf({ body, events: 6, terminal: 'no' })).at(-1)
  expect((await lastOf('openai'))?.data).toContain('finish_reason":"stop"')
  expect((await lastOf('anthropic'))?.type).toBe('message_delta')
})

test.each([
  ['sse', 'error', 'The work failed.'],
  ['openai', 'message', 'server_error'],
  ['anthropic', 'error', 'overloaded_error'],
])('the third event of %s can be an error, and nothing follows', async (body, type, text) => {
  const events = eventsIn(await bodyOf({ body, error: 3 }))
  expect(events).toHaveLength(3)
  expect(events[2]).toMatchObject({ type, data: expect.stringContaining(text) as string })
})

test('lines of JSON, lines of text, one JSON, nothing', async () => {
  const lines = (await bodyOf({ body: 'ndjson', events: 4, error: 4 })).toString().split('\n')
  expect(lines.slice(0, 4).map((line): unknown => JSON.parse(line))).toMatchObject([
    { n: 1 },
    { n: 2 },
    { n: 3 },
    { error: 'The work failed.' },
  ])
  expect((await bodyOf({ body: 'text', events: 2 })).toString()).toBe('Line 1: Grüße № 1 🙂\nLine 2: Grüße № 2 🙂\n')
  expect(JSON.parse((await bodyOf({ body: 'json' })).toString())).toMatchObject({ error: { type: 'fault' } })
  expect(await bodyOf({ body: 'none' })).toHaveLength(0)
})

test('raw bytes are sent as they are, also those that are no UTF-8', async () => {
  const { body } = await askRaw(`${faults.origin}/fault?framing=close&raw=data:+a%0A&raw=%FF%00%EF%BB%BF&at=event:2`)
  expect(body).toEqual(Buffer.from([...Buffer.from('data: a\n'), 0xff, 0x00, 0xef, 0xbb, 0xbf]))
})

test('heartbeats, retry, line ends, sizes', async () => {
  expect((await bodyOf({ events: 1, beats: 2, retry: 50 })).toString()).toMatch(
    /^retry: 50\n\n(: beat\n\n){2}id: 1\ndata: .*\n\n$/,
  )
  expect((await bodyOf({ events: 0, beats: 2 })).toString()).toBe(': beat\n\n: beat\n\n')
  expect((await bodyOf({ events: 1, eol: 'crlf' })).toString()).toMatch(/^id: 1\r\ndata: .*\r\n\r\n$/)
  expect((await bodyOf({ events: 1, eol: 'cr' })).toString()).toMatch(/^id: 1\rdata: [^\r\n]*\r\r$/)
  expect((await bodyOf({ events: 1, dataBytes: 5000, body: 'text' })).length).toBe('Line 1: '.length + 5000 + 1)
})

test('a body ends after an event, inside its text, inside a character, or after so many bytes', async () => {
  const whole = await bodyOf({ events: 5 })
  const eventBytes = whole.length / 5
  const cutAt = (at: string) => bodyOf({ events: 5, at })
  expect(await cutAt('event:2')).toEqual(whole.subarray(0, 2 * eventBytes))
  expect(await cutAt('event:0')).toHaveLength(0)
  expect(await cutAt('start')).toHaveLength(0)
  expect(await cutAt('byte:17')).toEqual(whole.subarray(0, 17))
  expect(await cutAt('end')).toEqual(whole)
  const inside = await cutAt('in:3')
  expect(inside).toEqual(whole.subarray(0, inside.length))
  expect(inside.length).toBeGreaterThan(2 * eventBytes)
  expect(inside.length).toBeLessThan(3 * eventBytes - 2)
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(inside)).not.toThrow()
  const inCharacter = await cutAt('char:3')
  expect(inCharacter.toString('latin1')).toMatch(/"text":"Gr\u00c3$/)
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(inCharacter)).toThrow(TypeError)
})

test('chunked: closed in order has a last chunk, FIN and RST do not', async () => {
  const whole = await bodyOf({ events: 3, at: 'event:2' })
  const endOf = async (parameters: Parameters) => {
    const { body, end } = await ask({ events: 3, at: 'event:2', ...parameters })
    const { chunks, isComplete, rest } = unchunk(body)
    expect(Buffer.concat(chunks)).toEqual(whole)
    return { isComplete, rest, end }
  }
  expect(await endOf({ do: 'close' })).toEqual({ isComplete: true, rest: '\r\n', end: 'fin' })
  expect(await endOf({ do: 'fin' })).toEqual({ isComplete: false, rest: '', end: 'fin' })
  expect(await endOf({ do: 'rst' })).toEqual({ isComplete: false, rest: '', end: 'ECONNRESET' })
  expect(await endOf({ do: 'badchunk' })).toEqual({ isComplete: false, rest: 'zz\r\n', end: 'fin' })
  expect(await endOf({ trailers: 'yes' })).toEqual({
    isComplete: true,
    rest: 'X-Fault-Trailer: yes\r\n\r\n',
    end: 'fin',
  })
})

test('Content-Length: honest, too long, too short, of one’s own, and honest about what is missing', async () => {
  const whole = (await bodyOf({ events: 4 })).length
  const saidAndSent = async (parameters: Parameters) => {
    const { head, body } = await ask({ events: 4, framing: 'length', ...parameters })
    return [Number(headersIn(head).get('Content-Length')) - whole, body.length - whole]
  }
  const missing = -whole / 2
  expect(await saidAndSent({})).toEqual([0, 0])
  expect(await saidAndSent({ length: '+100' })).toEqual([100, 0])
  expect(await saidAndSent({ length: '-100' })).toEqual([-100, 0])
  expect(await saidAndSent({ length: 7 })).toEqual([7 - whole, 0])
  expect(await saidAndSent({ at: 'event:2' })).toEqual([missing, missing])
  expect(await saidAndSent({ at: 'event:2', do: 'fin' })).toEqual([0, missing])
  expect((await askRaw(`${faults.origin}/fault?length=+3`)).head).toMatch(/Content-Length: \d+/)
})

test('before the head: closed, reset, cut in two, or no HTTP at all', async () => {
  expect(await ask({ at: 'head', do: 'fin' })).toEqual({ head: '', body: Buffer.alloc(0), end: 'fin' })
  expect(await ask({ at: 'head', do: 'rst' })).toEqual({ head: '', body: Buffer.alloc(0), end: 'ECONNRESET' })
  expect((await ask({ at: 'head', do: 'badhead' })).head).toBe('This is not HTTP.')
  const { head, body, end } = await ask({ at: 'midhead', do: 'fin' })
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\nCache-Control: no-store\r\n/)
  expect([head.includes('Transfer-Encoding'), body.length, end]).toEqual([false, 0, 'fin'])
})

const DECODERS = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync } as const
const UNFINISHED = { finishFlush: constants.BROTLI_OPERATION_FLUSH }
const decode = (encoding: keyof typeof DECODERS, bytes: Buffer) =>
  DECODERS[encoding](bytes, encoding === 'br' ? UNFINISHED : { finishFlush: constants.Z_SYNC_FLUSH })

test.each(['gzip', 'br', 'deflate'] as const)(
  '%s: flushed, every chunk can be read when it comes',
  async (encoding) => {
    const plain = await bodyOf({ events: 4 })
    const { head, body } = await ask({ events: 4, encoding })
    expect(headersIn(head).get('Content-Encoding')).toBe(encoding)
    const { chunks } = unchunk(body)
    for (const events of [1, 2, 3, 4]) {
      expect(decode(encoding, Buffer.concat(chunks.slice(0, events)))).toEqual(
        plain.subarray(0, (plain.length / 4) * events),
      )
    }
    expect(DECODERS[encoding](Buffer.concat(chunks))).toEqual(plain)
  },
)

test.each(['gzip', 'br', 'deflate'] as const)(
  '%s: without flush, what comes before the end says nothing',
  async (encoding) => {
    const plain = await bodyOf({ events: 4 })
    const { chunks } = unchunk((await ask({ events: 4, encoding, flush: 'no' })).body)
    expect(decode(encoding, Buffer.concat(chunks.slice(0, -1)))).toHaveLength(0)
    expect(DECODERS[encoding](Buffer.concat(chunks))).toEqual(plain)
  },
)

test('an encoding that is cut, not there, or broken', async () => {
  const plain = await bodyOf({ events: 4 })
  const half = plain.subarray(0, plain.length / 2)
  const encoded = async (parameters: Parameters) => bodyOf({ events: 4, encoding: 'gzip', ...parameters })
  expect(gunzipSync(await encoded({ at: 'event:2' }))).toEqual(half)
  const cut = await encoded({ at: 'event:2', do: 'fin' })
  expect(() => gunzipSync(cut)).toThrow('unexpected end of file')
  expect(decode('gzip', cut)).toEqual(half)
  expect(await encoded({ encode: 'no' })).toEqual(plain)
  const broken = await encoded({ at: 'event:2', do: 'badcode' })
  expect(broken.subarray(0, cut.length)).toEqual(cut)
  expect(() => decode('gzip', broken)).toThrow(expect.objectContaining({ code: 'Z_DATA_ERROR' }))
  const { head, body } = await ask({ encoding: 'gzip', framing: 'length' })
  expect(Number(headersIn(head).get('Content-Length'))).toBe(body.length)
})

test('events can be held back and burst, or drip byte by byte', async () => {
  const plain = await bodyOf({ events: 6 })
  const chunksOf = async (parameters: Parameters) => unchunk((await ask({ events: 6, ...parameters })).body).chunks
  expect(await chunksOf({})).toHaveLength(6)
  expect((await chunksOf({ burst: 4, everyMs: 1 })).map(({ length }) => length)).toEqual([
    plain.length * (4 / 6),
    plain.length * (2 / 6),
  ])
  expect(await chunksOf({ burst: 'all' })).toEqual([plain])
  const drops = await chunksOf({ drip: 1 })
  expect([drops.length, Buffer.concat(drops)]).toEqual([plain.length, plain])
})

test.each([401, 403, 404, 429, 500, 503])('status %i comes with a JSON error, or with any body', async (status) => {
  const { head, body } = await ask({ status, framing: 'length' })
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} \\w.*Content-Type: application/json`, 's'))
  expect(JSON.parse(body.toString())).toMatchObject({ error: { message: `Answered ${status} as asked.` } })
  const withEvents = await ask({ status, body: 'sse', events: 2, at: 'event:1', do: 'fin', framing: 'close' })
  expect(withEvents.head).toContain('Content-Type: text/event-stream')
  expect(eventsIn(withEvents.body)).toHaveLength(1)
})

test.each([204, 304])('status %i has neither a body nor a length', async (status) => {
  const { head, body } = await ask({ status })
  expect(head).not.toMatch(/Content-Length|Transfer-Encoding|Content-Type/)
  expect(body).toHaveLength(0)
})

test('redirects go where they are told, or so many times to themselves', async () => {
  expect(headersIn((await ask({ status: 301, location: '/page' })).head).get('Location')).toBe('/page')
  const response = await fetch(faults.url({ redirects: 3, tag: 'redirected', events: 1 }))
  expect([response.status, response.redirected]).toEqual([200, true])
  expect(await response.text()).toContain('id: 1')
  expect(faults.log('redirected')).toHaveLength(4)
})

test('content types: by body, of one’s own, none; other headers as given', async () => {
  const typeOf = async (parameters: Parameters) => headersIn((await ask(parameters)).head).get('Content-Type')
  expect(await typeOf({ body: 'ndjson' })).toBe('application/x-ndjson')
  expect(await typeOf({ type: 'text/html' })).toBe('text/html')
  expect(await typeOf({ type: 'none' })).toBeUndefined()
  const { head } = await ask({ header: ['Via: 1.1 proxy', 'X-Accel-Buffering: no'] })
  expect(head).toContain('\r\nVia: 1.1 proxy\r\nX-Accel-Buffering: no\r\n')
})

test('CORS is allowed to all, to one, with credentials, or to nobody', async () => {
  const headers = { Origin: 'http://page.test', 'Access-Control-Request-Headers': 'authorization' }
  const corsOf = async (parameters: Parameters, method = 'GET') => {
    const { head } = await ask(parameters, { headers, method })
    return head.split('\r\n').filter((line) => line.startsWith('Access-Control-Allow'))
  }
  expect(await corsOf({})).toEqual(['Access-Control-Allow-Origin: *'])
  expect(await corsOf({ cors: 'http://other.test' })).toEqual(['Access-Control-Allow-Origin: http://other.test'])
  expect(await corsOf({ cors: 'origin' })).toEqual([
    'Access-Control-Allow-Origin: http://page.test',
    'Access-Control-Allow-Credentials: true',
  ])
  expect(await corsOf({ cors: 'none' })).toEqual([])
  expect(await corsOf({}, 'OPTIONS')).toContain('Access-Control-Allow-Headers: authorization')
  expect(await corsOf({ preflight: 'no' }, 'OPTIONS')).toEqual([])
  expect(await corsOf({ preflight: 'no' })).toEqual(['Access-Control-Allow-Origin: *'])
  expect(await corsOf({ cors: 'none' }, 'OPTIONS')).toEqual([])
})

test.each([
  ['events=x&everyMs=-1', ['events', 'everyMs']],
  ['colour=red&tag=a&tag=b', ['colour', 'tag']],
  ['at=nowhere&wait=event:1&do=explode', ['at', 'wait', 'do']],
  ['at=head', ['at']],
  ['at=event:99', ['at']],
  ['events=2&wait=byte:9999@x', ['wait']],
  ['do=goaway', ['do']],
  ['do=badhead', ['do']],
  ['do=badchunk&framing=close', ['do']],
  ['do=badcode', ['do']],
  ['length=many', ['length']],
  ['length=5&framing=chunked', ['length']],
  ['header=no-colon', ['header']],
  ['header=A: x%0D%0AB: c', ['header']],
  ['body=openai&events=3', ['events']],
  ['body=text&error=1', ['error']],
  ['error=11', ['error']],
  ['status=204&body=sse', ['body']],
  ['attempts=rst,soon', ['attempts']],
  ['resume=back', ['resume']],
  ['code=NONE', ['code']],
])('%s gets a 400 that names what is wrong', async (query, parameters) => {
  const { head, body } = await askRaw(`${faults.origin}/fault?${query}`)
  expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  const { error } = JSON.parse(body.toString()) as { error: { message: string; parameters: string[] } }
  expect([...error.parameters].toSorted()).toEqual([...parameters].toSorted())
  for (const parameter of parameters) expect(error.message).toMatch(new RegExp(`\\b${parameter}\\b`))
})

test.each(FAULT_GROUPS.flatMap(({ runs }) => runs.map((run) => [run.id, run] as const)))(
  'the demo page asks for %s in words that the server knows',
  async (_, { at, query }) => {
    const search = `?${query}&tag=x`
    for (const attempt of [1, 2, 3]) {
      const fault = readFault({ search, attempt, lastEventId: null, httpVersion: at === 'tls' ? 2 : 1 })
      expect((await toScript(fault)).steps.at(-1)).toEqual({ kind: 'deed', deed: fault.do })
    }
  },
)

test('every button of the demo page has an id of its own', () => {
  const ids = FAULT_GROUPS.flatMap(({ runs }) => runs.map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
})
