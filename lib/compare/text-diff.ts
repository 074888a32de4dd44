/** Two texts compared word by word, in steps. */
import { createColumn } from '../session/columns.ts'
import { toNumbers } from './event-tokens.ts'
import { createSequenceDiff, type SequenceDiff } from './sequence-diff.ts'

/** Words cut between two looks at the clock. */
const WORDS_PER_LOOK = 256

export interface TextPart {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

export interface TextDiff {
  /** Works for about `budgetMs`; true when all is done. */
  step(budgetMs: number): boolean
  readonly isDone: boolean
  /** What was removed stands before what was added in its place. Until it is done empty, or what `show` was given. */
  readonly parts: readonly TextPart[]
  /** Something to show until it is done: the parts of the texts when they were shorter. */
  show(parts: readonly TextPart[]): void
  /** False where more may be the same than is said. */
  readonly isBest: boolean
}

export function createTextDiff(before: string, after: string): TextDiff {
  const known = new Map<string, number>()
  const [first, second] = [createWords(before, known), createWords(after, known)]
  let diff: SequenceDiff | null = null
  let parts: readonly TextPart[] = []
  let isDone = false
  return {
    get isDone() {
      return isDone
    },
    get parts() {
      return parts
    },
    show(given) {
      if (!isDone) parts = given
    },
    get isBest() {
      return diff?.isBest ?? true
    },
    step(budgetMs) {
      if (isDone) return true
      const untilMs = performance.now() + budgetMs
      if (!first.cut(budgetMs) || !second.cut(Math.max(0, untilMs - performance.now()))) return false
      diff ??= createSequenceDiff(toNumbers(first.tokens), toNumbers(second.tokens))
      if (!diff.step(Math.max(0, untilMs - performance.now()))) return false
      parts = toParts(diff.matches, first, second)
      isDone = true
      return true
    },
  }
}

interface Words {
  /** Cuts for about `budgetMs`; true when all is cut. */
  cut(budgetMs: number): boolean
  /** Equal numbers stand for equal words. */
  readonly tokens: ReturnType<typeof createColumn>
  /** The text of words [from, to). */
  text(from: number, to: number): string
}

/** A word has the white space after it: blanks of their own would be found to be the same everywhere. */
function createWords(text: string, known: Map<string, number>): Words {
  const [tokens, ends] = [createColumn('u32'), createColumn('u32')]
  // Words of Chinese and the like have no blanks between them.
  const segments = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)[Symbol.iterator]()
  let start = 0
  let end = 0
  let isOver = false

  function finishWord(): void {
    if (end === start) return
    const word = text.slice(start, end)
    const token = known.get(word) ?? known.size
    known.set(word, token)
    tokens.push(token)
    ends.push(end)
    start = end
  }

  function cutNext(): void {
    const { value, done } = segments.next()
    if (done === true) {
      finishWord()
      isOver = true
      return
    }
    const { segment, index } = value
    if (segment.trim() !== '' && index > start) finishWord()
    end = index + segment.length
  }

  return {
    tokens,
    text: (from, to) => text.slice(from === 0 ? 0 : ends.at(from - 1), to === 0 ? 0 : ends.at(to - 1)),
    cut(budgetMs) {
      const untilMs = performance.now() + budgetMs
      while (!isOver) {
        for (let words = 0; words < WORDS_PER_LOOK && !isOver; words += 1) cutNext()
        if (performance.now() >= untilMs) break
      }
      return isOver
    },
  }
}

function toParts(matches: Int32Array, first: Words, second: Words): TextPart[] {
  const parts: TextPart[] = []
  const add = (kind: TextPart['kind'], text: string) => {
    if (text !== '') parts.push({ kind, text })
  }
  let [i, j] = [0, 0]
  while (i < matches.length) {
    let run = i
    while (run < matches.length && matches[run] === j + run - i) run += 1
    add('same', first.text(i, run))
    j += run - i
    i = run
    let next = i
    while (next < matches.length && matches[next] === -1) next += 1
    const jNext = next < matches.length ? (matches[next] ?? 0) : second.tokens.length
    add('removed', first.text(i, next))
    add('added', second.text(j, jNext))
    i = next
    j = jNext
  }
  add('added', second.text(j, second.tokens.length))
  return parts
}

/** The parts as text alone: `[-removed-]` and `{+added+}`, as git writes word diffs. */
export function toDiffText(parts: readonly TextPart[]): string {
  return parts
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('')
}
