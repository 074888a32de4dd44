/** Many events that came together after a silence: what a buffer on the way looks like, and what a page that reads late looks like. */
import type { Connection } from '../session/types.ts'
import { createDeliveries } from './deliveries.ts'
import type { Delivery } from './deliveries.ts'
import { toPausedMs } from './facts.ts'
import type { EntryMark } from './finding.ts'
import { toOwnTime } from './own-times.ts'

/** A chat's first and last events often come three or four at a time; a held-back part of a stream has more. */
const LEAST_EVENTS = 5
/** Shorter silences come from the network itself, and from Wi-Fi. */
const LEAST_SILENCE_MS = 500
/** Events that were made while they came are spread over more than this, or than this share of the silence before. */
const LONGEST_SPAN_MS = 20
const LONGEST_SPAN_SHARE = 0.02
/** Of a silence in which the page did not read for this share, the page is the cause. */
const PAGE_SHARE = 0.5
/** Own times this far apart within one delivery are no jitter, */
const LEAST_SPREAD_MS = 1000
/** and the clocks of server and browser may differ by this. */
const CLOCK_TOLERANCE_MS = 5000
/** Bursts that are shown, and bursts whose events are read for times of their own. */
const SHOWN = 3
const READ_FOR_TIMES = 50
/** Different sizes that are counted. */
const SIZES = 100

export interface Burst extends Delivery {
  readonly silenceMs: number
  /** Bytes of its chunks; 0 where there are none. */
  readonly sizeBytes: number
  /** How far apart its events were made, by their own word; null where they do not say, or say something else. */
  readonly made: { readonly name: string; readonly spreadMs: number } | null
}

/** Bursts with one cause. */
export interface BurstTally {
  readonly count: number
  readonly eventCount: number
  readonly leastSilenceMs: number
  /** The largest, in order of time. */
  readonly largest: readonly Burst[]
  /** The burst whose events were made the furthest apart. */
  readonly proof: Burst | null
  /** The size that at least two bursts share, with their number. */
  readonly sameSize: { readonly sizeBytes: number; readonly count: number } | null
}

export interface BurstFigures {
  /** All events that were looked at. */
  readonly eventCount: number
  /** They came late. */
  readonly held: BurstTally
  /** The page did not read meanwhile. */
  readonly unread: BurstTally
}

export interface Bursts {
  entry(entry: EntryMark, connection: Connection): void
  /** With what came last counted as complete. */
  figures(connection: Connection): BurstFigures
}

export function createBursts(): Bursts {
  const held = createTally()
  const unread = createTally()
  let eventCount = 0
  let last: { readonly of: Delivery; readonly eventCount: number; readonly burst: Burst | null } | null = null

  const tallyOf = (burst: Burst, connection: Connection) =>
    toPausedMs(connection, burst.silentFromMs, burst.firstAtMs) >= PAGE_SHARE * burst.silenceMs ? unread : held

  const deliveries = createDeliveries((delivery, connection) => {
    eventCount += delivery.eventCount
    if (delivery.afterReconnect) eventCount -= delivery.eventCount
    const burst = toBurst(delivery, connection, held.count + unread.count < READ_FOR_TIMES)
    if (burst !== null) tallyOf(burst, connection).add(burst)
  })

  function currentBurst(delivery: Delivery, connection: Connection): Burst | null {
    // Reading its events for their times again and again would be dear.
    if (last === null || last.of !== delivery || last.eventCount !== delivery.eventCount)
      last = { of: delivery, eventCount: delivery.eventCount, burst: toBurst({ ...delivery }, connection, true) }
    return last.burst
  }

  return {
    entry: deliveries.entry,
    figures(connection) {
      const { current } = deliveries
      const burst = current === null ? null : currentBurst(current, connection)
      const tally = burst === null ? null : tallyOf(burst, connection)
      const currentCount = current === null || current.afterReconnect ? 0 : current.eventCount
      return {
        eventCount: eventCount + currentCount,
        held: held.sum(tally === held ? burst : null),
        unread: unread.sum(tally === unread ? burst : null),
      }
    },
  }
}

