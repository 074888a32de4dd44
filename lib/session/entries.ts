import type { Framing, FramedEntry } from '../framing/framing.ts'
import { toData as toFramedData } from '../framing/parser.ts'
import type { EventRecord } from '../protocol.ts'
import type { ChunkStore } from './chunks.ts'
import { createColumn, createInterner, createNearColumn, findLastAtMost, toOwnText } from './columns.ts'
import { holdAll, type TextKeeper } from './store/text-keeper.ts'
import { createTextStore, type TextStore } from './store/text-store.ts'
import type { Entries, EntryKind } from './types.ts'
import { toUtf8Size } from './utf8-size.ts'

const KINDS: readonly EntryKind[] = ['event', 'comment', 'retry', 'no-data', 'ignored', 'tail']
/** Kinds that stand within a block, which began before them. */
const WITHIN: readonly EntryKind[] = ['comment', 'retry', 'ignored']
/** Characters of a block that is still waited for, at most: what is older may be put away. */
const OPEN_BLOCK_LENGTH = 1_000_000

/** Places of data and id in the text, and what is known without it. */
interface Placed {
  readonly kind: EntryKind
  readonly type: string
  readonly from: number
  readonly to: number
  readonly idFrom: number
  readonly idTo: number
}

interface Source {
  readonly store: () => TextStore
  readonly toData: (kind: EntryKind, text: string) => string
  readonly atMsOf: (index: number) => number
  readonly chunkOf: (index: number) => number
}

/** Entries and what fills them. */
export interface FilledEntries<From> {
  readonly entries: Entries
  readonly eventCount: number
  append(from: From): void
  /** Text up to `to` is about to go: notes the sizes of the entries in it. */
  leave(to: number): void
}

/** 21 bytes an entry and no text of their own, 8 more where each has its id, and 4 once its text has been put away. */
function createEntryColumns({ store, toData, atMsOf, chunkOf }: Source): FilledEntries<Placed> {
  const kinds = createColumn('u8')
  /** Events up to and with each entry. */
  const counts = createColumn('u32')
  const types = createColumn('u32')
  const froms = createNearColumn()
  const lengths = createColumn('u32')
  /** How many ids there were by then: the entry's is the last of them, 0 for none. */
  const ids = createColumn('u32')
  const idFroms = createNearColumn()
  const idLengths = createColumn('u32')
  /** Of the entries whose text has gone at least once, from the first on. */
  const sizes = createColumn('u32')
  /** Ids whose text has gone, but which may be in force for entries that are here. */
  const keptIds = new Map<number, string>()
  const names = createInterner()
  let eventCount = 0

  const kindOf = (index: number): EntryKind => KINDS[kinds.at(index)] ?? 'event'
  const toOf = (index: number): number => froms.at(index) + lengths.at(index)

  function dataOf(index: number): string {
    return toData(kindOf(index), store().text(froms.at(index), toOf(index)))
  }

  function idOf(index: number): string {
    const id = ids.at(index) - 1
    return id < 0 ? '' : (keptIds.get(id) ?? store().text(idFroms.at(id), idFroms.at(id) + idLengths.at(id)))
  }

  /** The last id before `to` is in force for what comes after it. */
  function keepId(to: number): void {
    const id = findLastAtMost(idFroms, to - 1)
    if (id < 0 || keptIds.has(id)) return
    const text = store().text(idFroms.at(id), idFroms.at(id) + idLengths.at(id))
    if (text !== '') keptIds.set(id, toOwnText(text))
  }

  function toId(from: number, to: number): number {
    if (to <= from) return 0
    const last = idFroms.length - 1
    if (last < 0 || idFroms.at(last) !== from) {
      idFroms.push(from)
      idLengths.push(to - from)
    }
    return idFroms.length
  }

  function sizeOf(index: number): number {
    return index < sizes.length ? sizes.at(index) : toUtf8Size(dataOf(index))
  }

  function awayOf(index: number) {
    const from = froms.at(index)
    const away = store().awayOf(from, toOf(index))
    const id = ids.at(index) - 1
    // Mostly the id stands in the block itself.
    if (away !== null || id < 0 || idFroms.at(id) >= from || keptIds.has(id)) return away
    return store().awayOf(idFroms.at(id), idFroms.at(id) + idLengths.at(id))
  }

  const entries: Entries = {
    get length() {
      return kinds.length
    },
    atMsOf,
    chunkOf,
    kindOf,
    typeOf: (index) => names.at(types.at(index)),
    typeIndexOf: (index) => types.at(index),
    eventsAmong: (count) => counts.at(Math.min(count, kinds.length) - 1),
    dataOf,
    idOf,
    idIndexOf: (index) => ids.at(index),
    sizeOf,
    awayOf,
    fromOf: (index) => froms.at(index),
    toOf,
    textOf: (from, to) => store().text(from, to),
    async bring(index) {
      const id = ids.at(index) - 1
      if (id >= 0 && !keptIds.has(id)) await store().bring(idFroms.at(id), idFroms.at(id) + idLengths.at(id))
      await store().bring(froms.at(index), toOf(index))
    },
    at(index) {
      const kind = kindOf(index)
      const away = awayOf(index)
      return {
        index,
        kind,
        number: kind === 'event' ? counts.at(index) : 0,
        atMs: atMsOf(index),
        type: names.at(types.at(index)),
        id: idOf(index),
        data: away === null ? dataOf(index) : '',
        chunk: chunkOf(index),
        ...(away !== null && { away }),
      }
    },
  }

  return {
    entries,
    get eventCount() {
      return eventCount
    },
    append({ kind, type, from, to, idFrom, idTo }) {
      if (kind === 'event') eventCount += 1
      kinds.push(KINDS.indexOf(kind))
      counts.push(eventCount)
      types.push(names.toIndex(type))
      froms.push(from)
      lengths.push(to - from)
      ids.push(toId(idFrom, idTo))
      store().settle(WITHIN.includes(kind) ? from - OPEN_BLOCK_LENGTH : to)
    },
    leave(to) {
      keepId(to)
      for (let index = sizes.length; index < kinds.length; index += 1) {
        if (froms.at(index) >= to && !WITHIN.includes(kindOf(index))) break
        const isHere = store().awayOf(froms.at(index), toOf(index)) === null
        sizes.push(isHere ? sizeOf(index) : lengths.at(index))
      }
    },
  }
}

