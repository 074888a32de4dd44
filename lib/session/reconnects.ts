/** What an EventSource does after its connection broke (HTML standard, 9.2.3), as far as it can be known from outside. */
import type { NetworkFacts } from '../protocol.ts'
import type { Reconnect } from './types.ts'

/** What browsers wait when the server said nothing: Firefox 5 s, the others 3 s. */
const DEFAULT_MS = navigator.userAgent.includes('Firefox/') ? 5_000 : 3_000
/** Two clocks are compared: the page's for its records, the browser's for its exchanges. */
const CLOCK_TOLERANCE_MS = 50

export interface Reconnects {
  /** Null while connected, connecting for the first time, or closed. */
  readonly next: Reconnect | null
  lost(atMs: number): void
  connected(atMs: number): void
  /** An event came with this id in force. */
  event(atMs: number, id: string): void
  /** DevTools told of an attempt that is over; `startedAtMs` and `finishedAtMs` are on the document's clock. */
  learn(facts: NetworkFacts, startedAtMs: number, finishedAtMs: number): void
}

export function createReconnects(): Reconnects {
  let lostAtMs: number | null = null
  /** When it had broken before the last attempt. */
  let brokeAtMs: number | null = null
  let lastEventAtMs = 0
  let lastEventId = ''
  let retryMs: number | null = null
  let measuredMs: number | null = null
  let attempt = 1

  const toDelay = (): Reconnect['delay'] => {
    if (retryMs !== null) return { ms: retryMs, from: 'retry' }
    if (measuredMs !== null) return { ms: measuredMs, from: 'measured' }
    return { ms: DEFAULT_MS, from: 'default' }
  }

  function endPause(atMs: number): void {
    if (lostAtMs === null) return
    measuredMs = atMs - lostAtMs
    brokeAtMs = lostAtMs
  }

  return {
    get next() {
      return lostAtMs === null ? null : { sinceMs: lostAtMs, attempt, delay: toDelay(), lastEventId }
    },
    lost(atMs) {
      // Lost again without having connected: the attempt in between failed, after the delay.
      endPause(atMs)
      lostAtMs = atMs
      attempt += 1
    },
    connected(atMs) {
      endPause(atMs)
      lostAtMs = null
    },
    event(atMs, id) {
      lastEventAtMs = atMs
      lastEventId = id
      lostAtMs = null
    },
    learn({ resume }, startedAtMs, finishedAtMs) {
      // By the page's own marks the delay is known only together with the time until the answer.
      if (brokeAtMs !== null && startedAtMs >= brokeAtMs && startedAtMs <= (lostAtMs ?? Infinity))
        measuredMs = startedAtMs - brokeAtMs
      if (resume === null) return
      if (resume.retryMs !== null) retryMs = resume.retryMs
      // Ids of events that the page does not listen to are in the body only.
      if (resume.lastEventId !== null && finishedAtMs + CLOCK_TOLERANCE_MS >= lastEventAtMs)
        lastEventId = resume.lastEventId
    },
  }
}
