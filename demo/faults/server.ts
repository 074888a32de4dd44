/**
 * The fault server: answers that go wrong, late or strangely, at a byte or an event of one's choice. HTTP/1.1 is spoken on
 * bare sockets, HTTP/2 over TLS; nothing in between repairs what goes out.
 *
 *     const faults = await startFaultServer()
 *     faults.url({ body: 'openai', events: 20, at: 'event:7', do: 'rst', wait: 'event:7@go', tag: 'x' })
 *     await faults.reached('go') // seven events are out
 *     faults.open('go')          // and now the reset
 *     faults.log('x')            // what was asked, what was written, who closed
 *
 * `/fault?…` takes any of these together, with GET, POST and other methods; what is wrong gets a 400 that names it.
 *
 * The body (bytes and events are counted before compression):
 * - `body` sse (default), ndjson, openai, anthropic, text, json (default from status 300 on), none; `events` (10): how many in
 *   all, with what a chat format puts around its text; `dataBytes`: each event's text made so long
 * - `raw`, once an event: those bytes instead of a body (`raw=data:%20%FF%0A%0A`)
 * - sse: `ids=no`, `firstId=N`, `retry=MS`, `beats=N` (heartbeat comments before each event), `eol=lf|crlf|cr`
 * - `error=N`: the Nth event is an error event, and the last; `terminal=no`: no `[DONE]`, no `message_stop`;
 *   `finish=stop|length|tool_calls|content_filter|none`
 *
 * The head:
 * - `status`, `location`, `redirects=N` (N times to itself, then the answer), `type` (`none`: no Content-Type),
 *   `header=Name: value` (may be repeated)
 * - `cors` `*` (default), `origin` (the page's, with credentials), `none`, or a text of its own; `preflight=no` refuses
 * - `framing=chunked|length|close`, `length=N|+N|-N` (a Content-Length that lies), `connection=close`, `trailers=yes`
 * - `encoding=gzip|br|deflate`, `flush=no`, `encode=no` (the head names an encoding, the body has none)
 *
 * The time:
 * - `headMs`, `firstMs`, `everyMs`: before the head, before the first event, between events and before what is done amid them
 * - `burst=N|all`: holds events back and writes so many at once; `drip=N`, `dripMs`: so many bytes a write
 * - `wait=PLACE@GATE` (may be repeated): stops there until the gate is opened by `open(GATE)` or a request for `/gate/GATE`;
 *   with `gate=NAME`, places need no gate of their own. An opened gate stays open.
 *
 * The end: `do` at the place `at` (default: close at end).
 * - places: head (before it), midhead (in it), start (of the body), event:N (after it), in:N (inside its text), char:N (inside
 *   its first character of several bytes), byte:N (after so many), end
 * - close: in order, as the framing wants it, with a body that ends there · fin: the connection is closed without that (with
 *   framing=close there is no difference) · rst: TCP RST, or RST_STREAM with `code`; a browser may lose what came right before
 *   it · stall: no more, with heartbeats each `beatMs` if asked · goaway: GOAWAY with `code`, then the connection is closed
 *   (HTTP/2) · badhead, badchunk: bytes that are no HTTP · badcode: bytes that the encoding does not allow
 *
 * The request: `tag` names it in the log and for `attempts`; `readBody=no` answers without reading its body, and
 * then sees that the client has left only when it writes.
 *
 * Reconnecting: `attempts=A,B,…` says what each request with this tag gets, the last for all that follow: `ok` (as the other
 * parameters say), a status, something to `do`, or `name=value;name=value`. `resume` is how ids go on after a Last-Event-ID:
 * next (default), restart, repeat:N, skip:N.
 *
 * Also: `/log?tag=` as JSON, `/gate/NAME`, `/page` (an empty page of the same origin).
 */
import { once } from 'node:events'
import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { createCertificate } from './certificate.ts'
import type { Fault } from './fault.ts'
import { createGates, type Gates } from './gates.ts'
import { headOf, plainHead, preflightHead } from './head.ts'
import { createHttp1Server } from './http1.ts'
import { createHttp2Server } from './http2.ts'
import { createLog, type FaultLog, type LoggedRequest } from './log.ts'
import { readFault, type Asking } from './parameters.ts'
import { perform } from './perform.ts'
import { BadParametersError } from './query.ts'
import { toScript, type Script } from './script.ts'
import type { FaultRequest, Wire } from './wire.ts'

type Values = Readonly<Record<string, string | number | readonly string[]>>

/** Origins have no slash at their end. All but `unknownHost` are on 127.0.0.1. */
export interface FaultServer {
  /** HTTP/1.1. */
  readonly origin: string
  /** HTTP/2 over TLS, with a certificate that no client trusts by itself. */
  readonly tlsOrigin: string
  /** For Chromium's `--ignore-certificate-errors-spki-list`. */
  readonly publicKeyHash: string
  /** Nobody listens there, and nobody else will while the server runs. */
  readonly refusedOrigin: string
  /** The origin of a host that has no address. */
  readonly unknownHost: string
  /** The URL of a fault; a list gives a parameter several times. */
  url(parameters: Values): string
  /** The same over HTTP/2. */
  tlsUrl(parameters: Values): string
  /** Opens a gate for good. */
  open(gate: string): void
  /** Resolves once an answer stands at the gate: all before it has been sent. */
  reached(gate: string): Promise<void>
  /** Requests in the order they came; without a tag, all of them. */
  log(tag?: string): LoggedRequest[]
  close(): Promise<void>
}

