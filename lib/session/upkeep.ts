/** What connections need besides records: to be told of in the next frame, the time that passes, and what DevTools knows. */
import type { NetworkFacts } from '../protocol.ts'
import type { Clock } from './clock.ts'
import type { LiveConnection } from './connection.ts'
import type { Exchanges } from './exchanges.ts'
import { toDocumentNowMs } from './figures.ts'

/** How often time alone may change what a connection is doing. */
const TICK_MS = 500

export interface Upkeep {
  /** The connection changed. */
  note(live: LiveConnection): void
  /** DevTools finished an exchange. */
  learn(facts: NetworkFacts): void
  /** Tells whoever looks at the connections that changed since. */
  flush(): void
}

/** @param touch called when time alone changed something that is to be told in the next frame */
export function createUpkeep(clock: Clock, exchanges: Exchanges, touch: () => void): Upkeep {
  const changed = new Set<LiveConnection>()
  const living = new Set<LiveConnection>()
  let stopTicking: (() => void) | null = null
  let hasNewExchanges = false

  const note = (live: LiveConnection): void => void changed.add(live)

  function settle(): void {
    hasNewExchanges = false
    if (exchanges.waiting > 0) exchanges.settle(clock.now(), note)
  }

  function tick(): void {
    const nowMs = clock.now()
    for (const live of living) if (live.tick(toDocumentNowMs(live.view, nowMs))) note(live)
    settle()
    if (changed.size > 0) touch()
    else keepTime()
  }

  /** A timer runs only while it may have something to tell. */
  function keepTime(): void {
    const isNeeded = living.size > 0 || exchanges.waiting > 0
    if (isNeeded) stopTicking ??= clock.every(tick, TICK_MS)
    if (isNeeded || stopTicking === null) return
    stopTicking()
    stopTicking = null
  }

  return {
    note,
    learn(facts) {
      exchanges.take(facts, clock.now())
      hasNewExchanges = true
    },
    flush() {
      // What waits is looked at again when more came, or when something ended; the rest is the tick's.
      if (hasNewExchanges || [...changed].some(({ view }) => !view.alive)) settle()
      for (const live of changed) {
        if (live.view.alive) living.add(live)
        else living.delete(live)
        live.bump()
      }
      changed.clear()
      keepTime()
    },
  }
}
