/** Numbers texts by their order, in slices: each different text once, merged from short sorted runs. */
import { createColumn, toOwnText } from '../../lib/session/columns.ts'

/** Texts sorted in one go, about a ms. */
const RUN_LENGTH = 2_048
/** Texts merged between two looks at the clock. */
const MERGED_PER_STEP = 2_048

export interface Ranks {
  /** Takes in the text of the next entry. */
  add(entry: number): void
  /** Sorts a bit further; true when all is sorted. */
  order(): boolean
  /** Of the text that was taken in as number `index`. */
  rankOf(index: number): number
}

export function createRanks(textOf: (entry: number) => string): Ranks {
  const indexes = new Map<string, number>()
  const texts: string[] = []
  const wholes: number[] = []
  const own = createColumn('u32')
  let steps: Generator<void, number[]> | null = null
  let ranks: Uint32Array | null = null
  return {
    add(entry) {
      const text = textOf(entry)
      let index = indexes.get(text)
      if (index === undefined) {
        // A part of a longer text would keep all of it.
        const kept = toOwnText(text)
        index = texts.push(kept) - 1
        wholes.push(toWhole(kept))
        indexes.set(kept, index)
      }
      own.push(index)
    },
    order() {
      if (ranks !== null) return true
      steps ??= sortInSteps(texts, wholes)
      const step = steps.next()
      if (step.done !== true) return false
      ranks = new Uint32Array(texts.length)
      for (const [rank, index] of step.value.entries()) ranks[index] = rank
      return true
    },
    rankOf: (index) => ranks?.[own.at(index)] ?? 0,
  }
}

/** NaN for what is no whole number. */
function toWhole(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : NaN
}

/** Whole numbers by their value, before all else; the rest by code units, as logs are. */
function* sortInSteps(texts: readonly string[], wholes: readonly number[]): Generator<void, number[]> {
  const compare = (a: number, b: number) => {
    const [wholeA = NaN, wholeB = NaN] = [wholes[a], wholes[b]]
    const [isWholeA, isWholeB] = [!Number.isNaN(wholeA), !Number.isNaN(wholeB)]
    if (isWholeA && isWholeB && wholeA !== wholeB) return wholeA - wholeB
    if (isWholeA !== isWholeB) return isWholeA ? -1 : 1
    const [textA = '', textB = ''] = [texts[a], texts[b]]
    return textA < textB ? -1 : textA > textB ? 1 : 0
  }
  let runs: number[][] = []
  for (let from = 0; from < texts.length; from += RUN_LENGTH) {
    const length = Math.min(RUN_LENGTH, texts.length - from)
    runs.push(Array.from({ length }, (_, index) => from + index).toSorted(compare))
    yield
  }
  while (runs.length > 1) {
    const merged: number[][] = []
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(yield* merge(runs[index] ?? [], runs[index + 1] ?? [], compare))
    }
    runs = merged
  }
  return runs[0] ?? []
}

function* merge(
  left: readonly number[],
  right: readonly number[],
  compare: (a: number, b: number) => number,
): Generator<void, number[]> {
  const merged: number[] = []
  let [l, r] = [0, 0]
  while (l < left.length || r < right.length) {
    const [a, b] = [left[l], right[r]]
    const isLeft = b === undefined || (a !== undefined && compare(a, b) <= 0)
    merged.push((isLeft ? a : b) ?? 0)
    if (isLeft) l += 1
    else r += 1
    if (merged.length % MERGED_PER_STEP === 0) yield
  }
  return merged
}
