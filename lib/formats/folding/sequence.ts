import { saying } from '../../i18n/saying.ts'
import type { GrowingTurn } from './growing-turn.ts'

/** Looks at the numbers that a server gives its events: each is one more than the one before. Events without one are skipped. */
export function createSequenceWatch(turn: GrowingTurn): (number: number | null, event: number) => void {
  let last: number | null = null
  return (number, event) => {
    if (number === null) return
    if (last !== null && number <= last) {
      turn.problem('sequence-repeat', saying('Number {number} comes after number {last}', { number, last }), event)
      return
    }
    if (last !== null && number > last + 1) {
      const [first, final] = [last + 1, number - 1]
      const missing =
        first === final
          ? saying('Number {first} is missing', { first })
          : saying('Numbers {first} to {final} are missing', { first, final })
      turn.problem('sequence-gap', missing, event)
    }
    last = number
  }
}
