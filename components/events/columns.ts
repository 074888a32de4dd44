/** The columns of the Events table: their names, and which of them fit. */
import type { EventColumn, EventsTable } from '../../lib/events-table.ts'
import { msg } from '../../lib/i18n/translate.ts'

interface ColumnFacts {
  /** Messages. */
  readonly name: string
  readonly title: string
  readonly widthPx: number
  /** Where there is little room. */
  readonly narrowPx: number
}

export const COLUMN_FACTS: Readonly<Record<EventColumn, ColumnFacts>> = {
  number: { name: '#', title: msg('Counts events only'), widthPx: 50, narrowPx: 36 },
  time: { name: msg('Time'), title: msg('Time of day when the page got it'), widthPx: 92, narrowPx: 90 },
  since: { name: msg('Since start'), title: msg('Time since the call'), widthPx: 86, narrowPx: 80 },
  delta: {
    name: 'Δ',
    title: msg('Time since the row before, whether the filter shows that one or not'),
    widthPx: 62,
    narrowPx: 58,
  },
  type: { name: msg('Type'), title: msg('Event type'), widthPx: 110, narrowPx: 62 },
  id: { name: msg('ID'), title: msg('Last event ID in force'), widthPx: 64, narrowPx: 38 },
  size: { name: msg('Size'), title: msg('Size of the data in UTF-8'), widthPx: 62, narrowPx: 56 },
  chunk: { name: msg('Chunk'), title: msg('Number of the chunk that completed it'), widthPx: 56, narrowPx: 46 },
  data: { name: msg('Data'), title: msg('The data on one line'), widthPx: 120, narrowPx: 100 },
}

/** The data takes what the others leave. */
export const DATA_TRACK = `minmax(${COLUMN_FACTS.data.narrowPx}px, 1fr)`

/** Left out in this order where not all fit. */
const LEFT_OUT: readonly EventColumn[] = ['time', 'id', 'chunk', 'size', 'since', 'delta', 'number', 'type']

export interface FittedColumns {
  readonly columns: readonly EventColumn[]
  /** For `grid-template-columns`. */
  readonly tracks: string
}

/** The chosen columns that fit into a width: at first all become narrower, unless the user set their width, then some are left out. */
export function fitColumns({ order, hidden, widthsPx }: EventsTable, widthPx: number): FittedColumns {
  let columns = order.filter((column) => column === 'data' || !hidden.includes(column))
  const widthOf = (column: EventColumn, isNarrow: boolean) => {
    const { widthPx: usual, narrowPx } = COLUMN_FACTS[column]
    if (column === 'data') return isNarrow ? narrowPx : usual
    return widthsPx[column] ?? (isNarrow ? narrowPx : usual)
  }
  const fits = (isNarrow: boolean) => columns.reduce((sum, column) => sum + widthOf(column, isNarrow), 0) <= widthPx
  const isNarrow = !fits(false)
  for (const next of LEFT_OUT) {
    if (fits(isNarrow)) break
    columns = columns.filter((column) => column !== next)
  }
  const tracks = columns.map((column) => (column === 'data' ? DATA_TRACK : `${widthOf(column, isNarrow)}px`))
  return { columns, tracks: tracks.join(' ') }
}
