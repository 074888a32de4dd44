/** What the fault server was asked, and what became of it. */
import type { FaultRequest } from './wire.ts'

export interface LoggedRequest {
  readonly tag: string
  /** 1 for the first request with this tag; 0 for preflights, which are no attempts. */
  readonly attempt: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly lastEventId: string | null
  /** Null if it was not read. */
  readonly body: string | null
  readonly state: 'answering' | 'stalled' | 'done'
  /** The gate that the answer waits at. */
  readonly gate: string | null
  /** Events that were written completely. */
  readonly events: number
  /** Bytes of the body that were written, compressed where it is, without framing. */
  readonly bodyBytes: number
  /** True if the client closed the connection, or reset its stream, before the server had done what it was asked for. */
  readonly closedByClient: boolean
  readonly closedAfterMs: number | null
}

export type Entry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] }

export interface FaultLog {
  /** `attempt` counts only where `counts` is true. */
  start(request: FaultRequest, tag: string, counts: boolean): Entry
  list(tag: string | null): LoggedRequest[]
}

/** Older requests are forgotten. */
const KEPT_REQUESTS = 10_000

export function createLog(): FaultLog {
  const attempts = new Map<string, number>()
  let entries: Entry[] = []
  const countAttempt = (key: string) => {
    const attempt = (attempts.get(key) ?? 0) + 1
    attempts.set(key, attempt)
    return attempt
  }
  return {
    start({ method, url, headers }, tag, counts) {
      const entry: Entry = {
        tag,
        // Without a tag, a whole URL is its own.
        attempt: counts ? countAttempt(tag === '' ? url : tag) : 0,
        method,
        url,
        headers,
        lastEventId: headers['last-event-id'] ?? null,
        body: null,
        state: 'answering',
        gate: null,
        events: 0,
        bodyBytes: 0,
        closedByClient: false,
        closedAfterMs: null,
      }
      entries.push(entry)
      if (entries.length > KEPT_REQUESTS) entries = entries.slice(-KEPT_REQUESTS / 2)
      return entry
    },
    list(tag) {
      return entries.filter((entry) => tag === null || entry.tag === tag).map((entry) => ({ ...entry }))
    },
  }
}
