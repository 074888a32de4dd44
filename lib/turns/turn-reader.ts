/** What a connection's events add up to so far. One reader a connection, whoever asks, so that every event is folded once. */
import { signal, type ReadonlySignal } from '@preact/signals'
import { type Folding, type Format, SAMPLE_EVENTS } from '../formats/format.ts'
import { FORMATS } from '../formats/formats.ts'
import type { Turn } from '../formats/turn.ts'
import { toOwnFormat } from '../formats/own-rule/own-format.ts'
import type { OwnRule } from '../formats/own-rule/own-rule.ts'
import { toSample } from '../session/format-watch.ts'
import type { Connection, FormatMatch } from '../session/types.ts'

/** A format's name; `none` to read no message at all; null for the format that was recognised. */
export type FormatChoice = string | null
export const NO_FORMAT = 'none'

/** Entries folded between two looks at the clock. */
const ENTRIES_PER_LOOK = 32

export interface TurnReader {
  /** What the user chose for this connection. */
  readonly choice: ReadonlySignal<FormatChoice>
  choose(choice: FormatChoice): void
  /** Rules of the user's own: the first that fits comes before the format that was recognised. Same list, nothing happens. */
  useRules(rules: readonly OwnRule[]): void
  /** What fits where the user chose nothing: a rule of theirs, or the format that was recognised. */
  readonly recognised: FormatMatch | null
  /** The format that is read by, and why; null while none is known, or none is wanted. */
  readonly match: FormatMatch | null
  /** Null as long as there is no format. A new object when the format turned out to be another. */
  readonly folding: Folding | null
  readonly turn: Turn | null
  /** How many entries have been looked at. */
  readonly position: number
  /** The stream is over, and all of it is in the turn. */
  readonly ended: boolean
  /** Takes in what came, for about `budgetMs`; false if there is more to do. Each entry is looked at once. */
  update(budgetMs: number): boolean
}

const readers = new WeakMap<Connection, TurnReader>()

export function turnReaderOf(connection: Connection): TurnReader {
  const known = readers.get(connection)
  if (known !== undefined) return known
  const made = createTurnReader(connection)
  readers.set(connection, made)
  return made
}

/** Whether a connection can be read as a conversation. */
export function hasMessage(connection: Connection): boolean {
  const { choice, match } = turnReaderOf(connection)
  return connection.format !== null || choice.value !== null || match !== null
}

export function createTurnReader(connection: Connection, formats: readonly Format[] = FORMATS): TurnReader {
  const { entries } = connection
  const choice = signal<FormatChoice>(null)
  let match: FormatMatch | null = null
  let folding: Folding | null = null
  let position = 0
  let ended = false
  let rules: readonly OwnRule[] = []
  let own: readonly Format[] = []
  let ownMatch: FormatMatch | null = null
  /** Own formats are asked at the 1st, 2nd, 4th and 8th event. */
  let nextLookAt = 1

  function lookForOwn(): void {
    if (ownMatch !== null || own.length === 0) return
    if (connection.eventCount < nextLookAt || nextLookAt > SAMPLE_EVENTS) return
    while (nextLookAt <= connection.eventCount) nextLookAt *= 2
    const sample = toSample(connection)
    for (const { name, label, match: matchOf } of own) {
      const found = matchOf(sample)
      if (found === null) continue
      ownMatch = { name, label, ...found }
      return
    }
  }

  /** Starts anew when the format is another than before. */
  function follow(): void {
    lookForOwn()
    const wanted = toMatch(choice.peek(), ownMatch ?? connection.format, formats)
    const isSame = wanted?.name === match?.name
    match = wanted
    if (isSame) return
    folding = [...own, ...formats].find(({ name }) => name === wanted?.name)?.start(toSample(connection)) ?? null
    position = 0
    ended = false
  }

  function fold(until: number): void {
    for (; position < until; position += 1) {
      if (entries.kindOf(position) === 'event') folding?.step(entries.at(position))
    }
  }

  return {
    choice,
    choose(chosen) {
      choice.value = chosen
    },
    useRules(given) {
      if (given === rules) return
      rules = given
      own = rules.map(toOwnFormat)
      ownMatch = null
      nextLookAt = 1
      // A rule of the same name may read otherwise now.
      match = null
      folding = null
    },
    get recognised() {
      lookForOwn()
      return ownMatch ?? connection.format
    },
    get match() {
      follow()
      return match
    },
    get folding() {
      follow()
      return folding
    },
    get turn() {
      follow()
      return folding?.turn ?? null
    },
    get position() {
      return position
    },
    get ended() {
      return ended
    },
    update(budgetMs) {
      follow()
      if (folding === null) return true
      const untilMs = performance.now() + budgetMs
      while (position < entries.length) {
        fold(Math.min(entries.length, position + ENTRIES_PER_LOOK))
        if (performance.now() >= untilMs) break
      }
      if (position < entries.length) return false
      // Where the page or the network broke it off, what is unfinished is no fault of the stream.
      if (!ended && connection.end?.how === 'done') {
        folding.end()
        ended = true
      }
      return true
    },
  }
}

function toMatch(choice: FormatChoice, format: FormatMatch | null, formats: readonly Format[]): FormatMatch | null {
  if (choice === null || choice === format?.name) return format
  const chosen = formats.find(({ name }) => name === choice)
  return chosen === undefined
    ? null
    : { name: chosen.name, label: chosen.label, certainty: 'sure', evidence: ['you chose it for this connection'] }
}
