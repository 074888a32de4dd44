/** When the text of a chat answer began. */
import type { Turn } from '../formats/turn.ts'
import type { Connection } from '../session/types.ts'
import { turnReaderOf } from '../turns/turn-reader.ts'

/** The turn is read for that long in one go: reasoning before the text may be long. */
const SLICE_MS = 8

export interface FirstText {
  /** On the document's clock; null until text came, and where no chat format is known. */
  readonly atMs: number | null
  /** Takes in what came; false if there is more to do. */
  update(): boolean
}

export function createFirstText(connection: Connection): FirstText {
  const reader = turnReaderOf(connection)
  let turn: Turn | null = null
  let atMs: number | null = null

  function find(): void {
    if (reader.turn !== turn) atMs = null
    turn = reader.turn
    if (atMs !== null || turn === null) return
    const event = firstTextEvent(turn)
    if (event !== -1) atMs = connection.entries.atMsOf(event)
  }

  return {
    get atMs() {
      return atMs
    },
    update() {
      find()
      if (atMs !== null) return true
      const isDone = reader.update(SLICE_MS)
      find()
      return isDone || atMs !== null
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
