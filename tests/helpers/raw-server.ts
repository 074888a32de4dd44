/** A TCP server that answers HTTP requests with bytes no HTTP library would send. */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

export interface RawServer {
  readonly url: string
  close(): Promise<void>
}

/** `answers` by path without query: the whole answer, in Latin-1; the connection is closed after it. */
export async function startRawServer(answers: Record<string, string>): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let request = ''
    socket.on('close', () => sockets.delete(socket))
    // The browser may reset the connection on what it gets: that is the point.
    socket.on('error', () => {})
    socket.setEncoding('latin1').on('data', (text: string) => {
      request += text
      const path = /^GET ([^ ?]*)/.exec(request)?.[1]
      if (path === undefined || !request.includes('\r\n\r\n')) return
      request = ''
      socket.end(Buffer.from(answers[path] ?? 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', 'latin1'))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
