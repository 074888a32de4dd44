/**
 * The server that the probes talk to, on two origins of 127.0.0.1. It answers as told, and remembers per probe run (the
 * query's `id`) what came over the wire: requests in order, headers as sent, bytes taken, connections cut.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answers } from './answers.ts'

/** One request, from the server's side. */
export interface Exchange {
  readonly key: string
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  body: string
  pushedBytes: number
  cutOff: boolean
  closedAtMs: number
  readonly response: ServerResponse
}

/** What only the browser's driver can do for a page. */
export interface Hands {
  click(selector: string): Promise<void>
  /** Bytes; -1 if unknown. */
  memory(): Promise<number>
}

export interface ProbeServer {
  readonly origin: string
  readonly otherOrigin: string
  /** By run id: for pages' requests for clicks and memory. */
  readonly hands: Map<string, Hands>
  close(): Promise<void>
}

/** Exchanges by run id. */
type Log = Map<string, Exchange[]>

interface Order {
  readonly op: string
  readonly id: string
  readonly key?: string
  readonly text?: string
  readonly bytes?: readonly number[]
  readonly how?: 'end' | 'reset'
  readonly withinMs?: number
  readonly nudges?: boolean
}

/** Calls `check` whenever something changed, until it holds or the time is over. */
async function until(check: () => boolean, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs
  while (!check()) {
    if (performance.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return true
}

const NUDGE_MS = 20

/** Firefox lets go of a connection that the page has left only when more of the answer comes: sends line feeds meanwhile. */
async function nudged(check: () => boolean, exchange: Exchange | undefined, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs
  while (!(await until(check, NUDGE_MS))) {
    if (performance.now() > end) return false
    if (exchange?.response.destroyed === false) exchange.response.write('\n')
  }
  return true
}

async function obey(order: Order, log: Log, hands: Hands | undefined): Promise<unknown> {
  const exchanges = () => log.get(order.id) ?? []
  const find = () => exchanges().findLast((exchange) => exchange.key === order.key)
  if (order.op === 'seen') {
    return exchanges().map(({ response: _, ...seen }) => ({ ...seen, nowMs: performance.now() }))
  }
  if (order.op === 'click') return hands?.click('#click-me').then(() => null)
  if (order.op === 'memory') return hands?.memory()
  if (order.op === 'await-close') {
    const withinMs = order.withinMs ?? 250
    const startedMs = performance.now()
    const isClosed = () => find()?.cutOff === true
    const closed = order.nudges ? await nudged(isClosed, find(), withinMs) : await until(isClosed, withinMs)
    // Below 0 when it closed before it was asked for.
    return closed ? Math.round((find()?.closedAtMs ?? 0) - startedMs) : null
  }
  // A push may overtake the request that it belongs to.
  await until(() => find()?.response.headersSent === true, 2_000)
  const exchange = find()
  if (exchange === undefined) return 'no such stream'
  if (order.op === 'push') {
    const data = order.bytes === undefined ? Buffer.from(order.text ?? '') : Buffer.from(order.bytes)
    if (!exchange.response.destroyed) exchange.response.write(data)
    return data.length
  }
  if (order.how === 'reset') exchange.response.socket?.resetAndDestroy()
  else exchange.response.end()
  return null
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as [string, string]] : []))
}

function allowOrigin(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
  if (query.get('cors') !== '1') return
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
  response.setHeader('access-control-allow-credentials', 'true')
  response.setHeader('access-control-allow-headers', 'x-probe, last-event-id, content-type, accept')
  response.setHeader('access-control-allow-methods', 'GET, POST, PUT, DELETE, HEAD, PATCH')
  if (query.has('expose')) response.setHeader('access-control-expose-headers', query.get('expose') ?? '')
}

/** Starts both origins. `bundle` is the page's script; `headScript` runs before it (a bad patch, for the self-check). */
export async function startServer(pages: Readonly<Record<string, string>>): Promise<ProbeServer> {
  const log: Log = new Map()
  const made: ProbeServer = {
    origin: '',
    otherOrigin: '',
    hands: new Map(),
    close: () => Promise.resolve(),
  }

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    response.setHeader('cache-control', 'no-store')
    response.sendDate = false
    if (url.pathname === '/control') {
      const order = JSON.parse(await readBody(request)) as Order
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(await obey(order, log, made.hands.get(order.id))))
      return
    }
    const page = pages[url.pathname]
    if (page !== undefined) {
      response.setHeader('content-type', url.pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8')
      response.end(page)
      return
    }
    const exchange: Exchange = {
      key: url.searchParams.get('key') ?? '',
      method: request.method ?? '',
      path: url.pathname + url.search,
      headers: pairs(request.rawHeaders),
      body: '',
      pushedBytes: 0,
      cutOff: false,
      closedAtMs: -1,
      response,
    }
    const id = url.searchParams.get('id') ?? ''
    log.set(id, [...(log.get(id) ?? []), exchange])
    response.on('close', () => {
      exchange.cutOff = !response.writableFinished
      exchange.closedAtMs = performance.now()
    })
    exchange.body = await readBody(request)
    allowOrigin(request, response, url.searchParams)
    if (request.method === 'OPTIONS') return void response.writeHead(204).end()
    const answer = answers[url.pathname]
    if (answer === undefined) return void response.writeHead(404).end('no such answer')
    await answer({ request, response, query: url.searchParams, exchange, earlier: log.get(id) ?? [] })
  }

  const servers: Server[] = []
  const listen = async () => {
    const server = createServer((request, response) => {
      handle(request, response).catch(() => response.destroy()) // the browser went away in the middle
    })
    server.keepAliveTimeout = 60_000
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  return Object.assign(made, {
    origin: await listen(),
    otherOrigin: (await listen()).replace('127.0.0.1', 'localhost'),
    async close() {
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  })
}
