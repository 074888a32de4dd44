// @vitest-environment node
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startDemo, type Demo } from '../helpers/demo.ts'

interface LoggedRequest {
  readonly method: string
  readonly url: string
  readonly sentBytes: number
  readonly end: 'finished' | 'client-closed' | 'server-broke' | null
  readonly endedAfterMs: number | null
}

let demo: Demo

beforeAll(async () => {
  // The first start builds the pages.
  demo = await startDemo()
}, 60_000)

afterAll(() => demo.close())

function get(path: string, init?: RequestInit): Promise<Response> {
  return fetch(new URL(path, demo.url), init)
}

function postChat(
  body: unknown,
  headers: Record<string, string> = { Authorization: 'Bearer test' },
): Promise<Response> {
  return get('chat?pace=0', { method: 'POST', headers, body: JSON.stringify(body) })
}

function ask(content: string): Promise<Response> {
  return postChat({ model: 'demo-1', stream: true, messages: [{ role: 'user', content }] })
}

/** The data of every event, without a parser's help: the streams asked here have one `data` line an event. */
async function datasOf(response: Response): Promise<string[]> {
  const text = await response.text()
  return [...text.matchAll(/^data: (.*)$/gm)].map((match) => match[1] ?? '')
}

async function logged(path: string): Promise<LoggedRequest | undefined> {
  const { requests } = (await (await get('log')).json()) as { requests: LoggedRequest[] }
  return requests.findLast((request) => request.url.includes(path))
}

test('the stream written by hand and the one of Nest carry the same events', async () => {
  const [byHand, byNest] = await Promise.all([get('sse?count=5&interval=1'), get('nest-sse?count=5&interval=1')])
  expect(byHand.headers.get('content-type')).toBe('text/event-stream')
  const datas = await datasOf(byHand)
  expect(datas.map((data) => (JSON.parse(data) as { n: number }).n)).toEqual([1, 2, 3, 4, 5])
  expect(await datasOf(byNest)).toEqual(datas)
})

test.each(['sse?count=0', 'sse?count=ten', 'sse?count=1&count=2', 'ndjson?interval=-1', 'big?mb=100000', 'status/99'])(
  'bad input is answered with a 400 that names it: %s',
  async (path) => {
    const response = await get(path)
    const { error } = (await response.json()) as { error: { message: string; param: string } }
    expect(response.status).toBe(400)
    expect(error.message).toContain(`"${error.param}" must be a whole number from`)
  },
)

test('the chat wants a token', async () => {
  const response = await postChat({}, {})
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
  expect(await response.json()).toMatchObject({ error: { type: 'authentication_error' } })
})

test.each([
  ['body', []],
  ['model', { stream: true, messages: [{ role: 'user', content: 'a' }] }],
  ['stream', { model: 'm', messages: [{ role: 'user', content: 'a' }] }],
  ['messages', { model: 'm', stream: true, messages: [{ role: 'system', content: 'a' }] }],
])('the chat refuses a request with a wrong %s', async (param, body) => {
  const response = await postChat(param === 'body' ? 'no object' : body)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { param } })
})

test('the chat streams role, words, finish reason, usage and [DONE], and answers what was asked', async () => {
  const datas = await datasOf(await ask('Tell me about herons'))
  expect(datas.at(-1)).toBe('[DONE]')
  const chunks = datas.slice(0, -1).map((data) => JSON.parse(data) as Record<string, never>)
  expect(chunks[0]).toMatchObject({ object: 'chat.completion.chunk', choices: [{ delta: { role: 'assistant' } }] })
  expect(chunks.at(-2)).toMatchObject({ choices: [{ delta: {}, finish_reason: 'stop' }] })
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: datas.length - 4 } })
  expect(datas.length).toBeGreaterThan(40)
  expect(datas.join('')).toContain('herons')
  expect(datas).not.toEqual(await datasOf(await ask('Tell me about islets')))
})

test('the named stream resumes after Last-Event-ID and says when there is no more', async () => {
  const path = 'named?count=4&total=6&interval=1'
  const first = await (await get(path)).text()
  const second = await (await get(path, { headers: { 'Last-Event-ID': '4' } })).text()
  const third = await get(path, { headers: { 'Last-Event-ID': '6' } })
  const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]))
  expect(idsIn(first)).toEqual([1, 2, 3, 4])
  expect(idsIn(second)).toEqual([5, 6])
  expect(third.status).toBe(204)
  expect(first).toMatch(/^: .*\nretry: 200\n\n/)
  expect(first).toContain('event: progress')
  expect((await get(path, { headers: { 'Last-Event-ID': 'x' } })).status).toBe(400)
})

test('lines of JSON, and events under a wrong content type', async () => {
  const lines = await get('ndjson?count=3&interval=1')
  expect(lines.headers.get('content-type')).toBe('application/x-ndjson')
  expect((await lines.text()).trimEnd().split('\n')).toHaveLength(3)
  const wrong = await get('wrong-type?count=3&interval=1')
  expect(wrong.headers.get('content-type')).toBe('application/json')
  expect(await datasOf(wrong)).toHaveLength(3)
})

test('the failing stream breaks after half of its events, and the log says who broke it', async () => {
  const response = await get('fails?count=6&interval=5')
  const decoder = new TextDecoder()
  let text = ''
  const read = async () => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  }
  await expect(read()).rejects.toThrow('terminated')
  expect(text.match(/^id: /gm)).toHaveLength(3)
  expect(await logged('fails')).toMatchObject({ end: 'server-broke' })
})

