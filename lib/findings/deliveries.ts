/** Events that came together, and the silence before them. Shared by the rules that judge a stream's rhythm. */
import type { Connection } from '../session/types.ts'
import { reconnectedWithin } from './facts.ts'
import type { EntryMark } from './finding.ts'
import { isHeartbeat } from './heartbeat.ts'

/** Events that follow each other within this time came together: one chunk, or several that were read in one go. */
const TOGETHER_MS = 5

export interface Delivery {
  /** Indexes in the entries. */
  readonly firstIndex: number
  readonly lastIndex: number
  readonly eventCount: number
  readonly firstAtMs: number
  readonly lastAtMs: number
  /** When the silence before it began: the delivery before, or the page's call. */
  readonly silentFromMs: number
  /** An EventSource connected anew in that silence: what was missed meanwhile may come at once. */
  readonly afterReconnect: boolean
}

export interface Deliveries {
  /** Takes the next entry; what is no event, and heartbeats, are passed over. */
  entry(entry: EntryMark, connection: Connection): void
  /** The one that may still grow; null before the first event. */
  readonly current: Delivery | null
}

/** @param onClosed called with each delivery once another one follows it */
export function createDeliveries(onClosed: (delivery: Delivery, connection: Connection) => void): Deliveries {
  let current: { -readonly [Key in keyof Delivery]: Delivery[Key] } | null = null
  return {
    get current() {
      return current
    },
    entry(entry, connection) {
      if (entry.kind !== 'event' || isHeartbeat(entry)) return
      const { index, atMs } = entry
      if (current !== null && atMs - current.lastAtMs <= TOGETHER_MS) {
        current.lastIndex = index
        current.lastAtMs = atMs
        current.eventCount += 1
        return
      }
      const silentFromMs = current?.lastAtMs ?? connection.open.atMs
      if (current !== null) onClosed(current, connection)
      current = {
        firstIndex: index,
        lastIndex: index,
        eventCount: 1,
        firstAtMs: atMs,
        lastAtMs: atMs,
        silentFromMs,
        afterReconnect: reconnectedWithin(connection, silentFromMs, atMs),
      }
    },
  }
}
