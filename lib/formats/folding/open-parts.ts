/** Parts that a format opens and closes by name: looked up, watched for doubled deltas, and asked for at the end. */
import { saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import { createDuplicateWatch } from './duplicates.ts'
import { checkArguments, grow } from './growing-turn.ts'
import type { GrowingPart, GrowingTurn } from './growing-turn.ts'

/** What tells a part from others, and what the problems call it: a message with `{id}` in it. */
export interface PartName {
  readonly message: string
  readonly id: string | number
}

export interface OpenParts {
  /** A name that is still open is started a second time: a problem. */
  add(name: PartName, part: GrowingPart, event: number): void
  /** Adds to the part of that name. False where there is none or it is closed; the problem is noted, the text kept where it can be. */
  grow(name: PartName, delta: string, event: number): boolean
  close(name: PartName, event: number): void
  /** No more events come. After an error, unfinished parts are no problem of their own. */
  end(failed: boolean): void
}

interface Entry {
  readonly name: PartName
  readonly part: GrowingPart
  readonly watch: (delta: string, event: number) => void
}

export function createOpenParts(turn: GrowingTurn): OpenParts {
  const entries = new Map<string, Entry>()
  const open = new Map<string, Entry>()

  function close(key: string, { part }: Entry): void {
    part.closed = true
    open.delete(key)
    if (part.kind === 'tool call') checkArguments(turn, part)
  }

  return {
    add(name, part, event) {
      const key = toKey(name)
      if (open.has(key)) {
        turn.problem('sequence-repeat', saying('{part} is started a second time', { part: toWords(name) }), event)
      }
      const entry = { name, part, watch: createDuplicateWatch(turn) }
      entries.set(key, entry)
      open.set(key, entry)
    },
    grow(name, delta, event) {
      const entry = entries.get(toKey(name))
      if (entry === undefined) {
        sayNotStarted(turn, name, event)
        return false
      }
      if (entry.part.closed) {
        const text = saying('A delta for {part}, which was ended', { part: toWords(name) })
        turn.problem('delta-without-block', text, event)
      }
      entry.watch(delta, event)
      growPart(entry.part, delta, event)
      return !entry.part.closed
    },
    close(name, event) {
      const key = toKey(name)
      const entry = open.get(key)
      if (entry !== undefined) return close(key, entry)
      const part = toWords(name)
      const text = entries.has(key)
        ? saying('{part} is ended, but was ended already', { part })
        : saying('{part} is ended, but was not started', { part })
      turn.problem('delta-without-block', text, event)
    },
    end(failed) {
      for (const entry of open.values()) {
        if (!failed) sayNotEnded(turn, entry.name, -1)
        if (!failed && entry.part.kind === 'tool call') checkArguments(turn, entry.part)
      }
      open.clear()
    },
  }
}

const toKey = ({ message, id }: PartName): string => `${message} ${id}`
const toWords = ({ message, id }: PartName): Wording => saying(message, { id })

export function sayNotStarted(turn: GrowingTurn, name: PartName, event: number): void {
  const text = saying('A delta for {part}, which was not started', { part: toWords(name) })
  turn.problem('delta-without-block', text, event)
}

function sayNotEnded(turn: GrowingTurn, name: PartName, event: number): void {
  turn.problem('unclosed-block', saying('{part} was not ended', { part: toWords(name) }), event)
}

/** Adds to whatever text a part has. */
export function growPart(part: GrowingPart, delta: string, event: number): void {
  if (part.kind === 'media') return
  if (part.kind !== 'tool call') return grow(part, delta, event)
  part.arguments.add(delta, event)
  part.lastEvent = event
}
