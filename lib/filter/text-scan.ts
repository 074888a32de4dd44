/** Rules out entries without a text in them: one search through the text of many at a time, with nothing cut out. */
import type { Entries } from '../session/types.ts'
import type { TextMatch } from './filter.ts'
import { escapeForRegex } from './text-test.ts'

/** Entries that are looked through together: a slice of work is many times as much. */
const TOGETHER_BITS = 8
const TOGETHER = 1 << TOGETHER_BITS
/** Longer texts than that are not worth joining where they are in several parts. */
const MOST_LENGTH = 1_000_000

/** False for an entry that cannot have it; true is not yet a yes. Quick where entries are asked for one after the other. */
export type TextScan = (index: number) => boolean

/** Null where entries have to be asked one by one. */
export function createTextScan(entries: Entries, match: TextMatch): TextScan | null {
  if (match.how === 'regex') return null
  return createScan(entries, [match.text])
}

/** As `createTextScan`, for one of several texts. */
export function createScan(entries: Entries, texts: readonly string[]): TextScan | null {
  // What is found within a line is within one entry, and in its data if it is there; beyond a line end neither is sure.
  if (texts.some((text) => text === '' || /[\r\n]/.test(text))) return null
  const search = new RegExp(texts.map(escapeForRegex).join('|'), 'giu')
  const may = new Uint8Array(TOGETHER)
  let scanned = -1
  let until = 0

  function scan(group: number): void {
    scanned = group
    const first = group << TOGETHER_BITS
    until = Math.min(first + TOGETHER, entries.length)
    may.fill(1)
    let [from, to] = [entries.fromOf(first), 0]
    for (let index = first; index < until; index += 1) {
      from = Math.min(from, entries.fromOf(index))
      to = Math.max(to, entries.toOf(index))
    }
    if (to - from > MOST_LENGTH) return
    const text = entries.textOf(from, to)
    // Away, or there is none.
    if (text === '') return
    mark(first, from, text)
  }

  /** Entries may stand within others, and then not in the order of the text. */
  function mark(first: number, offset: number, text: string): void {
    let [soughtFrom, foundAt] = [0, -1]
    for (let index = first; index < until; index += 1) {
      const from = entries.fromOf(index) - offset
      if (from < soughtFrom || from > foundAt) {
        search.lastIndex = from
        soughtFrom = from
        foundAt = search.test(text) ? search.lastIndex - 1 : Infinity
      }
      may[index - first] = foundAt < entries.toOf(index) - offset ? 1 : 0
    }
  }

  return (index) => {
    if (index >> TOGETHER_BITS !== scanned || index >= until) scan(index >> TOGETHER_BITS)
    return may[index & (TOGETHER - 1)] === 1
  }
}
