/** Parts that a format opens and closes by name: looked up, watched for doubled deltas, and asked for at the end. */
import { createDuplicateWatch } from './duplicates.ts'
import { checkArguments, grow } from './growing-turn.ts'
import type { GrowingPart, GrowingTurn } from './growing-turn.ts'

export interface OpenParts {
  /** `name` is what the problems call it. A name that is still open is started a second time: a problem. */
  add(name: string, part: GrowingPart, event: number): void
  has(name: string): boolean
  /** Adds to the part of that name. False where there is none or it is closed; the problem is noted, the text kept where it can be. */
  grow(name: string, delta: string, event: number): boolean
  close(name: string, event: number): void
  /** No more events come. After an error, unfinished parts are no problem of their own. */
  end(failed: boolean): void
}

interface Entry {
  readonly part: GrowingPart
  readonly watch: (delta: string, event: number) => void
}

export function createOpenParts(turn: GrowingTurn): OpenParts {
  const entries = new Map<string, Entry>()
  const open = new Map<string, Entry>()

  function close(name: string, { part }: Entry): void {
    part.closed = true
    open.delete(name)
    if (part.kind === 'tool call') checkArguments(turn, part)
  }

  return {
    add(name, part, event) {
      if (open.has(name)) turn.problem('sequence-repeat', `${name} is started a second time`, event)
      const entry = { part, watch: createDuplicateWatch(turn) }
      entries.set(name, entry)
      open.set(name, entry)
    },
    has: (name) => open.has(name),
    grow(name, delta, event) {
      const entry = entries.get(name)
      if (entry === undefined) {
        turn.problem('delta-without-block', `A delta for ${name}, which was not started`, event)
        return false
      }
      if (entry.part.closed) turn.problem('delta-without-block', `A delta for ${name}, which was ended`, event)
      entry.watch(delta, event)
      growPart(entry.part, delta, event)
      return !entry.part.closed
    },
    close(name, event) {
      const entry = open.get(name)
      if (entry !== undefined) return close(name, entry)
      const what = entries.has(name) ? 'ended already' : 'not started'
      turn.problem('delta-without-block', `${name} is ended, but was ${what}`, event)
    },
    end(failed) {
      for (const [name, entry] of open) {
        if (!failed) turn.problem('unclosed-block', `${name} was not ended`, -1)
        if (!failed && entry.part.kind === 'tool call') checkArguments(turn, entry.part)
      }
      open.clear()
    },
  }
}

/** Adds to whatever text a part has. */
export function growPart(part: GrowingPart, delta: string, event: number): void {
  if (part.kind === 'media') return
  if (part.kind !== 'tool call') return grow(part, delta, event)
  part.arguments.add(delta, event)
  part.lastEvent = event
}
