import type { Framing, FramedEntry } from '../framing/framing.ts'
import { toData } from '../framing/parser.ts'
import type { EventRecord } from '../protocol.ts'
import type { ChunkStore } from './chunks.ts'
import { createColumn, createInterner } from './columns.ts'
import type { Entries, Entry, EntryKind } from './types.ts'

const KINDS: readonly EntryKind[] = ['event', 'comment', 'retry', 'no-data', 'ignored', 'tail']

export interface FramedEntries extends Entries {
  readonly eventCount: number
  append(entry: FramedEntry): void
}

/** Entries of a body: 29 bytes each and no text of their own; `at` cuts data and id out of the chunks. */
export function createFramedEntries(chunks: ChunkStore, framing: () => Framing): FramedEntries {
  const kinds = createColumn('u8')
  /** Events up to and with each entry. */
  const counts = createColumn('u32')
  const types = createColumn('u32')
  const froms = createColumn('u32')
  const tos = createColumn('u32')
  const idFroms = createColumn('u32')
  const idTos = createColumn('u32')
  const chunkIndexes = createColumn('u32')
  const names = createInterner()
  let eventCount = 0

  return {
    get length() {
      return kinds.length
    },
    get eventCount() {
      return eventCount
    },
    append(entry) {
      if (entry.kind === 'event') eventCount += 1
      kinds.push(KINDS.indexOf(entry.kind))
      counts.push(eventCount)
      types.push(names.toIndex(entry.type))
      froms.push(entry.from)
      tos.push(entry.to)
      idFroms.push(entry.idFrom)
      idTos.push(entry.idTo)
      chunkIndexes.push(entry.chunk)
    },
    atMsOf: (index) => chunks.atMsOf(chunkIndexes.at(index)),
    chunkOf: (index) => chunkIndexes.at(index),
    kindOf: (index) => KINDS[kinds.at(index)] ?? 'event',
    typeOf: (index) => names.at(types.at(index)),
    eventsAmong: (count) => counts.at(Math.min(count, kinds.length) - 1),
    at(index) {
      const kind = KINDS[kinds.at(index)] ?? 'event'
      const chunk = chunkIndexes.at(index)
      return {
        index,
        kind,
        number: kind === 'event' ? counts.at(index) : 0,
        atMs: chunks.atMsOf(chunk),
        type: names.at(types.at(index)),
        id: chunks.text(idFroms.at(index), idTos.at(index)),
        data: toData(framing(), kind, chunks.text(froms.at(index), tos.at(index))),
        chunk,
      }
    },
  }
}

export interface DispatchedEntries extends Entries {
  append(record: EventRecord): void
}

/** Entries of an EventSource: what the browser dispatched, without the text around it. */
export function createDispatchedEntries(): DispatchedEntries {
  const times = createColumn('f64')
  const types = createColumn('u32')
  const names = createInterner()
  const data: string[] = []
  const ids: string[] = []
  return {
    get length() {
      return data.length
    },
    append(record) {
      times.push(record.atMs)
      types.push(names.toIndex(record.type))
      data.push(record.data)
      ids.push(record.id)
    },
    atMsOf: (index) => times.at(index),
    chunkOf: () => -1,
    kindOf: () => 'event',
    typeOf: (index) => names.at(types.at(index)),
    eventsAmong: (count) => Math.min(count, data.length),
    at: (index): Entry => ({
      index,
      kind: 'event',
      number: index + 1,
      atMs: times.at(index),
      type: names.at(types.at(index)),
      id: ids[index] ?? '',
      data: data[index] ?? '',
      chunk: -1,
    }),
  }
}
