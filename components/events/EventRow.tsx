import type { ComponentChildren } from 'preact'
import type { EventColumn } from '../../lib/events-table.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection, Entry, EntryKind } from '../../lib/session/types.ts'
import { formatDuration, formatSince, formatSize, formatTimeOfDay, toOneLine } from '../parts/format.ts'
import { AwayText } from '../parts/AwayText.tsx'
import { Marked } from '../parts/Marked.tsx'
import type { RowProps } from '../parts/VirtualList.tsx'

const LINE_LENGTH = 400
/** Characters of a cell that are seen whatever its width. */
const SEEN_LENGTH = 12
const BEFORE_LENGTH = 8

/** Where a row stands among the rows of its chunk: they share one time and are bracketed. */
export type InChunk = 'only' | 'first' | 'middle' | 'last'

/** The word for what is no event, and why it is none. */
export function kindWord(kind: EntryKind): readonly [word: string, why: string] | null {
  switch (kind) {
    case 'event':
      return null
    case 'comment':
      return [t('comment'), t('A comment: browsers dispatch nothing')]
    case 'retry':
      return ['retry', t('Sets how long EventSource waits before it reconnects, in ms; no event')]
    case 'no-data':
      return [t('no data'), t('A block without data: browsers dispatch nothing')]
    case 'ignored':
      return [t('ignored'), t('A line that browsers ignore: no field they know, or a value they do not take')]
    case 'tail':
      return [t('unfinished'), t('Text after the last complete block: browsers dispatch nothing')]
    default:
      return kind satisfies never
  }
}

interface EventRowProps {
  readonly connection: Connection
  readonly entry: Entry
  /** Of the entry before it in the list without filter and order; null for the first. */
  readonly beforeAtMs: number | null
  readonly inChunk: InChunk
  readonly columns: readonly EventColumn[]
  /** What to mark in type, id and data. */
  readonly search: RegExp | null
  /** It brought the text that is selected in the Message tab. */
  readonly isBrought: boolean
  readonly row: RowProps
}

export function EventRow(props: EventRowProps) {
  const { entry, inChunk, columns, isBrought, row } = props
  const shares = inChunk === 'middle' || inChunk === 'last'
  return (
    <div
      {...row}
      class={`row event-row kind-${entry.kind} chunk-${inChunk}${isBrought ? ' brought' : ''}`}
      data-entry={entry.index}
      {...(isBrought && { 'aria-description': t('Brought the text selected in the Message tab') })}
    >
      {columns.map((column) => (
        <span key={column} role="gridcell" data-column={column} title={titleOf(column, entry, shares)}>
          {contentOf(column, props)}
        </span>
      ))}
    </div>
  )
}

function titleOf(column: EventColumn, entry: Entry, shares: boolean): string {
  switch (column) {
    case 'time':
    case 'since':
    case 'delta':
      return shares ? t('Came in the same chunk as the row before') : ''
    case 'type':
      return kindWord(entry.kind)?.[1] ?? entry.type
    case 'id':
      return entry.id
    case 'number':
    case 'size':
    case 'chunk':
    case 'data':
      return ''
    default:
      return column satisfies never
  }
}

/** What is found may lie beyond the end of the cell: then the line begins shortly before it. */
function fromMatch(data: string, search: RegExp | null): string {
  const at = search === null ? -1 : data.search(search)
  return at <= SEEN_LENGTH ? data : `…${data.slice(at - BEFORE_LENGTH)}`
}

function contentOf(column: EventColumn, { connection, entry, beforeAtMs, search }: EventRowProps): ComponentChildren {
  switch (column) {
    case 'number':
      return entry.number > 0 ? entry.number : ''
    case 'time':
      return formatTimeOfDay(connection.frame.timeOriginMs + entry.atMs)
    case 'since':
      return formatSince(entry.atMs - connection.open.atMs)
    case 'delta':
      return beforeAtMs === null ? '' : formatDuration(entry.atMs - beforeAtMs)
    case 'type':
      return kindWord(entry.kind)?.[0] ?? <Marked text={entry.type} search={search} />
    case 'id':
      return <Marked text={entry.id} search={search} />
    case 'size':
      return formatSize(connection.entries.sizeOf(entry.index))
    case 'chunk':
      return entry.chunk < 0 ? '' : entry.chunk + 1
    case 'data':
      if (entry.away !== undefined) {
        return <AwayText away={entry.away} bring={() => connection.entries.bring(entry.index)} />
      }
      return <Marked text={toOneLine(fromMatch(entry.data, search), LINE_LENGTH)} search={search} />
    default:
      return column satisfies never
  }
}
