/** Event streams whose next piece comes when a test says so, for use with `startStreamServer`. */

import type { ServerResponse } from 'node:http'
import { SSE_HEAD, type Answer } from './stream-server.ts'
import { until } from './until.ts'

export interface HeldStreams {
  /** Streams are told apart by their whole path with query. */
  readonly answer: Answer
  /** Sends events with these data on the stream whose path ends in `query`, once it was asked for. */
  send(query: string, ...data: readonly (string | number)[]): Promise<void>
  /** Closes that stream cleanly. */
  end(query: string): Promise<void>
}

export function createHeldStreams(): HeldStreams {
  const open = new Map<string, ServerResponse>()
  const find = (query: string) =>
    until(`the page to ask for ${query}`, () => [...open].findLast(([path]) => path.endsWith(query))?.[1])
  return {
    answer(response, request) {
      response.writeHead(200, SSE_HEAD)
      response.flushHeaders()
      open.set(request.url ?? '', response)
    },
    async send(query, ...data) {
      const response = await find(query)
      for (const one of data) response.write(`data: ${one}\n\n`)
    },
    async end(query) {
      const response = await find(query)
      response.end()
    },
  }
}
