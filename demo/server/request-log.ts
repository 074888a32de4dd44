import type { IncomingMessage, ServerResponse } from 'node:http'

export type RequestEnd =
  /** The whole answer was handed to the system. */
  | 'finished'
  /** The client closed the connection before that: a cancel or an abort reached the server. */
  | 'client-closed'
  /** A route broke the connection on purpose. */
  | 'server-broke'

export interface LoggedRequest {
  readonly id: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Unix time in ms. */
  readonly startedAtMs: number
  /** Bytes written to the connection since the request came, head included. */
  readonly sentBytes: number
  /** Null while the answer is under way. */
  readonly end: RequestEnd | null
  readonly endedAfterMs: number | null
}

type Entry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] } & { measure: () => number }

/** Older requests are forgotten. */
const KEPT_REQUESTS = 10_000

/** Knows which requests came and how each answer ended, so that tests can prove that a cancel reached the server. */
export class RequestLog {
  readonly #broken = new WeakSet<ServerResponse>()
  #entries: Entry[] = []
  #lastId = 0

  /** Starts to follow a request and returns the number it has in the log. */
  follow(request: IncomingMessage, response: ServerResponse): number {
    const startedAt = performance.now()
    const { socket } = request
    // A kept-alive socket has written earlier answers too.
    const writtenBefore = socket.bytesWritten
    const entry: Entry = {
      id: ++this.#lastId,
      method: request.method ?? '',
      url: request.url ?? '',
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      startedAtMs: Date.now(),
      sentBytes: 0,
      end: null,
      endedAfterMs: null,
      measure: () => socket.bytesWritten - writtenBefore,
    }
    this.#entries.push(entry)
    if (this.#entries.length > KEPT_REQUESTS) this.#entries.shift()
    response.once('close', () => {
      entry.sentBytes = entry.measure()
      entry.end = this.#endOf(response)
      entry.endedAfterMs = Math.round(performance.now() - startedAt)
    })
    return entry.id
  }

  /** Breaks the connection and notes that it was not the client who did. */
  break(response: ServerResponse): void {
    this.#broken.add(response)
    response.destroy()
  }

  list(): LoggedRequest[] {
    return this.#entries.map(({ measure, ...entry }) => ({
      ...entry,
      sentBytes: entry.end === null ? measure() : entry.sentBytes,
    }))
  }

  clear(): void {
    this.#entries = []
  }

  #endOf(response: ServerResponse): RequestEnd {
    if (this.#broken.has(response)) return 'server-broke'
    return response.writableFinished ? 'finished' : 'client-closed'
  }
}
