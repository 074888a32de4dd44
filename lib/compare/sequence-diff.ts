/**
 * The elements that two sequences have in common, in order: Myers' search from both ends (An O(ND) Difference Algorithm,
 * 1986, section 4b), which can stop and go on. Packages for it cannot, and take minutes where long sequences differ all over.
 */
import { type Box, createAnchors } from './anchors.ts'
import { toShared } from './shared-elements.ts'

/**
 * Edits looked for from each end of a part before it is cut in two by other means. Up to twice as many, the result is the
 * best there is; what it costs grows with their square.
 */
export const MOST_EDITS = 256

export interface SequenceDiff {
  /** Works for about `budgetMs`; true when all is done. */
  step(budgetMs: number): boolean
  /** Share of the elements that are decided, 0 to 1. */
  readonly progress: number
  /** For each element of the first sequence, the index of the same one in the second; -1 for none. Rises. */
  readonly matches: Int32Array
  /** False where a part had too many differences for the best result: more may be the same than is said. */
  readonly isBest: boolean
}

/** Compares sequences of numbers; equal numbers stand for equal elements. */
export function createSequenceDiff(
  first: Uint32Array,
  second: Uint32Array,
  mostEdits = MOST_EDITS,
  nowMs: () => number = () => performance.now(),
): SequenceDiff {
  // What stands in one of them only can never be paired: without it, the search is shorter and the result the same.
  const { a, b, aPlaces, bPlaces, kinds } = toShared(first, second)
  const matches = new Int32Array(first.length).fill(-1)
  const boxes: Box[] = [{ aFrom: 0, aTo: a.length, bFrom: 0, bTo: b.length }]
  const findAnchors = createAnchors(a, b, kinds)
  const forward = new Int32Array(2 * mostEdits + 3)
  const backward = new Int32Array(2 * mostEdits + 3)
  const total = a.length + b.length
  let decided = 0
  let isBest = true

  const pair = (i: number, j: number) => {
    matches[aPlaces[i] ?? 0] = bPlaces[j] ?? -1
  }

  /** Takes away what is the same at both ends. */
  function trim({ aFrom, aTo, bFrom, bTo }: Box): Box {
    let [i, j, iEnd, jEnd] = [aFrom, bFrom, aTo, bTo]
    while (i < iEnd && j < jEnd && a[i] === b[j]) pair(i++, j++)
    while (i < iEnd && j < jEnd && a[iEnd - 1] === b[jEnd - 1]) pair(--iEnd, --jEnd)
    decided += i - aFrom + (j - bFrom) + (aTo - iEnd) + (bTo - jEnd)
    return { aFrom: i, aTo: iEnd, bFrom: j, bTo: jEnd }
  }

  /** Cuts at points through which the result goes; later parts are put on the pile first. */
  function cutAt(box: Box, points: readonly (readonly [i: number, j: number])[]): void {
    let [aTo, bTo] = [box.aTo, box.bTo]
    for (const [i, j] of points.toReversed()) {
      boxes.push({ aFrom: i, aTo, bFrom: j, bTo })
      aTo = i
      bTo = j
    }
    boxes.push({ aFrom: box.aFrom, aTo, bFrom: box.bFrom, bTo })
  }

  function next(whole: Box): void {
    const box = trim(whole)
    if (box.aFrom === box.aTo || box.bFrom === box.bTo) {
      decided += box.aTo - box.aFrom + (box.bTo - box.bFrom)
      return
    }
    const middle = findMiddle(a, b, box, forward, backward, mostEdits)
    if (middle.isBest) return cutAt(box, [middle.at])
    isBest = false
    const anchors = findAnchors(box)
    cutAt(box, anchors.length > 0 ? anchors : [middle.at])
  }

  return {
    matches,
    get progress() {
      return total === 0 ? 1 : decided / total
    },
    get isBest() {
      return isBest
    },
    step(budgetMs) {
      const untilMs = nowMs() + budgetMs
      for (let box = boxes.pop(); box !== undefined; box = boxes.pop()) {
        next(box)
        if (nowMs() >= untilMs) break
      }
      return boxes.length === 0
    },
  }
}

interface Middle {
  readonly at: readonly [i: number, j: number]
  /** A best result goes through it. False: it is only where a search of `mostEdits` came furthest. */
  readonly isBest: boolean
}

/** A point in the middle of the fewest edits of a box, which begins and ends with a difference. */
function findMiddle(
  a: Uint32Array,
  b: Uint32Array,
  { aFrom, aTo, bFrom, bTo }: Box,
  forward: Int32Array,
  backward: Int32Array,
  mostEdits: number,
): Middle {
  const [n, m] = [aTo - aFrom, bTo - bFrom]
  const delta = n - m
  const isOdd = delta % 2 !== 0
  const edits = Math.min(mostEdits, Math.ceil((n + m) / 2))
  const zero = edits + 1
  forward.fill(-1, 0, 2 * zero + 1)
  backward.fill(-1, 0, 2 * zero + 1)
  forward[zero + 1] = 0
  backward[zero + 1] = 0
  for (let d = 0; d <= edits; d += 1) {
    // Diagonals beyond the box have no element.
    const [least, most] = [-d + 2 * Math.max(0, d - m), d - 2 * Math.max(0, d - n)]
    for (let k = least; k <= most; k += 2) {
      let x = reach(forward, zero, k, d)
      let y = x - k
      while (x < n && y < m && a[aFrom + x] === b[bFrom + y]) {
        x += 1
        y += 1
      }
      forward[zero + k] = x
      const other = delta - k
      if (isOdd && other > -d && other < d && x + (backward[zero + other] ?? 0) >= n) {
        return { at: [aFrom + x, bFrom + y], isBest: true }
      }
    }
    for (let k = least; k <= most; k += 2) {
      let x = reach(backward, zero, k, d)
      let y = x - k
      while (x < n && y < m && a[aTo - 1 - x] === b[bTo - 1 - y]) {
        x += 1
        y += 1
      }
      backward[zero + k] = x
      const other = delta - k
      if (!isOdd && other >= -d && other <= d && x + (forward[zero + other] ?? 0) >= n) {
        return { at: [aTo - x, bTo - y], isBest: true }
      }
    }
  }
  return { at: furthest(forward, zero, edits, { aFrom, aTo, bFrom, bTo }), isBest: false }
}

/** How far along the first sequence one more edit leads on diagonal `k`. */
function reach(front: Int32Array, zero: number, k: number, d: number): number {
  const fromLeft = front[zero + k - 1] ?? -1
  const fromAbove = front[zero + k + 1] ?? -1
  return k === -d || (k !== d && fromLeft < fromAbove) ? fromAbove : fromLeft + 1
}

function furthest(forward: Int32Array, zero: number, edits: number, { aFrom, aTo, bFrom, bTo }: Box): Middle['at'] {
  // Both sequences moved on by half of the edits each is where it stands when nothing is the same.
  let [best, bestX, bestY] = [-1, 0, 0]
  const [n, m] = [aTo - aFrom, bTo - bFrom]
  for (let k = -edits; k <= edits; k += 1) {
    const x = forward[zero + k] ?? -1
    const y = x - k
    if (x < 0 || y < 0 || x > n || y > m) continue
    // Of equals the most even one: two answers of one model go on side by side.
    const score = (x + y) * 4 * (edits + 1) - Math.abs(k)
    if (score <= best) continue
    best = score
    bestX = x
    bestY = y
  }
  return [aFrom + bestX, bFrom + bestY]
}
