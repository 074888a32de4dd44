/** Takes HTTP/1.1 requests off a socket, one after another. */
import type { Socket } from 'node:net'
import type { FaultRequest } from './wire.ts'

export interface Http1Request extends FaultRequest {
  /** True once the connection stands behind the request's body. */
  isRead(): boolean
}

export interface Inbox {
  /** Null when the client sends no more. @throws Error at what is no request */
  next(): Promise<Http1Request | null>
}

const MAX_HEAD_BYTES = 64 * 1024
const HEAD_END = '\r\n\r\n'

export function createInbox(socket: Socket): Inbox {
  let bytes: Buffer = Buffer.alloc(0)
  let ended = false
  let wake = () => {}
  socket.on('data', (more) => {
    bytes = Buffer.concat([bytes, Buffer.from(more)])
    wake()
  })
  const end = () => {
    ended = true
    wake()
  }
  socket.once('end', end).once('close', end)

  /** False if the client ended before it was so. */
  const until = async (isThere: () => boolean) => {
    while (!isThere()) {
      if (ended) return false
      const { promise, resolve } = Promise.withResolvers<void>()
      wake = resolve
      await promise
    }
    return true
  }
  const take = (count: number) => {
    const taken = bytes.subarray(0, count)
    bytes = bytes.subarray(count)
    return taken
  }
  return {
    async next() {
      const hasHead = await until(() => {
        if (bytes.length > MAX_HEAD_BYTES && bytes.indexOf(HEAD_END) === -1) throw new Error('The head is too large.')
        return bytes.includes(HEAD_END)
      })
      if (!hasHead) return null
      const head = parseHead(take(bytes.indexOf(HEAD_END) + HEAD_END.length).toString('latin1'))
      const bodyBytes = Number(head.headers['content-length'] ?? 0)
      if (head.headers['transfer-encoding'] !== undefined) throw new Error('Chunked requests are not understood.')
      let isRead = bodyBytes === 0
      // A body that nobody asks for stays in the system's buffers, and the client cannot send all of it.
      if (!isRead) socket.pause()
      return {
        ...head,
        isRead: () => isRead,
        async readBody() {
          socket.resume()
          await until(() => bytes.length >= bodyBytes)
          isRead = true
          return take(bodyBytes).toString('utf8')
        },
      }
    },
  }
}

function parseHead(text: string): Pick<FaultRequest, 'method' | 'url' | 'headers'> {
  const [first = '', ...fields] = text.trimEnd().split('\r\n')
  const [, method, url] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first) ?? []
  if (method === undefined || url === undefined) throw new Error(`This is no request line: ${first}`)
  const headers = fields.map((field) => {
    const colon = field.indexOf(':')
    return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const
  })
  return { method, url, headers: Object.fromEntries(headers) }
}
