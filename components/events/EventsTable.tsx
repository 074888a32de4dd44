import type { Signal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { EventsTable as Table } from '../../lib/events-table.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import type { Brought } from '../panel/panel-state.ts'
import { useSize } from '../parts/use-size.ts'
import { type RowProps, VirtualList } from '../parts/VirtualList.tsx'
import { fitColumns } from './columns.ts'
import { EventRow, type InChunk } from './EventRow.tsx'
import { EventsHead } from './EventsHead.tsx'
import type { EventRows } from './use-event-rows.ts'

const ROW_PX = 20
const HEAD_PX = 22
/** What the scroll bar takes at most. */
const BAR_PX = 16

interface EventsTableProps {
  readonly connection: Connection
  readonly rows: EventRows
  readonly table: Table
  /** Index of the chosen entry; -1 for none. */
  readonly chosen: number
  readonly search: RegExp | null
  readonly brought: Brought | null
  readonly follow: Signal<boolean>
  readonly reveal: Signal<number>
  readonly onTable: (table: Table) => void
  readonly onChoose: (entry: number, by: 'key' | 'pointer') => void
  readonly onOpen: () => void
  readonly onEscape: (event: KeyboardEvent) => void
}

/** The rows under their heads. */
export function EventsTable(props: EventsTableProps) {
  const { connection, rows, table, chosen, search, brought, follow, reveal } = props
  const { shown, before } = rows
  const { entries } = connection
  const root = useRef<HTMLDivElement>(null)
  const size = useSize(root)
  const { columns, tracks } = fitColumns(table, size.value.width - BAR_PX)
  // Rows of one chunk stand together only in the order they came.
  const isNatural = table.sort === null || ['number', 'time', 'since', 'chunk'].includes(table.sort.column)
  const chunkAt = (row: number) => (row >= 0 && row < shown.length ? entries.chunkOf(shown.entryAt(row)) : -1)
  const placeInChunk = (row: number): InChunk => {
    const own = isNatural ? chunkAt(row) : -1
    if (own < 0) return 'only'
    const [withBefore, withAfter] = [chunkAt(row - 1) === own, chunkAt(row + 1) === own]
    if (withBefore) return withAfter ? 'middle' : 'last'
    return withAfter ? 'first' : 'only'
  }
  const renderRow = (index: number, row: RowProps) => {
    if (index >= shown.length) return null
    const entry = entries.at(shown.entryAt(index))
    const previous = before(entry.index)
    return (
      <EventRow
        key={entry.index}
        connection={connection}
        entry={entry}
        beforeAtMs={previous < 0 ? null : entries.atMsOf(previous)}
        inChunk={placeInChunk(index)}
        columns={columns}
        search={search}
        isBrought={brought !== null && entry.index >= brought.from && entry.index <= brought.to}
        row={row}
      />
    )
  }
  return (
    <div ref={root} class="events-table" style={{ '--event-columns': tracks }}>
      <VirtualList
        label={t('Events')}
        class="events"
        role="grid"
        count={shown.length}
        rowHeightPx={ROW_PX}
        headPx={HEAD_PX}
        head={<EventsHead table={table} columns={columns} heightPx={HEAD_PX} onChange={props.onTable} />}
        renderRow={renderRow}
        follow={follow}
        reveal={reveal}
        selected={chosen < 0 ? -1 : shown.rowOf(chosen)}
        onSelect={(row, by) => props.onChoose(shown.entryAt(row), by)}
        onOpen={props.onOpen}
        onKey={(event) => {
          if (event.key === 'Escape') props.onEscape(event)
        }}
      />
    </div>
  )
}
