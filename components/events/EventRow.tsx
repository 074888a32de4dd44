import type { Connection, Entry, EntryKind } from '../../lib/session/types.ts'
import { formatDuration, formatSince, formatTimeOfDay, toOneLine } from '../parts/format.ts'
import type { RowProps } from '../parts/VirtualList.tsx'

export const EVENT_COLUMNS = [
  ['number', '#', 'Counts events only'],
  ['time', 'Time', 'Time of day when the page got it'],
  ['since', 'Since start', 'Time since the call'],
  ['delta', 'Δ', 'Time since the row before'],
  ['type', 'Type', 'Event type'],
  ['id', 'ID', 'Last event ID in force'],
  ['data', 'Data', 'The data on one line'],
] as const

const LINE_LENGTH = 400

/** Where a row stands among the rows of its chunk: they share one time and are bracketed. */
type InChunk = 'only' | 'first' | 'middle' | 'last'

function placeInChunk(before: Entry | null, entry: Entry, after: Entry | null): InChunk {
  const withBefore = entry.chunk >= 0 && before?.chunk === entry.chunk
  const withAfter = entry.chunk >= 0 && after?.chunk === entry.chunk
  if (withBefore) return withAfter ? 'middle' : 'last'
  return withAfter ? 'first' : 'only'
}

/** The word for what is no event, and why it is none. */
export function kindWord(kind: EntryKind): readonly [word: string, why: string] | null {
  switch (kind) {
    case 'event':
      return null
    case 'comment':
      return ['comment', 'A comment: browsers dispatch nothing']
    case 'retry':
      return ['retry', 'Sets how long EventSource waits before it reconnects, in ms; no event']
    case 'no-data':
      return ['no data', 'A block without data: browsers dispatch nothing']
    case 'tail':
      return ['unfinished', 'Text after the last complete block: browsers dispatch nothing']
    default:
      return kind satisfies never
  }
}

interface EventRowProps {
  readonly connection: Connection
  readonly entry: Entry
  readonly before: Entry | null
  readonly after: Entry | null
  readonly row: RowProps
}

export function EventRow({ connection, entry, before, after, row }: EventRowProps) {
  const kind = kindWord(entry.kind)
  const place = placeInChunk(before, entry, after)
  const shares = place === 'middle' || place === 'last'
  const timeTitle = shares ? 'Came in the same chunk as the row before' : ''
  return (
    <div {...row} class={`row event-row kind-${entry.kind} chunk-${place}`} data-entry={entry.index}>
      <span role="gridcell" data-column="number">
        {entry.number > 0 ? entry.number : ''}
      </span>
      <span role="gridcell" data-column="time" title={timeTitle}>
        {formatTimeOfDay(connection.frame.timeOriginMs + entry.atMs)}
      </span>
      <span role="gridcell" data-column="since" title={timeTitle}>
        {formatSince(entry.atMs - connection.open.atMs)}
      </span>
      <span role="gridcell" data-column="delta" title={timeTitle}>
        {before === null ? '' : formatDuration(entry.atMs - before.atMs)}
      </span>
      <span role="gridcell" data-column="type" title={kind?.[1] ?? entry.type}>
        {kind?.[0] ?? entry.type}
      </span>
      <span role="gridcell" data-column="id" title={entry.id}>
        {entry.id}
      </span>
      <span role="gridcell" data-column="data">
        {toOneLine(entry.data, LINE_LENGTH)}
      </span>
    </div>
  )
}
