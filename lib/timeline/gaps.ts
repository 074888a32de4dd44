/**
 * The gaps of a stream: the waits between two moments at which events came. Events of one chunk came at one moment, and
 * heartbeats are no events here: a stream that only says that it lives is silent.
 */
import { HEARTBEAT_TYPES } from '../session/pulse.ts'
import type { Entries } from '../session/types.ts'
import { createLengths, type Lengths } from './lengths.ts'

/** Entries looked at in one go: some milliseconds. */
const ENTRIES_PER_STEP = 100_000
const LONGEST_KEPT = 12

export interface Gap {
  readonly ms: number
  /** Index of the entry that ended the wait: the first event after it. */
  readonly entry: number
  /** When the wait began, on the document's clock. */
  readonly fromMs: number
}

export interface Gaps {
  /** Takes in the entries that came, each once; false if there is more to do. */
  update(): boolean
  readonly lengths: Lengths
  /** Longest first. */
  readonly longest: readonly Gap[]
  /** Moments at which events came. */
  readonly moments: number
  /** Events a second from the first moment to the last, those of the first not counted as they took no time; null with fewer than two moments. */
  readonly ratePerS: number | null
  /** The most events that came at one moment. */
  readonly mostAtOnce: number
  readonly comments: number
  /** Events named `ping` and the like. */
  readonly pings: number
  /** When events came first and last, on the document's clock; null before. */
  readonly firstAtMs: number | null
  readonly lastAtMs: number | null
  /** Index of the entry that was the last event; -1 before. */
  readonly lastEntry: number
}

/**
 * @param from the first entry to look at
 * @param to the entry after the last; all that come if left out
 */
export function createGaps(entries: Entries, from = 0, to = Infinity): Gaps {
  const lengths = createLengths()
  const longest: Gap[] = []
  let looked = from
  let firstAtMs: number | null = null
  let lastAtMs: number | null = null
  let lastChunk = -1
  let lastEntry = -1
  let atOnce = 0
  const counts = { moments: 0, mostAtOnce: 0, comments: 0, pings: 0 }
  let eventsAfterFirst = 0

  function keepIfLong(gap: Gap): void {
    const least = longest.at(-1)
    if (longest.length === LONGEST_KEPT && least !== undefined && gap.ms <= least.ms) return
    const place = longest.findIndex(({ ms }) => ms < gap.ms)
    longest.splice(place === -1 ? longest.length : place, 0, gap)
    if (longest.length > LONGEST_KEPT) longest.pop()
  }

  function look(index: number): void {
    const kind = entries.kindOf(index)
    if (kind === 'comment') counts.comments += 1
    if (kind !== 'event') return
    if (HEARTBEAT_TYPES.has(entries.typeOf(index))) {
      counts.pings += 1
      return
    }
    lastEntry = index
    const chunk = entries.chunkOf(index)
    const atMs = entries.atMsOf(index)
    const isSameMoment = lastAtMs !== null && (chunk >= 0 ? chunk === lastChunk : atMs === lastAtMs)
    atOnce = isSameMoment ? atOnce + 1 : 1
    counts.mostAtOnce = Math.max(counts.mostAtOnce, atOnce)
    if (counts.moments > (isSameMoment ? 1 : 0)) eventsAfterFirst += 1
    if (isSameMoment) return
    counts.moments += 1
    if (lastAtMs !== null) {
      const ms = Math.max(0, atMs - lastAtMs)
      lengths.add(ms)
      keepIfLong({ ms, entry: index, fromMs: lastAtMs })
    }
    firstAtMs ??= atMs
    lastAtMs = atMs
    lastChunk = chunk
  }

  return {
    update() {
      const end = Math.min(to, entries.length)
      const until = Math.min(end, looked + ENTRIES_PER_STEP)
      for (; looked < until; looked += 1) look(looked)
      return looked >= end
    },
    lengths,
    longest,
    get moments() {
      return counts.moments
    },
    get ratePerS() {
      const tookMs = (lastAtMs ?? 0) - (firstAtMs ?? 0)
      return tookMs > 0 ? (eventsAfterFirst * 1000) / tookMs : null
    },
    get mostAtOnce() {
      return counts.mostAtOnce
    },
    get comments() {
      return counts.comments
    },
    get pings() {
      return counts.pings
    },
    get firstAtMs() {
      return firstAtMs
    },
    get lastAtMs() {
      return lastAtMs
    },
    get lastEntry() {
      return lastEntry
    },
  }
}

/** A silence is drawn as a long gap when it is this long … */
const LONG_GAP_MS = 1_000
/** … and so many times as long as the stream's other gaps on average. */
const LONG_GAP_TIMES = 5

/** From how many ms on a silence within [firstMs, lastMs], where `events` came, stands out from the others. */
export function isLongGap(ms: number, events: number, firstMs: number, lastMs: number): boolean {
  if (ms < LONG_GAP_MS || events < 3) return false
  const othersMs = Math.max(0, lastMs - firstMs - ms) / (events - 2)
  return ms > LONG_GAP_TIMES * othersMs
}
