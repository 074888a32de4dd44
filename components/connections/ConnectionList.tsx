import { type ReadonlySignal, useSignal } from '@preact/signals'
import type { ListRow } from '../../lib/session/types.ts'
import type { AllConnections } from '../findings/use-findings.ts'
import { CONNECTION_COLUMNS, ConnectionRow } from './ConnectionRow.tsx'
import { formatTimeOfDay } from '../parts/format.ts'
import { type RowProps, VirtualList } from '../parts/VirtualList.tsx'

const ROW_PX = 21
const HEAD_PX = 22

interface ConnectionListProps {
  readonly rows: readonly ListRow[]
  readonly selectedKey: string | null
  readonly pageUrl: string
  readonly now: ReadonlySignal<number>
  readonly connections: AllConnections
  readonly onSelect: (key: string) => void
}

/** The table of connections and navigation dividers, newest last. */
export function ConnectionList({ rows, selectedKey, pageUrl, now, connections, onSelect }: ConnectionListProps) {
  const follow = useSignal(true)
  const selected =
    selectedKey === null ? -1 : rows.findIndex((row) => row.kind === 'connection' && row.connection.key === selectedKey)
  const select = (index: number) => {
    const row = rows[index]
    if (row?.kind === 'connection') onSelect(row.connection.key)
  }
  const renderRow = (index: number, row: RowProps) => {
    const item = rows[index]
    if (item === undefined) return null
    if (item.kind === 'navigation') return <NavigationRow key={item.key} item={item} row={row} />
    const { connection } = item
    return (
      <ConnectionRow
        key={connection.key}
        connection={connection}
        pageUrl={pageUrl}
        now={now}
        connections={connections}
        row={row}
      />
    )
  }
  return (
    <VirtualList
      label="Connections"
      class="connections"
      role="grid"
      count={rows.length}
      rowHeightPx={ROW_PX}
      headPx={HEAD_PX}
      head={
        <div class="row head connection-row" role="row" aria-rowindex={1} style={{ height: `${HEAD_PX}px` }}>
          {CONNECTION_COLUMNS.map(([column, name, title]) => (
            <span key={column} role="columnheader" data-column={column} title={title}>
              {name}
            </span>
          ))}
        </div>
      }
      renderRow={renderRow}
      follow={follow}
      selected={selected}
      canSelect={(index) => rows[index]?.kind === 'connection'}
      onSelect={select}
      onOpen={select}
    />
  )
}

interface NavigationRowProps {
  readonly item: ListRow & { readonly kind: 'navigation' }
  readonly row: RowProps
}

function NavigationRow({ item, row }: NavigationRowProps) {
  return (
    <div {...row} class="row navigation-row" data-navigation={item.key}>
      <span role="gridcell" aria-colspan={CONNECTION_COLUMNS.length} title={item.url}>
        {formatTimeOfDay(item.wallMs)} Navigated to {item.url}
      </span>
    </div>
  )
}