interface Shared {
  readonly gates: Gates
  readonly log: FaultLog
}

const HOST = '127.0.0.1'
const ANY_ORIGIN = [['Access-Control-Allow-Origin', '*']] as const
const PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Faults</title><link rel="icon" href="data:,">'

/** Starts the fault server on free ports of the loopback interface. */
export async function startFaultServer(): Promise<FaultServer> {
  const shared: Shared = { gates: createGates(), log: createLog() }
  const answer = (request: FaultRequest, wire: Wire) => route(shared, request, wire)
  const certificate = createCertificate()
  const servers = [createHttp1Server(answer), createHttp2Server(certificate, answer)] as const
  const sockets = new Set<Socket>()
  const ports = await Promise.all(servers.map((server) => listen(server, sockets)))
  const [port = 0, tlsPort = 0] = ports
  // A port that a connection goes out from is taken, and nobody listens on it.
  const holder = connect(port, HOST)
  await once(holder, 'connect')
  const origin = `http://${HOST}:${port}`
  const tlsOrigin = `https://${HOST}:${tlsPort}`
  return {
    origin,
    tlsOrigin,
    publicKeyHash: certificate.publicKeyHash,
    refusedOrigin: `http://${HOST}:${holder.localPort}`,
    unknownHost: 'http://unknown-host.invalid',
    url: (parameters) => origin + faultPath(parameters),
    tlsUrl: (parameters) => tlsOrigin + faultPath(parameters),
    open: shared.gates.open,
    reached: shared.gates.reached,
    log: (tag) => shared.log.list(tag ?? null),
    async close() {
      const closed = servers.map((server) => once(server, 'close'))
      for (const server of servers) server.close()
      holder.destroy()
      for (const socket of sockets) socket.destroy()
      await Promise.all(closed)
    },
  }
}

async function listen(server: Server, sockets: Set<Socket>): Promise<number> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, HOST)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function faultPath(parameters: Values): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) query.append(name, String(one))
  }
  return `/fault?${query.toString()}`
}

async function route(shared: Shared, request: FaultRequest, wire: Wire): Promise<void> {
  const { pathname, search, searchParams } = new URL(request.url, 'http://fault')
  if (pathname === '/fault') return answerFault(shared, request, search, wire)
  await request.readBody()
  if (pathname === '/page') return send(wire, 200, 'text/html', PAGE)
  if (pathname === '/log')
    return send(wire, 200, 'application/json', JSON.stringify(shared.log.list(searchParams.get('tag'))))
  if (!pathname.startsWith('/gate/'))
    return send(wire, 404, 'text/plain', 'There are /fault, /gate/NAME, /log and /page.')
  shared.gates.open(decodeURIComponent(pathname.slice('/gate/'.length)))
  return send(wire, 204)
}

async function answerFault(shared: Shared, request: FaultRequest, search: string, wire: Wire): Promise<void> {
  const isPreflight = request.method === 'OPTIONS'
  const tag = new URLSearchParams(search).get('tag') ?? ''
  const entry = shared.log.start(request, tag, !isPreflight)
  const { attempt, lastEventId } = entry
  const asked = await read({ search, attempt, lastEventId, httpVersion: wire.httpVersion })
  if (asked instanceof BadParametersError) {
    await request.readBody()
    entry.state = 'done'
    const error = { message: asked.message, parameters: asked.problems.map(({ parameter }) => parameter) }
    return send(wire, 400, 'application/json', JSON.stringify({ error }))
  }
  const { fault, script } = asked
  if (isPreflight) {
    entry.state = 'done'
    await wire.head(preflightHead(fault, request), true)
    return wire.end('close', 0)
  }
  if (fault.readBody) entry.body = await request.readBody()
  const head = headOf(fault, request, script.lengthBytes)
  return perform({ fault, script, head, wire, gates: shared.gates, entry })
}

async function read(asking: Asking): Promise<{ fault: Fault; script: Script } | BadParametersError> {
  try {
    const fault = readFault(asking)
    return { fault, script: await toScript(fault) }
  } catch (error) {
    if (error instanceof BadParametersError) return error
    throw error
  }
}

async function send(wire: Wire, status: number, type = 'text/plain', text = ''): Promise<void> {
  const bytes = Buffer.from(text)
  await wire.head(
    plainHead(status, [...ANY_ORIGIN, ['Content-Type', type], ['Cache-Control', 'no-store']], bytes.length),
    true,
  )
  if (bytes.length > 0) await wire.write(bytes)
  return wire.end('close', 0)
}
