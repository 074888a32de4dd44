/** A turn in numbers. Looks at each delta once, however often it is asked, and at a few between two looks at the clock. */
import type { GrownText, Part, Turn } from '../formats/turn.ts'
import type { Entries } from '../session/types.ts'
import { createLengths, type Lengths } from '../timeline/lengths.ts'

/** What tokens are worth in English text; said to be an estimate wherever it is used. */
const CHARACTERS_PER_TOKEN = 4
/** Bars of the picture of the rate. Their width doubles when the turn is longer. */
const BARS = 48
const FIRST_BAR_MS = 50
/** Deltas of that many entries are taken in between two looks at the clock. */
export const ENTRIES_PER_LOOK = 512

export interface TurnFigures {
  /** On the document's clock; null until it came. */
  readonly firstReasoningAtMs: number | null
  readonly firstTextAtMs: number | null
  /** From the first piece to the last, in ms; null without any. */
  readonly reasoningMs: number | null
  readonly answerMs: number | null
  /** Waits between two moments at which something of the turn came. */
  readonly gaps: Lengths
  readonly tokens: Tokens
  /** From the first piece of the turn to the last; null where that took no time. */
  readonly tokensPerS: number | null
  readonly rate: Rate
  /** Takes in what the turn has by now, for about `budgetMs`; false if there is more to do. */
  update(turn: Turn, budgetMs: number): boolean
}

/** Tokens that came out, as the stream's usage says, else by the length of the text. */
export interface Tokens {
  readonly count: number
  readonly isEstimate: boolean
}

/** Characters that came in each of some equal stretches of time. */
export interface Rate {
  readonly barMs: number
  readonly characters: readonly number[]
}

interface Piece {
  readonly atMs: number
  readonly kind: 'reasoning' | 'text' | 'other'
  readonly length: number
}

interface Stretch {
  readonly fromMs: number
  toMs: number
}

export function createTurnFigures(
  { atMsOf }: Pick<Entries, 'atMsOf'>,
  nowMs: () => number = () => performance.now(),
): TurnFigures {
  const seen = new Map<GrownText, number>()
  const gaps = createLengths()
  const stretches: { reasoning: Stretch | null; text: Stretch | null; all: Stretch | null } = {
    reasoning: null,
    text: null,
    all: null,
  }
  /** The first entry whose deltas may not be in yet. */
  let position = 0
  let characters = 0
  let bars: number[] = []
  let barMs = FIRST_BAR_MS
  let tokens: Tokens = { count: 0, isEstimate: true }

  /** Takes the part's deltas of entries before `until`; the entry of the next one, Infinity if there is none. */
  function takeBefore(until: number, part: Part, into: Piece[]): number {
    const grown = grownOf(part)
    if (grown === null) return Infinity
    const kind = part.kind === 'reasoning' ? 'reasoning' : isAnswer(part) ? 'text' : 'other'
    const from = seen.get(grown) ?? 0
    let i = from
    for (; i < grown.deltas && grown.eventOf(i) < until; i += 1) {
      const length = grown.endOf(i) - (i === 0 ? 0 : grown.endOf(i - 1))
      into.push({ atMs: atMsOf(grown.eventOf(i)), kind, length })
    }
    if (i > from) seen.set(grown, i)
    return i < grown.deltas ? grown.eventOf(i) : Infinity
  }

  /** Parts grow at the same time: all are taken up to the same entry, so that gaps lie between what came next to each other. */
  function takeNext({ messages }: Turn): boolean {
    const pieces: Piece[] = []
    let next = Infinity
    for (const { parts } of messages) {
      for (const part of parts) next = Math.min(next, takeBefore(position + ENTRIES_PER_LOOK, part, pieces))
    }
    for (const piece of pieces.toSorted((one, other) => one.atMs - other.atMs)) add(piece)
    if (next === Infinity) return false
    position = next
    return true
  }

  function add({ atMs, kind, length }: Piece): void {
    if (stretches.all !== null && atMs > stretches.all.toMs) gaps.add(atMs - stretches.all.toMs)
    stretches.all = grownStretch(stretches.all, atMs)
    if (kind !== 'other') stretches[kind] = grownStretch(stretches[kind], atMs)
    characters += length
    let bar = Math.floor((atMs - stretches.all.fromMs) / barMs)
    while (bar >= BARS) {
      bars = Array.from({ length: Math.ceil(bars.length / 2) }, (_, i) => (bars[2 * i] ?? 0) + (bars[2 * i + 1] ?? 0))
      barMs *= 2
      bar = Math.floor(bar / 2)
    }
    while (bars.length <= bar) bars.push(0)
    bars[bar] = (bars[bar] ?? 0) + length
  }

  return {
    gaps,
    get firstReasoningAtMs() {
      return stretches.reasoning?.fromMs ?? null
    },
    get firstTextAtMs() {
      return stretches.text?.fromMs ?? null
    },
    get reasoningMs() {
      return widthOf(stretches.reasoning)
    },
    get answerMs() {
      return widthOf(stretches.text)
    },
    get tokens() {
      return tokens
    },
    get tokensPerS() {
      const tookMs = widthOf(stretches.all) ?? 0
      return tookMs > 0 ? (tokens.count * 1000) / tookMs : null
    },
    get rate() {
      return { barMs, characters: bars }
    },
    update(turn, budgetMs) {
      const untilMs = nowMs() + budgetMs
      let hasMore = takeNext(turn)
      while (hasMore && nowMs() < untilMs) hasMore = takeNext(turn)
      const counted = turn.usage?.outputTokens ?? null
      tokens =
        counted === null
          ? { count: Math.ceil(characters / CHARACTERS_PER_TOKEN), isEstimate: true }
          : { count: counted, isEstimate: false }
      return !hasMore
    },
  }
}

function isAnswer({ kind }: Part): boolean {
  return kind === 'text' || kind === 'refusal'
}

/** The text that the model itself wrote. */
function grownOf(part: Part): GrownText | null {
  if (part.kind === 'tool call') return part.arguments
  return part.kind === 'reasoning' || part.kind === 'text' || part.kind === 'refusal' ? part.text : null
}

function grownStretch(stretch: Stretch | null, atMs: number): Stretch {
  if (stretch === null) return { fromMs: atMs, toMs: atMs }
  stretch.toMs = Math.max(stretch.toMs, atMs)
  return stretch
}

function widthOf(stretch: Stretch | null): number | null {
  return stretch === null ? null : stretch.toMs - stretch.fromMs
}
