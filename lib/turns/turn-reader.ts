/** What a connection's events add up to so far. One reader a connection, whoever asks, so that every event is folded once. */
import { signal, type ReadonlySignal } from '@preact/signals'
import type { Folding, Format } from '../formats/format.ts'
import { FORMATS } from '../formats/formats.ts'
import type { Turn } from '../formats/turn.ts'
import { saying } from '../i18n/saying.ts'
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
  /** What fits where the user chose nothing. */
  readonly recognised: FormatMatch | null
  /** The format that is read by, and why; null while none is known, or none is wanted. */
  readonly match: FormatMatch | null
  /** Null as long as there is no format. A new object when the format turned out to be another. */
  readonly folding: Folding | null
  readonly turn: Turn | null
  /** How many entries have been looked at. */
  readonly position: number
  /** Events that are not in the turn: their texts were dropped before it was read. */
  readonly missing: number
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
  let missing = 0
  let ended = false
  let format: Format | null = null

  /** Starts anew when the format is another than before, or a rule of the same name reads otherwise. */
  function follow(): void {
    match = toMatch(choice.peek(), connection.format, formats)
    const isWanted = ({ name }: Format) => name === match?.name
    const wanted = connection.ownFormats().find(isWanted) ?? formats.find(isWanted) ?? null
    if (wanted === format) return
    format = wanted
    folding = wanted?.start(toSample(connection)) ?? null
    position = 0
    missing = 0
    ended = false
  }

  /** False where a text has to be brought first. */
  function fold(until: number): boolean {
    for (; position < until; position += 1) {
      if (entries.kindOf(position) !== 'event') continue
      const away = entries.awayOf(position)
      if (away === 'stored') return false
      if (away === 'dropped') missing += 1
      else folding?.step(entries.at(position))
    }
    return true
  }

  return {
    choice,
    choose(chosen) {
      choice.value = chosen
    },
    get recognised() {
      return connection.format
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
    get missing() {
      return missing
    },
    get ended() {
      return ended
    },
    update(budgetMs) {
      follow()
      if (folding === null) return true
      const untilMs = performance.now() + budgetMs
      while (position < entries.length) {
        if (!fold(Math.min(entries.length, position + ENTRIES_PER_LOOK))) {
          void entries.bring(position)
          return false
        }
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
    : {
        name: chosen.name,
        label: chosen.label,
        certainty: 'sure',
        evidence: [saying('you chose it for this connection')],
      }
}
