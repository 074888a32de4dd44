/** Many lengths of time in fixed memory: their percentiles, and how they spread. */
import { createColumn } from '../session/columns.ts'

/** Up to here every length is kept, and percentiles are exact. */
export const EXACT_LENGTHS = 10_000
/** Beyond, lengths are counted in classes, each this much wider than the one before: half of it is the greatest error. */
const RATIO = 1.02
/** Browsers tell pages no finer times. */
const LEAST_MS = 0.005
/** Enough classes for a month. */
const CLASSES = 1 + Math.ceil(Math.log((31 * 24 * 3_600_000) / LEAST_MS) / Math.log(RATIO))

/** Bars of the picture: lengths below each border that are not below the one before, and at last all longer ones. */
export const BORDERS_MS: readonly number[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000,
]

export interface Lengths {
  readonly count: number
  readonly maxMs: number
  readonly sumMs: number
  /** False where percentiles are within 1 %. */
  readonly isExact: boolean
  /** How many lie between two of BORDERS_MS; one more than there are borders. */
  readonly bars: ArrayLike<number>
  add(ms: number): void
  /** The least length that a share (0 to 1) of all does not exceed (nearest rank); null if there are none. */
  percentile(share: number): number | null
}

export function createLengths(): Lengths {
  const exact = createColumn('f64')
  const classes = new Uint32Array(CLASSES)
  const bars = new Uint32Array(BORDERS_MS.length + 1)
  let count = 0
  let maxMs = 0
  let sumMs = 0
  /** Sorted anew only when asked after a change. */
  let sorted: Float64Array | null = null

  function sort(): Float64Array {
    sorted ??= Float64Array.from({ length: exact.length }, (_, index) => exact.at(index)).toSorted()
    return sorted
  }

  function findInClasses(rank: number): number {
    let below = 0
    for (let index = 0; index < CLASSES; index += 1) {
      below += classes[index] ?? 0
      if (below >= rank) return Math.min(toMiddleMs(index), maxMs)
    }
    return maxMs
  }

  return {
    get count() {
      return count
    },
    get maxMs() {
      return maxMs
    },
    get sumMs() {
      return sumMs
    },
    get isExact() {
      return count <= EXACT_LENGTHS
    },
    bars,
    add(ms) {
      const length = Math.max(0, ms)
      count += 1
      sumMs += length
      maxMs = Math.max(maxMs, length)
      if (count <= EXACT_LENGTHS) exact.push(length)
      sorted = null
      const index = toClass(length)
      classes[index] = (classes[index] ?? 0) + 1
      const bar = toBar(length)
      bars[bar] = (bars[bar] ?? 0) + 1
    },
    percentile(share) {
      if (count === 0) return null
      const rank = Math.max(1, Math.ceil(share * count))
      if (rank === count) return maxMs
      return count <= EXACT_LENGTHS ? (sort()[rank - 1] ?? 0) : findInClasses(rank)
    },
  }
}

function toClass(ms: number): number {
  if (ms < LEAST_MS) return 0
  return Math.min(CLASSES - 1, 1 + Math.floor(Math.log(ms / LEAST_MS) / Math.log(RATIO)))
}

/** The middle of a class by ratio, from which its borders are equally far in per cent. */
function toMiddleMs(index: number): number {
  return index === 0 ? 0 : LEAST_MS * RATIO ** (index - 0.5)
}

function toBar(ms: number): number {
  let bar = 0
  while (bar < BORDERS_MS.length && ms >= (BORDERS_MS[bar] ?? Infinity)) bar += 1
  return bar
}
