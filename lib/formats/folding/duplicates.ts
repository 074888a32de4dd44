/** Finds deltas that come twice, each right after itself: a server that writes to one stream from two places. */
import { saying } from '../../i18n/saying.ts'
import type { GrowingTurn } from './growing-turn.ts'

/** Words do repeat ("ha" "ha"), and so do signs ("--" "||"). This many pairs in a row, of so many texts of such a length, do not. */
const PAIRS = 6
const TEXTS = 4
const LENGTH = 8

/** Takes every delta of one text; says once when they come in pairs. */
export function createDuplicateWatch(turn: GrowingTurn): (delta: string, event: number) => void {
  let waiting: string | null = null
  let pairs = 0
  let length = 0
  let said = false
  const texts = new Set<string>()

  function addPair(delta: string): void {
    pairs += 1
    if ((texts.size >= TEXTS && length >= LENGTH) || texts.has(delta)) return
    texts.add(delta)
    length += delta.length
  }

  return (delta, event) => {
    if (said || delta === '') return
    if (waiting === null) {
      waiting = delta
      return
    }
    if (delta !== waiting) {
      waiting = delta
      pairs = 0
      length = 0
      texts.clear()
      return
    }
    waiting = null
    addPair(delta)
    if (pairs < PAIRS || texts.size < TEXTS || length < LENGTH) return
    said = true
    turn.problem('duplicate-delta', saying('Every delta comes twice: {n} pairs in a row', { n: pairs }), event)
  }
}
