/** When the text of a chat answer began: its format is asked, event by event, until it has some. */
import type { Folding, Format } from '../formats/format.ts'
import { FORMATS } from '../formats/formats.ts'
import type { Turn } from '../formats/turn.ts'
import { toSample } from '../session/format-watch.ts'
import type { Connection } from '../session/types.ts'

/** Entries given to the format in one go: reasoning before the text may be long. */
const ENTRIES_PER_STEP = 2_000

export interface FirstText {
  /** On the document's clock; null until text came, and where no chat format is known. */
  readonly atMs: number | null
  /** Takes in what came; false if there is more to do. */
  update(): boolean
}

export function createFirstText(connection: Connection, formats: readonly Format[] = FORMATS): FirstText {
  const { entries } = connection
  let atMs: number | null = null
  let name = ''
  let folding: Folding | null = null
  let looked = 0

  /** Starts anew when the format turned out to be another. */
  function follow(): void {
    const found = connection.format?.name ?? ''
    if (found === name) return
    name = found
    folding = formats.find((format) => format.name === found)?.start(toSample(connection)) ?? null
    looked = 0
    atMs = null
  }

  return {
    get atMs() {
      return atMs
    },
    update() {
      follow()
      if (folding === null || atMs !== null) return true
      const until = Math.min(entries.length, looked + ENTRIES_PER_STEP)
      for (; looked < until && atMs === null; looked += 1) {
        const entry = entries.at(looked)
        if (entry.kind !== 'event') continue
        folding.step(entry)
        const event = firstTextEvent(folding.turn)
        if (event !== -1) atMs = entries.atMsOf(event)
      }
      return atMs !== null || looked === entries.length
    },
  }
}

/** Index of the event that brought the first text of any message; -1 before. */
function firstTextEvent({ messages }: Turn): number {
  let first = -1
  for (const { parts } of messages) {
    for (const part of parts) {
      if ((part.kind !== 'text' && part.kind !== 'refusal') || part.text.length === 0) continue
      const event = part.text.eventOf(0)
      if (first === -1 || event < first) first = event
    }
  }
  return first
}
