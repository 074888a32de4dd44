/** How often something comes: the last gaps between its arrivals, in fixed memory. */

/** Gaps that are remembered: enough to tell a usual one, few enough to forget a slow start. */
const MEMORY = 32
/** Fewer gaps than these, or a shorter time in all, say nothing: a greeting often comes as a burst before a calm stream. */
const LEAST_GAPS = 3
const LEAST_SPAN_MS = 500
/** How long a silence may be, in slow gaps (the 95th percentile) and in longest gaps, before it is out of rhythm. */
const SLOW_GAPS = 3
const LONGEST_GAPS = 1.5

export interface Rhythm {
  /** It came at `atMs`. What comes at one time counts once. */
  mark(atMs: number): void
  readonly lastAtMs: number | null
  /** The median of the last gaps in ms; null until a rhythm is known. */
  readonly usualGapMs: number | null
  /** The longest silence that is still in rhythm, in ms; null until a rhythm is known. */
  readonly longestPauseMs: number | null
}

export function createRhythm(): Rhythm {
  const gaps = new Float64Array(MEMORY)
  let count = 0
  let firstAtMs: number | null = null
  let lastAtMs: number | null = null
  /** Made when asked for, kept until the next gap. */
  let figures: { readonly usualGapMs: number; readonly longestPauseMs: number } | null = null

  function measure(): typeof figures {
    if (count < LEAST_GAPS || (lastAtMs ?? 0) - (firstAtMs ?? 0) < LEAST_SPAN_MS) return null
    if (figures !== null) return figures
    const sorted = gaps.subarray(0, Math.min(count, MEMORY)).toSorted()
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
    figures = { usualGapMs: at(0.5), longestPauseMs: Math.max(SLOW_GAPS * at(0.95), LONGEST_GAPS * at(1)) }
    return figures
  }

  return {
    mark(atMs) {
      if (lastAtMs === null) firstAtMs = atMs
      else if (atMs > lastAtMs) {
        gaps[count % MEMORY] = atMs - lastAtMs
        count += 1
        figures = null
      }
      lastAtMs = Math.max(lastAtMs ?? atMs, atMs)
    },
    get lastAtMs() {
      return lastAtMs
    },
    get usualGapMs() {
      return measure()?.usualGapMs ?? null
    },
    get longestPauseMs() {
      return measure()?.longestPauseMs ?? null
    },
  }
}
