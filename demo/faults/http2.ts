/** HTTP/2 over TLS: streams that are reset, connections that are given up. */
import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import type { Certificate } from './certificate.ts'
import type { Answer, FaultRequest, Head, Wire } from './wire.ts'

export function createHttp2Server({ key, cert }: Certificate, answer: Answer): Http2SecureServer {
  const server = createSecureServer({ key, cert })
  /** Sessions hide their sockets; these are found by the client's port. */
  const sockets = new Map<number, Socket>()
  server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket
    sockets.set(remotePort, socket.on('error', () => {}).setNoDelay(true))
    socket.once('close', () => sockets.delete(remotePort))
  })
  server.on('sessionError', () => {})
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    const socket = sockets.get(stream.session?.socket.remotePort ?? 0)
    const request: FaultRequest = {
      method: headers[':method'] ?? '',
      url: headers[':path'] ?? '',
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      async readBody() {
        const parts: Buffer[] = []
        for await (const part of stream) parts.push(part as Buffer)
        return Buffer.concat(parts).toString('utf8')
      },
    }
    answer(request, createWire(stream, socket)).catch(() => stream.destroy())
  })
  return server
}

function createWire(stream: ServerHttp2Stream, socket: Socket | undefined): Wire {
  const left = new AbortController()
  let trailers = {}
  let isClean = false
  // Node ends a stream before it resets it. With trailers to wait for, that end is not sent, and the reset is all there is.
  stream.once('wantTrailers', () => {
    if (isClean) stream.sendTrailers(trailers)
  })
  stream.once('close', () => left.abort(new Error('The client has closed the stream.')))
  return {
    httpVersion: 2,
    left: left.signal,
    async head(head) {
      if (head.trailers) trailers = { 'x-fault-trailer': 'yes' }
      stream.respond(pseudoAndFields(head), { waitForTrailers: true })
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stream.write(bytes, (error) => (error ? reject(error) : resolve()))
      }),
    async end(deed, code) {
      switch (deed) {
        case 'close':
          isClean = true
          stream.end()
          return
        case 'rst':
          stream.close(code)
          return
        case 'goaway':
          stream.session?.goaway(code)
          // The ping comes back, or fails, once the client has had the GOAWAY.
          stream.session?.ping(() => socket?.destroy())
          return
        case 'fin':
        case 'badhead':
        case 'badchunk':
          socket?.destroy()
          return
        default:
          deed satisfies never
      }
    },
  }
}

function pseudoAndFields({ status, headers, framing, lengthBytes }: Head): Record<string, string | string[] | number> {
  const fields: Record<string, string | string[] | number> = { ':status': status }
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const earlier = fields[key]
    fields[key] = earlier === undefined ? value : [earlier, value].flat().map(String)
  }
  if (framing === 'length') fields['content-length'] = lengthBytes
  return fields
}
