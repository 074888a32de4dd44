/** Elements that stand only once in a part of each of two sequences, and so belong together. */

/** A part of both sequences [from, to). */
export interface Box {
  readonly aFrom: number
  readonly aTo: number
  readonly bFrom: number
  readonly bTo: number
}

type Pair = readonly [i: number, j: number]

/** Fewer pairs, or pairs of which so few are in one order, stand where they do by chance. */
const LEAST_PAIRS = 8
const LEAST_IN_ORDER = 0.5

/** Elsewhere in the part, and not at all. */
const AGAIN = -2
const NEVER = -1

/**
 * Finds the longest list of them that is in order in both; none where that says little.
 *
 * @param kinds elements are numbers from 0 up to it
 */
export function createAnchors(a: Uint32Array, b: Uint32Array, kinds: number): (box: Box) => readonly Pair[] {
  // Made once: a part has no more kinds than the whole.
  const inA = new Int32Array(kinds)
  const inB = new Int32Array(kinds)
  return ({ aFrom, aTo, bFrom, bTo }) => {
    inA.fill(NEVER)
    inB.fill(NEVER)
    place(a, aFrom, aTo, inA)
    place(b, bFrom, bTo, inB)
    const pairs: Pair[] = []
    for (let i = aFrom; i < aTo; i += 1) {
      const kind = a[i] ?? 0
      const j = inB[kind] ?? NEVER
      if (inA[kind] === i && j >= 0) pairs.push([i, j])
    }
    const rise = longestRise(pairs)
    return pairs.length >= LEAST_PAIRS && rise.length >= pairs.length * LEAST_IN_ORDER ? rise : []
  }
}

function place(sequence: Uint32Array, from: number, to: number, places: Int32Array): void {
  for (let i = from; i < to; i += 1) {
    const kind = sequence[i] ?? 0
    places[kind] = places[kind] === NEVER ? i : AGAIN
  }
}

/** Of pairs that rise in their first number, the most that rise in their second, too. */
function longestRise(pairs: readonly Pair[]): readonly Pair[] {
  /** The pair with the least second number that ends a rise of each length. */
  const tails: number[] = []
  const before = new Int32Array(pairs.length).fill(-1)
  for (const [index, [, j]] of pairs.entries()) {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < j) low = middle + 1
      else high = middle
    }
    before[index] = low === 0 ? -1 : (tails[low - 1] ?? -1)
    tails[low] = index
  }
  const rise: Pair[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index]
    if (pair !== undefined) rise.push(pair)
  }
  return rise.toReversed()
}
