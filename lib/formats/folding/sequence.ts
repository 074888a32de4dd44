import type { GrowingTurn } from './growing-turn.ts'

/** Looks at the numbers that a server gives its events: each is one more than the one before. Events without one are skipped. */
export function createSequenceWatch(turn: GrowingTurn): (number: number | null, event: number) => void {
  let last: number | null = null
  return (number, event) => {
    if (number === null) return
    if (last !== null && number <= last) {
      turn.problem('sequence-repeat', `Number ${number} comes after number ${last}`, event)
      return
    }
    if (last !== null && number > last + 1) {
      const missing = number === last + 2 ? `Number ${last + 1} is` : `Numbers ${last + 1} to ${number - 1} are`
      turn.problem('sequence-gap', `${missing} missing`, event)
    }
    last = number
  }
}
