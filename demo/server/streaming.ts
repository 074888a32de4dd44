import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { interval, map, take, type Observable } from 'rxjs'

export const EVENT_STREAM = 'text/event-stream'
export const NDJSON = 'application/x-ndjson'

/** Sends the head at once, so that a client sees it before the first event. */
export function sendHead(response: ServerResponse, contentType: string): void {
  response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
  response.flushHeaders()
}

/** Writes what `source` emits when it emits it, ends the response with it, and stops it when the client has gone. */
export function sendEach(response: ServerResponse, source: Observable<string | Uint8Array>): void {
  const subscription = source.subscribe({
    next: (piece) => response.write(piece),
    complete: () => response.end(),
  })
  if (response.closed) subscription.unsubscribe()
  else response.once('close', () => subscription.unsubscribe())
}

/** Writes the pieces as fast as the client takes them; a client that does not read holds the source back. */
export async function sendAll(response: ServerResponse, pieces: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces, { highWaterMark: 1 }), response)
  } catch {
    // The client has gone, which is its right; the request log says so.
  }
}

/** `make(1)` … `make(count)`, one each `intervalMs`. */
export function ticks<T>(count: number, intervalMs: number, make: (n: number) => T): Observable<T> {
  return interval(intervalMs).pipe(
    take(count),
    map((index) => make(index + 1)),
  )
}

/** One event in the text/event-stream format with its number as id. */
export function sseBlock(n: number, value: unknown): string {
  return `id: ${n}\ndata: ${JSON.stringify(value)}\n\n`
}
