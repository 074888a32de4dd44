import { lastIndexWhere } from '../../binary-search.ts'
import type { GrownText } from '../turn.ts'

/** A GrownText with the way to let it grow. */
export interface GrowingText extends GrownText {
  /** Adds what event `event` brought; an empty delta adds nothing. Events come in rising order. */
  add(delta: string, event: number): void
}

export function createGrownText(): GrowingText {
  let text = ''
  const ends: number[] = []
  const events: number[] = []

  /** The first index from which `isPast` holds; `ends.length` when there is none. */
  const firstWhere = (isPast: (i: number) => boolean): number => lastIndexWhere(ends.length, (i) => !isPast(i)) + 1

  return {
    add(delta, event) {
      if (delta === '') return
      text += delta
      ends.push(text.length)
      events.push(event)
    },
    get text() {
      return text
    },
    get length() {
      return text.length
    },
    get deltas() {
      return ends.length
    },
    endOf: (i) => ends[i] ?? 0,
    eventOf: (i) => events[i] ?? -1,
    deltaAt(offset) {
      if (offset < 0 || offset >= text.length) return -1
      return firstWhere((i) => (ends[i] ?? 0) > offset)
    },
    firstDeltaOf: (index) => firstWhere((i) => (events[i] ?? 0) >= index),
  }
}