function toBurst(delivery: Delivery, connection: Connection, readTimes: boolean): Burst | null {
  const { firstIndex, lastIndex, firstAtMs, lastAtMs, silentFromMs } = delivery
  const silenceMs = firstAtMs - silentFromMs
  const longestSpanMs = Math.max(LONGEST_SPAN_MS, LONGEST_SPAN_SHARE * silenceMs)
  if (delivery.eventCount < LEAST_EVENTS || silenceMs < LEAST_SILENCE_MS) return null
  // What an EventSource missed between two attempts may well come at once.
  if (delivery.afterReconnect || lastAtMs - firstAtMs > longestSpanMs) return null
  const { entries, chunks } = connection
  const [firstChunk, lastChunk] = [entries.chunkOf(firstIndex), entries.chunkOf(lastIndex)]
  return {
    ...delivery,
    silenceMs,
    sizeBytes: firstChunk < 0 ? 0 : chunks.bytesAmong(lastChunk + 1) - chunks.bytesAmong(firstChunk),
    made: readTimes ? whenMade(delivery, connection) : null,
  }
}

/**
 * What the events say of when they were made counts only if that lies between the request and the delivery. A list of
 * older things that is sent at the start is no held-back stream.
 */
function whenMade({ firstIndex, lastIndex, firstAtMs, silentFromMs }: Delivery, connection: Connection): Burst['made'] {
  const { entries, frame, open } = connection
  const first = toOwnTime(entries.at(firstIndex).data)
  const final = toOwnTime(entries.at(lastIndex).data)
  if (first === null || final === null || first.name !== final.name || frame.timeOriginMs === 0) return null
  const spreadMs = final.atMs - first.atMs
  const isWide = spreadMs >= Math.max(LEAST_SPREAD_MS, 2 * Math.max(first.stepMs, final.stepMs))
  const silenceMs = firstAtMs - silentFromMs
  const isWithin =
    first.atMs >= frame.timeOriginMs + open.atMs - CLOCK_TOLERANCE_MS &&
    final.atMs <= frame.timeOriginMs + firstAtMs + CLOCK_TOLERANCE_MS &&
    spreadMs <= silenceMs + LEAST_SPREAD_MS
  return isWide && isWithin ? { name: first.name, spreadMs } : null
}

function createTally() {
  const sizes = new Map<number, number>()
  let tally: BurstTally = {
    count: 0,
    eventCount: 0,
    leastSilenceMs: Infinity,
    largest: [],
    proof: null,
    sameSize: null,
  }

  function sum(burst: Burst | null): BurstTally {
    if (burst === null) return tally
    const sizeCount = (sizes.get(burst.sizeBytes) ?? 0) + 1
    const isCommonSize = burst.sizeBytes > 0 && sizeCount > Math.max(1, tally.sameSize?.count ?? 0)
    return {
      count: tally.count + 1,
      eventCount: tally.eventCount + burst.eventCount,
      leastSilenceMs: Math.min(tally.leastSilenceMs, burst.silenceMs),
      largest: [...tally.largest, burst]
        .toSorted((a, b) => b.eventCount - a.eventCount)
        .slice(0, SHOWN)
        .toSorted((a, b) => a.firstIndex - b.firstIndex),
      proof: (burst.made?.spreadMs ?? 0) > (tally.proof?.made?.spreadMs ?? 0) ? burst : tally.proof,
      sameSize: isCommonSize ? { sizeBytes: burst.sizeBytes, count: sizeCount } : tally.sameSize,
    }
  }

  return {
    get count() {
      return tally.count
    },
    /** With one more burst; the tally itself stays. */
    sum,
    add(burst: Burst): void {
      tally = sum(burst)
      if (sizes.has(burst.sizeBytes) || sizes.size < SIZES)
        sizes.set(burst.sizeBytes, (sizes.get(burst.sizeBytes) ?? 0) + 1)
    },
  }
}
