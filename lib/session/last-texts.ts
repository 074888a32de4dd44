/** The end of a stream as evidence for its ending, as it was when it was looked at: the texts may have gone since. */
import type { Evidence } from '../endings/evidence.ts'
import { toOwnText } from './columns.ts'
import type { Entries } from './types.ts'

/** Characters of a tail that go into an ending's sentence. */
const TAIL_LENGTH = 200

/** Characters of the last event that are looked at, and how many entries back it is looked for. */
const LAST_EVENT_LENGTH = 4_000
const LAST_ENTRIES = 8

export interface LastTexts extends Pick<Evidence, 'tail' | 'lastEvent'> {
  /** How many entries there were. */
  readonly length: number
}

/** Reads them anew only where more has come. */
export function createLastTexts(entries: Entries): { read(): LastTexts } {
  let last: LastTexts | null = null
  return {
    read() {
      if (last?.length !== entries.length)
        last = { length: entries.length, tail: findTail(entries), lastEvent: findLastEvent(entries) }
      return last
    },
  }
}

function findTail(entries: Entries): string | null {
  const last = entries.length - 1
  if (last < 0 || entries.kindOf(last) !== 'tail') return null
  return toOwnText(entries.dataOf(last).slice(0, TAIL_LENGTH))
}

/** The last dispatched event; looked for among the last entries only, where heartbeats may follow it. */
function findLastEvent(entries: Entries): Evidence['lastEvent'] {
  for (let index = entries.length - 1; index >= Math.max(0, entries.length - LAST_ENTRIES); index -= 1) {
    if (entries.kindOf(index) !== 'event') continue
    return { type: entries.typeOf(index), data: toOwnText(entries.dataOf(index).slice(0, LAST_EVENT_LENGTH)) }
  }
  return null
}
