/** The probe server's answers, by path. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Exchange } from './server.ts'

export interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly query: URLSearchParams
  readonly exchange: Exchange
  /** All exchanges of the same run, this one included. */
  readonly earlier: readonly Exchange[]
}
type Answer = (asked: Asked) => Promise<void> | void

const EVENTS = 'text/event-stream'
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Writes, and waits while the socket does not want more. False when the other side is gone. */
async function push({ response, exchange }: Asked, data: string | Buffer): Promise<boolean> {
  if (response.destroyed) return false
  const more = response.write(data)
  exchange.pushedBytes += data.length
  if (more) return true
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
  return !response.destroyed
}

/** A head without body parts: `/stream` is driven by the page's orders from here on. */
function stream({ request, response, query }: Asked): void {
  // Else Chromium may try to save the connection of a cancelled request, and drain it for 5 s before it closes it.
  response.setHeader('connection', 'close')
  for (const [name, value] of query) if (name.startsWith('h-')) response.setHeader(name.slice(2), value)
  response.writeHead(Number(query.get('status') ?? 200), { 'content-type': query.get('type') ?? EVENTS })
  response.flushHeaders()
  // Firefox tells the page of an answer only with its first byte; without one every probe would wait for seconds. Chromium
  // does so for XMLHttpRequest, whose probes ask for one.
  if (query.has('first') || request.headers['user-agent']?.includes('Firefox')) response.write('\n')
}

/** `n` events, `gap` ms apart; then `end`: clean, reset, or open. */
async function sse(asked: Asked): Promise<void> {
  const { response, query, request } = asked
  const start = Number(request.headers['last-event-id'] ?? 0)
  response.writeHead(200, { 'content-type': query.get('type') ?? EVENTS })
  response.flushHeaders()
  if (query.has('retry')) await push(asked, `retry: ${query.get('retry')}\n\n`)
  for (let index = start + 1; index <= start + Number(query.get('n') ?? 3); index += 1) {
    if (!(await push(asked, `id: ${index}\ndata: event ${index}\n\n`))) return
    await wait(Number(query.get('gap') ?? 20))
  }
  if (query.get('end') === 'reset') response.socket?.resetAndDestroy()
  else if (query.get('end') !== 'open') response.end()
}

/** A whole answer: `status`, `type`, `body`, any header as `h-name`. */
function plain({ response, query, request }: Asked): void {
  const status = Number(query.get('status') ?? 200)
  for (const [name, value] of query) if (name.startsWith('h-')) response.setHeader(name.slice(2), value)
  if (query.get('type') !== '') response.setHeader('content-type', query.get('type') ?? EVENTS)
  response.writeHead(status, query.get('reason') ?? undefined)
  response.end(
    request.method === 'HEAD' || status === 204 || status === 304
      ? undefined
      : (query.get('body') ?? 'data: one\n\ndata: two\n\n'),
  )
}

function redirect({ response, query }: Asked): void {
  const location = query.get('to') ?? '/plain'
  response.writeHead(Number(query.get('code') ?? 302), { location, 'content-type': EVENTS })
  response.end('data: moved\n\n')
}

/** As much as the socket takes, up to `mb`, in blocks of 64 KB. */
async function flood(asked: Asked): Promise<void> {
  asked.response.writeHead(200, { 'content-type': asked.query.get('type') ?? EVENTS })
  const block = Buffer.from(`data: ${'x'.repeat(65_528)}\n\n`)
  const blocks = Number(asked.query.get('mb') ?? 400) * 16
  for (let index = 0; index < blocks; index += 1) if (!(await push(asked, block))) return
  asked.response.end()
}

const rawHead = (...lines: readonly string[]) => `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n`
const TYPE = `content-type: ${EVENTS}`
const CLOSE = 'connection: close'

/** What is no proper answer, in the parts in which it is sent. */
const invalidParts: Readonly<Record<string, readonly string[]>> = {
  head: [`HTTP/1.1 two hundred\r\n${TYPE}\r\n\r\n`, 'data: x\n\n'],
  name: [rawHead('content type: text/event-stream', CLOSE), 'data: x\n\n'],
  empty: [],
  short: [rawHead(TYPE, 'content-length: 1000'), 'data: x\n\n'],
  chunk: [rawHead(TYPE, 'transfer-encoding: chunked'), '9\r\ndata: x\n\n\r\n', 'zz\r\n'],
  lengths: [rawHead(TYPE, 'content-length: 5', 'content-length: 6'), 'data: '],
  gzip: [rawHead(TYPE, 'content-encoding: gzip', CLOSE), 'not gzip at all'],
  headers: [
    `HTTP/1.1 200 Sehr \xe4rgerlich\r\n${TYPE}\r\nx-odd: \xff\xfe\r\nx-odd: two\r\n${CLOSE}\r\n\r\n`,
    'data: x\n\n',
  ],
}

/** Bytes on the socket. What comes after the head comes later, so that `fetch` has resolved by then; so does what breaks a body. */
async function invalid({ response, query }: Asked): Promise<void> {
  const { socket } = response
  const parts = invalidParts[query.get('what') ?? 'head'] ?? []
  for (const part of parts) {
    if (part !== parts[0]) await wait(80)
    socket?.write(Buffer.from(part, 'latin1'))
  }
  socket?.end()
}

/** `(module (func (export "f") (result i32) i32.const 42))` */
const WASM = Buffer.from(
  '0061736d010000000105016000017f030201000705010166000 00a06010400412a0b'.replaceAll(' ', ''),
  'hex',
)

function wasm({ response, query }: Asked): void {
  response.writeHead(200, { 'content-type': query.get('type') ?? 'application/wasm' })
  response.end(WASM)
}

function serviceWorker({ response }: Asked): void {
  response.writeHead(200, { 'content-type': 'text/javascript' })
  response.end(`
    self.addEventListener('install', () => self.skipWaiting())
    self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
    self.addEventListener('fetch', (event) => {
      const url = new URL(event.request.url)
      if (!url.searchParams.has('sw')) return
      const how = url.searchParams.get('sw')
      if (how === 'pass') return event.respondWith(fetch(event.request))
      if (how === 'error') return event.respondWith(Response.error())
      if (how === 'reject') return event.respondWith(Promise.reject(new Error('no')))
      const events = new ReadableStream({
        start(controller) { this.n = 0 },
        pull(controller) {
          this.n += 1
          if (this.n > 3) return controller.close()
          controller.enqueue(new TextEncoder().encode('data: made ' + this.n + '\\n\\n'))
        },
      })
      event.respondWith(new Response(events, { headers: { 'content-type': 'text/event-stream', 'x-made': 'yes' } }))
    })`)
}

function echo({ response, exchange }: Asked): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ method: exchange.method, headers: exchange.headers, body: exchange.body }))
}

export const answers: Readonly<Record<string, Answer>> = {
  '/stream': stream,
  '/sse': sse,
  '/plain': plain,
  '/redirect': redirect,
  '/flood': flood,
  '/invalid': invalid,
  '/wasm': wasm,
  '/sw.js': serviceWorker,
  '/echo': echo,
}
