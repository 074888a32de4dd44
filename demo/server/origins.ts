import type { IncomingMessage, ServerResponse } from 'node:http'

const ALLOWED_METHODS = 'GET, POST, DELETE'
const ALLOWED_HEADERS = 'Accept, Authorization, Cache-Control, Content-Type, Last-Event-ID'
const EXPOSED_HEADERS = 'X-Request-Id'

/** By this, controllers are given the fault server. */
export const FAULTS = Symbol('faults')

/** The two origins of the server. Pages of the first may call the second; the other way round the browser forbids it. */
export class Origins {
  #first = { port: 0, url: '' }
  #second = { port: 0, url: '' }

  /** Named once both ports are known, before any request is answered. */
  set(firstPort: number, secondPort: number): void {
    this.#first = { port: firstPort, url: `http://127.0.0.1:${firstPort}/` }
    this.#second = { port: secondPort, url: `http://127.0.0.1:${secondPort}/` }
  }

  otherThan(request: IncomingMessage): string {
    return request.socket.localPort === this.#second.port ? this.#first.url : this.#second.url
  }

  /** Sets the CORS headers of the second origin; returns true where it has answered a preflight. */
  allow(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.socket.localPort !== this.#second.port || request.headers.origin === undefined) return false
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin)
    response.setHeader('Access-Control-Allow-Credentials', 'true')
    response.setHeader('Access-Control-Expose-Headers', EXPOSED_HEADERS)
    response.setHeader('Vary', 'Origin')
    if (request.method !== 'OPTIONS') return false
    response.setHeader('Access-Control-Allow-Methods', ALLOWED_METHODS)
    response.setHeader('Access-Control-Allow-Headers', ALLOWED_HEADERS)
    response.writeHead(204).end()
    return true
  }
}
