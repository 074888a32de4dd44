/** The events of two connections side by side, kept up to date while they grow. */
import type { Connection } from '../session/types.ts'
import { createComparable } from './comparable.ts'
import { type DiffRows, NO_ROWS, rowsById, rowsByOrder } from './diff-rows.ts'
import { createEventTokens, createTokens, toNumbers } from './event-tokens.ts'
import type { Ignored } from './ignored.ts'
import { createSequenceDiff, type SequenceDiff } from './sequence-diff.ts'

export type PairBy = 'order' | 'id'

/** While a stream lives, the next comparison waits for so many times what the last one took. */
const REST_TIMES = 4

export interface EventDiff {
  /** Works for about `budgetMs`; false if there is more to do, a promise if a text has to be waited for. */
  update(budgetMs: number): boolean | Promise<void>
  /** Of the last comparison that came to its end. `a` and `b` are indexes of entries. */
  readonly rows: DiffRows
  /** Rows of which comparison: changes when they do. */
  readonly round: number
  /** How far the first comparison is, 0 to 1. Later ones take place of rows that are shown already. */
  readonly progress: number
  /** False where more may be the same than is said. */
  readonly isBest: boolean
  /** Whether both have events with ids. */
  readonly hasIds: boolean
  /** Events whose text was dropped: whether they are the same is not known. */
  readonly missing: number
  /** Events of each that were compared. */
  readonly aLength: number
  readonly bLength: number
  /** Index of the entry of an event of the first or second connection. */
  entryOf(side: 'a' | 'b', event: number): number
}

/** One comparison of what had come by then. */
interface Round {
  readonly aLength: number
  readonly bLength: number
  readonly order: SequenceDiff | null
  spentMs: number
}

export function createEventDiff(a: Connection, b: Connection, pairBy: PairBy, ignored: Ignored): EventDiff {
  const comparable = createComparable(ignored)
  const [texts, ids] = [createTokens(), createTokens()]
  const first = createEventTokens(a.entries, comparable, texts, ids)
  const second = createEventTokens(b.entries, comparable, texts, ids)
  let rows = NO_ROWS
  let round = 0
  let isBest = true
  let current: Round | null = null
  let comparedA = -1
  let comparedB = -1
  let restUntilMs = 0

  function begin(): Round {
    const [aTokens, bTokens] = [toNumbers(first.tokens), toNumbers(second.tokens)]
    const order = pairBy === 'order' ? createSequenceDiff(aTokens, bTokens) : null
    return { aLength: aTokens.length, bLength: bTokens.length, order, spentMs: 0 }
  }

  function finish({ aLength, bLength, order, spentMs }: Round): void {
    rows =
      order === null
        ? rowsById(
            { ids: toNumbers(first.ids).slice(0, aLength), tokens: toNumbers(first.tokens).slice(0, aLength) },
            { ids: toNumbers(second.ids).slice(0, bLength), tokens: toNumbers(second.tokens).slice(0, bLength) },
          )
        : rowsByOrder(order.matches, bLength)
    isBest = order?.isBest ?? true
    comparedA = aLength
    comparedB = bLength
    round += 1
    current = null
    restUntilMs = performance.now() + spentMs * REST_TIMES
  }

  return {
    get rows() {
      return rows
    },
    get round() {
      return round
    },
    get isBest() {
      return isBest
    },
    get hasIds() {
      return first.hasIds && second.hasIds
    },
    get progress() {
      const all = a.entries.length + b.entries.length
      const read = all === 0 ? 1 : (first.position + second.position) / all
      // Reading takes most of the time.
      return 0.7 * read + 0.3 * (current?.order?.progress ?? 0)
    },
    get missing() {
      return first.missing + second.missing
    },
    get aLength() {
      return Math.max(0, comparedA)
    },
    get bLength() {
      return Math.max(0, comparedB)
    },
    entryOf: (side, event) => (side === 'a' ? first : second).places.at(event),
    update(budgetMs) {
      const startedMs = performance.now()
      const leftMs = () => budgetMs - (performance.now() - startedMs)
      for (const side of [first, second]) {
        const progress = side.update(leftMs())
        if (progress !== true) return progress
      }
      if (current === null) {
        if (first.tokens.length === comparedA && second.tokens.length === comparedB) return true
        // A stream that lives will call again; one that has ended must not wait.
        if ((a.alive || b.alive) && performance.now() < restUntilMs) return true
        current = begin()
      }
      const isDone = current.order?.step(Math.max(1, leftMs())) ?? true
      current.spentMs += performance.now() - startedMs
      if (isDone) finish(current)
      return isDone
    },
  }
}
