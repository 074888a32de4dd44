/** A real HTTP server whose answers a test writes by hand, piece by piece. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = (response: ServerResponse, request: IncomingMessage & { text: string }) => void | Promise<void>

export interface StreamServer {
  readonly url: string
  /** The same server under a name that is another origin and another site. */
  readonly otherUrl: string
  /** Paths with query whose connection the client closed before the answer was complete. */
  readonly closedEarly: string[]
  close(): Promise<void>
}

/** `answers` by path. `/` is an empty page; paths not named answer 404. */
export async function startStreamServer(answers: Readonly<Record<string, Answer>>): Promise<StreamServer> {
  const closedEarly: string[] = []
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const { pathname } = new URL(request.url ?? '/', 'http://x')
    response.on('close', () => {
      if (!response.writableFinished) closedEarly.push(request.url ?? '')
    })
    const answer = answers[pathname]
    if (answer) return answer(response, Object.assign(request, { text: Buffer.concat(pieces).toString() }))
    response.writeHead(pathname === '/' ? 200 : 404, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>page</title>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    otherUrl: `http://localhost:${port}/`,
    closedEarly,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export const SSE_HEAD = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'access-control-allow-origin': '*',
} as const

/** Writes pieces one after another, each in a network packet of its own. */
export const pieces =
  (head: Record<string, string>, ...parts: readonly (string | Uint8Array)[]): Answer =>
  async (response) => {
    response.writeHead(200, head)
    for (const part of parts) {
      response.write(part)
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
    response.end()
  }

/** Goes on until the client leaves: `data: 1`, `data: 2` … */
export const endless =
  (head: Record<string, string> = SSE_HEAD): Answer =>
  (response) => {
    response.writeHead(200, head)
    let n = 0
    const timer = setInterval(() => response.write(`data: ${++n}\n\n`), 15)
    response.on('close', () => clearInterval(timer))
  }
