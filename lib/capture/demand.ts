/**
 * Runs in the page. Notices when the page stops asking for more of a body, and when it asks again: while nobody reads, bytes
 * wait, and the server is held back. Where the browser reads by itself nothing is noticed, as nothing waits.
 */
import { bare, deref, NativeWeakRef, now, type Weak } from './natives.ts'
import type { ConnectionLog } from './recorder.ts'

/** No read for this long is told. Shorter pauses are a page at work on what it got. */
const IDLE_MS = 500

export interface Demand {
  readonly log: ConnectionLog
  /** Reads that wait for bytes. */
  pending: number
  /** When the last of them was answered, or the head came. */
  idleSinceMs: number
  /** Whether the records say that nobody asks for more. */
  told: boolean
  /** Whether anybody ever asked. */
  used: boolean
  /** Whether the body is in use by something that cannot be seen. */
  readonly isTaken: () => boolean
}

/** Bodies that are still to be read. Held weakly: an unread body that the page let go of must end as it would natively. */
let bodies: Weak<Demand>[] = bare([])
let tidyAt = 64

export function watchDemand(log: ConnectionLog, isTaken: () => boolean): Demand {
  const demand: Demand = bare({ log, pending: 0, idleSinceMs: now(), told: false, used: false, isTaken })
  bodies[bodies.length] = new NativeWeakRef(demand)
  if (bodies.length >= tidyAt) {
    tidy()
    tidyAt = bodies.length * 2 + 64
  }
  return demand
}

export function asked(demand: Demand): void {
  demand.pending++
  demand.used = true
  if (demand.told) tell(demand, true, now())
}

export function answered(demand: Demand): void {
  if (--demand.pending === 0) demand.idleSinceMs = now()
}

/** Tells of every body that has not been asked for more for a while. */
export function tellIdle(): void {
  const latestMs = now() - IDLE_MS
  tidy()
  for (let i = 0; i < bodies.length; i++) {
    const body = bodies[i]
    const demand = body && deref(body)
    if (!demand || demand.pending > 0 || demand.told || demand.idleSinceMs > latestMs) continue
    if (demand.used || !demand.isTaken()) tell(demand, false, demand.idleSinceMs)
    else {
      // It may read on for ever, or not: nothing is known from here on.
      demand.pending++
      demand.log.note('unseen-consumer', '')
    }
  }
}

function tell(demand: Demand, pending: boolean, atMs: number): void {
  if (demand.log.ended) return
  demand.told = !pending
  demand.log.demand(pending, atMs)
}

function tidy(): void {
  const left: typeof bodies = bare([])
  for (let i = 0; i < bodies.length; i++) {
    const body = bodies[i]
    const demand = body && deref(body)
    if (body && demand && !demand.log.ended) left[left.length] = body
  }
  bodies = left
}
