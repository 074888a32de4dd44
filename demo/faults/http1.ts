/** HTTP/1.1 on a bare socket, so that every byte and every way to close is ours to choose. */
import { STATUS_CODES } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { createInbox } from './inbox.ts'
import type { Answer, Head, Wire } from './wire.ts'

interface Http1Wire extends Wire {
  /** True once an answer is complete that leaves the connection good for another request. */
  readonly reusable: boolean
}

export function createHttp1Server(answer: Answer): Server {
  // Half-open: a client's FIN must not make Node send ours.
  return createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    serve(socket, answer).catch(() => socket.destroy())
  })
}

async function serve(socket: Socket, answer: Answer): Promise<void> {
  const left = new AbortController()
  const inbox = createInbox(socket)
  const leave = () => left.abort(new Error('The client has closed the connection.'))
  // A reset is a way to leave; "close" follows it.
  socket
    .on('error', () => {})
    .once('end', leave)
    .once('close', leave)
  for (;;) {
    const request = await inbox.next()
    if (request === null) break
    const wire = createWire(socket, left.signal)
    await answer(request, wire)
    // What was not read stands where the next request would begin.
    if (!wire.reusable || !request.isRead() || request.headers['connection'] === 'close') break
  }
  if (left.signal.aborted) socket.destroy()
  else socket.end()
}

function createWire(socket: Socket, left: AbortSignal): Http1Wire {
  let head: Head | null = null
  let headSent = 0
  let reusable = false
  const send = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      socket.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
  return {
    httpVersion: 1,
    left,
    get reusable() {
      return reusable
    },
    async head(given, whole) {
      head = given
      const bytes = headBytes(given)
      const until = whole ? bytes.length : Math.floor(bytes.length / 2)
      await send(bytes.subarray(headSent, until))
      headSent = until
    },
    async write(bytes) {
      await send(head?.framing === 'chunked' ? chunk(bytes) : bytes)
    },
    async end(deed) {
      switch (deed) {
        case 'close':
          if (head?.framing === 'chunked') await send(lastChunk(head.trailers))
          reusable = head?.keepAlive === true
          return
        case 'badhead':
          return send(Buffer.from('This is not HTTP.\r\n\r\n'))
        case 'badchunk':
          return send(Buffer.from('zz\r\n'))
        case 'rst':
          socket.resetAndDestroy()
          return
        // `serve` closes what cannot be used again.
        case 'fin':
        case 'goaway':
          return
        default:
          deed satisfies never
      }
    },
  }
}

function headBytes({ status, headers, framing, lengthBytes, keepAlive }: Head): Buffer {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...headers.map((field) => field.join(': '))]
  if (framing === 'chunked') lines.push('Transfer-Encoding: chunked')
  if (framing === 'length') lines.push(`Content-Length: ${lengthBytes}`)
  if (!keepAlive) lines.push('Connection: close')
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

function chunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

function lastChunk(trailers: boolean): Buffer {
  return Buffer.from(`0\r\n${trailers ? 'X-Fault-Trailer: yes\r\n' : ''}\r\n`)
}