test.each(['sse', 'nest-sse', 'ndjson', 'slow-head'])('the log tells that the client left /%s', async (route) => {
  const controller = new AbortController()
  const path = `${route}?count=90000&interval=50&ms=60000&from=cancel-test`
  const answer = get(path, { signal: controller.signal })
  answer.catch(() => {})
  await vi.waitFor(async () => expect(await logged(path)).toMatchObject({ end: null }), { interval: 5 })
  if (route !== 'slow-head') await answer
  controller.abort()
  await vi.waitFor(async () => expect(await logged(path)).toMatchObject({ end: 'client-closed' }), { interval: 5 })
  expect((await logged(path))?.endedAfterMs).toBeGreaterThanOrEqual(0)
})

test('a flood sends every event to a client that reads', async () => {
  const datas = await datasOf(await get('flood?count=20000'))
  expect(datas).toHaveLength(20_000)
  expect(datas.at(-1)).toBe('{"n":20000}')
})

test('a flood waits for a client that does not read', async () => {
  const controller = new AbortController()
  await get('flood?count=10000000&unread', { signal: controller.signal })
  let before = -1
  const sent = await vi.waitFor(
    async () => {
      const now = (await logged('unread'))?.sentBytes ?? 0
      const changed = now !== before
      before = now
      if (changed || now === 0) throw new Error('still sending')
      return now
    },
    { interval: 100, timeout: 10_000 },
  )
  controller.abort()
  await vi.waitFor(async () => expect(await logged('unread')).toMatchObject({ end: 'client-closed' }), { interval: 5 })
  // The whole flood is 300 MB; what was sent fills the buffers between.
  expect(sent).toBeLessThan(30_000_000)
})

test('one event can be exactly as large as asked', async () => {
  const [data] = await datasOf(await get('big?mb=2'))
  expect(data).toHaveLength(2 * 1024 * 1024)
})

test('the bad bytes are in the middle of good ones', async () => {
  const bytes = await (await get('bad-utf8?interval=1')).arrayBuffer()
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow(TypeError)
  expect(new TextDecoder().decode(bytes)).toMatch(/<all is well>[^]*<\ufffd+>[^]*<and well again>/)
})

test('a slow head comes late, and then its events', async () => {
  const startedAt = performance.now()
  const response = await get('slow-head?ms=150&count=2&interval=1')
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(145)
  expect(await datasOf(response)).toHaveLength(2)
})

test('any status can be asked for, with a JSON body where the status may have one', async () => {
  const teapot = await get('status/418', { headers: { Accept: 'text/event-stream' } })
  expect([teapot.status, teapot.headers.get('content-type')]).toEqual([418, 'application/json'])
  expect(await teapot.json()).toMatchObject({ error: { code: 418 } })
  expect((await get('status/204')).status).toBe(204)
})

test('the echo tells method, headers as spelled, and body', async () => {
  const response = await get('echo?a=1', { method: 'POST', headers: { 'X-One': 'two' }, body: 'grüße' })
  const echo = (await response.json()) as { headers: [string, string][] }
  expect(echo).toMatchObject({ method: 'POST', url: '/echo?a=1', body: 'grüße', sizeBytes: 7 })
  expect(echo.headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`)).toContain('x-one: two')
  expect(await (await get('echo')).json()).toMatchObject({ method: 'GET', body: '', sizeBytes: 0 })
})

test('only the second origin allows CORS, with its headers named', async () => {
  const headers = { Origin: 'http://127.0.0.1:1' }
  const preflight = await fetch(new URL('chat', demo.crossOrigin), { method: 'OPTIONS', headers })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization')
  const allowed = await fetch(new URL('sse?count=1&interval=1', demo.crossOrigin), { headers })
  expect(allowed.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:1')
  expect(allowed.headers.get('access-control-expose-headers')).toBe('X-Request-Id')
  const first = await get('sse?count=1&interval=1', { headers })
  expect(first.headers.get('access-control-allow-origin')).toBeNull()
})

test('the page and all it loads are served, also under a strict policy', async () => {
  const html = await (await get('')).text()
  const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '')
  expect(files.length).toBeGreaterThanOrEqual(2)
  for (const file of files) expect((await get(file)).status).toBe(200)
  expect((await get('assets/none.js')).status).toBe(404)
  const strict = await get('csp')
  expect(strict.headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'")
  expect(await strict.text()).toBe(html)
  expect(html).toContain(`data-http="${demo.faults}"`)
  expect(html).not.toContain('__')
  expect((await fetch(`${demo.faults}/fault?events=1`)).status).toBe(200)
})

test('the page with frames points to the other origin', async () => {
  expect(await (await get('frames')).text()).toContain(`src="${demo.crossOrigin}frame"`)
  expect(await (await fetch(new URL('frames', demo.crossOrigin))).text()).toContain(`src="${demo.url}frame"`)
})

test('the log can be emptied', async () => {
  await get('json?kept')
  expect(await logged('kept')).toMatchObject({ method: 'GET', end: 'finished' })
  expect((await get('log', { method: 'DELETE' })).status).toBe(204)
  expect(await logged('kept')).toBeUndefined()
})

test('closing ends the server although a stream is open', async () => {
  const other = await startDemo()
  const open = await fetch(new URL('sse?count=1000', other.url))
  const cut = open.text().catch((error: unknown) => error)
  await other.close()
  expect(await cut).toMatchObject({ message: 'terminated' })
  await expect(fetch(other.url)).rejects.toThrow('fetch failed')
}, 20_000)
