/** The events of a connection as numbers: equal numbers stand for events that are compared as equal. */
import { createColumn, type Column } from '../session/columns.ts'
import type { Entries } from '../session/types.ts'
import type { Comparable } from './comparable.ts'

/** Events read between two looks at the clock. */
const EVENTS_PER_LOOK = 64

/** Gives equal texts equal numbers, without keeping the texts. */
export interface Tokens {
  of(text: string): number
  /** A number that no text has: for what is not known. */
  unknown(): number
}

/** Texts are known by 53 bits of a hash: of 200,000 of them, any two are taken for one with a chance of 1 in 450,000. */
export function createTokens(): Tokens {
  const known = new Map<number, number>()
  let count = 0
  return {
    of(text) {
      const hash = toHash(text)
      const token = known.get(hash)
      if (token !== undefined) return token
      known.set(hash, count)
      count += 1
      return count - 1
    },
    unknown() {
      count += 1
      return count - 1
    },
  }
}

/** cyrb53: two 32-bit multiply-and-xor hashes side by side. */
function toHash(text: string): number {
  let [one, other] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    one = Math.imul(one ^ unit, 2_654_435_761)
    other = Math.imul(other ^ unit, 1_597_334_677)
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909)
  other = Math.imul(other ^ (other >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & other) + (one >>> 0)
}

export interface EventTokens {
  /** Type and data of each event. */
  readonly tokens: Column
  /** The id in force at each event. */
  readonly ids: Column
  /** Index of each event in the entries. */
  readonly places: Column
  /** Whether an event has an id at all. */
  readonly hasIds: boolean
  /** Entries looked at. */
  readonly position: number
  /** Events whose text was dropped: they are like no other. */
  readonly missing: number
  /** Takes in what came, for about `budgetMs`; false if there is more to do, a promise if a text has to be waited for. */
  update(budgetMs: number): boolean | Promise<void>
}

/** @param tokens shared by the connections that are compared */
export function createEventTokens(entries: Entries, comparable: Comparable, tokens: Tokens, ids: Tokens): EventTokens {
  const [tokenColumn, idColumn, places] = [createColumn('u32'), createColumn('u32'), createColumn('u32')]
  let position = 0
  let hasIds = false
  let missing = 0

  /** False where the text has to be brought first. */
  function take(index: number): boolean {
    if (entries.kindOf(index) !== 'event') return true
    const away = entries.awayOf(index)
    if (away === 'stored') return false
    if (away === 'dropped') missing += 1
    const { type, data, id } = entries.at(index)
    tokenColumn.push(away === null ? tokens.of(`${type}\n${comparable(data)}`) : tokens.unknown())
    idColumn.push(ids.of(id))
    places.push(index)
    if (id !== '') hasIds = true
    return true
  }

  return {
    tokens: tokenColumn,
    ids: idColumn,
    places,
    get hasIds() {
      return hasIds
    },
    get missing() {
      return missing
    },
    get position() {
      return position
    },
    update(budgetMs) {
      const untilMs = performance.now() + budgetMs
      while (position < entries.length) {
        const end = Math.min(entries.length, position + EVENTS_PER_LOOK)
        for (; position < end; position += 1) if (!take(position)) return entries.bring(position)
        if (performance.now() >= untilMs) break
      }
      return position >= entries.length
    },
  }
}

/** The column as it is now. */
export function toNumbers(column: Column): Uint32Array {
  const numbers = new Uint32Array(column.length)
  for (let index = 0; index < numbers.length; index += 1) numbers[index] = column.at(index)
  return numbers
}