/** Entries of a body, which are places in its chunks' text. */
export function createFramedEntries(chunks: ChunkStore, framing: () => Framing): FilledEntries<FramedEntry> {
  const chunkIndexes = createColumn('u32')
  const columns = createEntryColumns({
    store: () => chunks.store,
    toData: (kind, text) => toFramedData(framing(), kind, text),
    atMsOf: (index) => chunks.atMsOf(chunkIndexes.at(index)),
    chunkOf: (index) => chunkIndexes.at(index),
  })
  return {
    entries: columns.entries,
    get eventCount() {
      return columns.eventCount
    },
    append(entry) {
      chunkIndexes.push(entry.chunk)
      columns.append(entry)
    },
    leave: columns.leave,
  }
}

export interface DispatchedEntries extends FilledEntries<EventRecord> {
  /** Nothing more is to come, for now. */
  close(): void
  release(): void
}

/** Entries of an EventSource: what the browser dispatched, without the text around it. */
export function createDispatchedEntries(keeper: TextKeeper = holdAll, moved?: () => void): DispatchedEntries {
  const times = createColumn('f64')
  const store: TextStore = createTextStore(keeper, { leaving: (to) => columns.leave(to), moved })
  const columns = createEntryColumns({
    store: () => store,
    toData: (_, text) => text,
    atMsOf: (index) => times.at(index),
    chunkOf: () => -1,
  })
  let [lastId, idFrom] = ['', 0]
  return {
    entries: columns.entries,
    get eventCount() {
      return columns.eventCount
    },
    append({ atMs, type, data, id }) {
      const from = store.length
      const isNewId = id !== '' && id !== lastId
      if (isNewId) idFrom = from + data.length + 1
      // No search crosses a line end: nothing is found that reaches from one text into the next.
      store.append(isNewId ? `${data}\n${id}\n` : `${data}\n`)
      lastId = id
      times.push(atMs)
      columns.append({ kind: 'event', type, from, to: from + data.length, idFrom, idTo: idFrom + id.length })
    },
    leave: columns.leave,
    close: store.close,
    release: store.release,
  }
}
