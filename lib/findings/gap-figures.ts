/** Gaps in fixed memory: how many there were of about which length. */

/** Four steps an octave: a quantile is at most a fifth too large. */
const STEPS = 4
const BUCKETS = 100

export interface GapFigures {
  readonly count: number
  add(gapMs: number): void
  /** A length in ms that `share` of the gaps do not exceed, rounded up by at most a fifth; 0 without gaps. */
  quantile(share: number): number
}

export function createGapFigures(): GapFigures {
  const buckets = new Uint32Array(BUCKETS)
  let count = 0
  return {
    get count() {
      return count
    },
    add(gapMs) {
      const bucket = gapMs <= 1 ? 0 : Math.min(BUCKETS - 1, Math.ceil(Math.log2(gapMs) * STEPS))
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
      count += 1
    },
    quantile(share) {
      let left = Math.ceil(share * count)
      if (left === 0) return 0
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        left -= buckets[bucket] ?? 0
        if (left <= 0) return 2 ** (bucket / STEPS)
      }
      return Infinity
    },
  }
}
