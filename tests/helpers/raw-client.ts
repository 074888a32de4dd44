/** A client that shows what a server really sent: every byte, and how the connection ended. */
import { connect } from 'node:net'

export interface RawAnswer {
  /** Everything up to the empty line, in Latin-1. */
  readonly head: string
  /** Everything after it, framing included. */
  readonly body: Buffer
  /** `fin`: closed in order; otherwise the error's code, such as ECONNRESET. */
  readonly end: string
}

export interface RawRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Asks on a connection of its own and reads until that is closed. */
export function askRaw(url: string, { method = 'GET', headers = {}, body = '' }: RawRequest = {}): Promise<RawAnswer> {
  const { hostname, port, host, pathname, search } = new URL(url)
  const lines = Object.entries({ Host: host, Connection: 'close', 'Content-Length': body.length, ...headers })
  const { promise, resolve } = Promise.withResolvers<RawAnswer>()
  const parts: Buffer[] = []
  let end = 'fin'
  const socket = connect(Number(port), hostname)
  socket.on('data', (bytes) => parts.push(Buffer.from(bytes)))
  socket.on('error', (error: NodeJS.ErrnoException) => (end = error.code ?? error.message))
  socket.on('close', () => {
    const all = Buffer.concat(parts)
    const border = all.indexOf('\r\n\r\n')
    const headBytes = border === -1 ? all.length : border
    resolve({ head: all.toString('latin1', 0, headBytes), body: all.subarray(headBytes + 4), end })
  })
  const fields = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.write(`${method} ${pathname}${search} HTTP/1.1\r\n${fields}\r\n${body}`)
  return promise
}

/** Takes the chunked transfer coding apart; `isComplete` is true if the last chunk came. */
export function unchunk(body: Buffer): { chunks: Buffer[]; isComplete: boolean; rest: string } {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at)
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16)
    if (lineEnd === -1 || Number.isNaN(size)) return { chunks, isComplete: false, rest: body.toString('latin1', at) }
    if (size === 0) return { chunks, isComplete: true, rest: body.toString('latin1', lineEnd + 2) }
    chunks.push(body.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
}
