/** The entry that a filter looks at: its parts are made when a condition asks for them, and once. */
import { parseJson } from '../formats/json/json.ts'
import type { Entries } from '../session/types.ts'

export interface LookedEntry {
  readonly index: number
  /** The one before it in the list; -1 for none. */
  readonly before: number
  /** Null while its text is away. */
  data(): string | null
  id(): string | null
  /** Undefined for data that is not JSON, or away. */
  json(): unknown
}

/** One object for all entries, one after the other: a million of them would be a million objects. */
export function createLookedEntry(entries: Entries): LookedEntry & { look(index: number, before: number): void } {
  let [index, before] = [-1, -1]
  let data: string | null | undefined
  let json: unknown
  let hasJson = false
  const looked = {
    get index() {
      return index
    },
    get before() {
      return before
    },
    look(nextIndex: number, nextBefore: number) {
      index = nextIndex
      before = nextBefore
      data = undefined
      json = undefined
      hasJson = false
    },
    data() {
      if (data === undefined) data = entries.awayOf(index) === null ? entries.dataOf(index) : null
      return data
    },
    id: () => (entries.idIndexOf(index) === 0 ? '' : entries.awayOf(index) === null ? entries.idOf(index) : null),
    json() {
      if (hasJson) return json
      hasJson = true
      const text = looked.data()
      json = text === null ? undefined : parseJson(text)
      return json
    },
  }
  return looked
}
