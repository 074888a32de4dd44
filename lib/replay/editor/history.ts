/** Undo and redo over a whole value, whose states share what did not change. */

export interface History<State> {
  readonly past: readonly State[]
  readonly present: State
  readonly future: readonly State[]
  /** What the last change was made to, and when: typing into one field is one step. */
  readonly last: { readonly what: string; readonly atMs: number } | null
}

const MOST_STEPS = 300
/** A pause as long as this begins a new step. */
const PAUSE_MS = 1_000

export function startHistory<State>(present: State): History<State> {
  return { past: [], present, future: [], last: null }
}

/** `what` names what is edited; empty for a change that is a step of its own. */
export function record<State>(history: History<State>, next: State, what: string, atMs: number): History<State> {
  if (next === history.present) return history
  const { last, past, present } = history
  const goesOn = what !== '' && last?.what === what && atMs - last.atMs < PAUSE_MS
  return {
    past: goesOn ? past : [...past, present].slice(-MOST_STEPS),
    present: next,
    future: [],
    last: { what, atMs },
  }
}

export function undo<State>(history: History<State>): History<State> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    last: null,
  }
}

export function redo<State>(history: History<State>): History<State> {
  const [after, ...future] = history.future
  if (after === undefined) return history
  return { past: [...history.past, history.present], present: after, future, last: null }
}
