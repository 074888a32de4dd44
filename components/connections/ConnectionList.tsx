import { type ReadonlySignal, useSignal } from '@preact/signals'
import type { ListRow } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { AllConnections } from '../findings/use-findings.ts'
import { CONNECTION_COLUMNS, ConnectionRow } from './ConnectionRow.tsx'
import { GroupHead } from './GroupHead.tsx'
import type { ShownRow } from './groups.ts'
import { formatTimeOfDay } from '../parts/format.ts'
import { type RowProps, VirtualList } from '../parts/VirtualList.tsx'

const ROW_PX = 21
const HEAD_PX = 22

interface ConnectionListProps {
  readonly rows: readonly ShownRow[]
  readonly selectedKey: string | null
  /** Several that are selected; empty where only the one is. */
  readonly marked: ReadonlySet<string>
  readonly pageUrl: string
  readonly now: ReadonlySignal<number>
  readonly connections: AllConnections
  readonly onSelect: (key: string) => void
  /** Closes or opens a group. */
  readonly onToggleGroup: (key: string) => void
}

/** The table of connections and navigation dividers, newest last; in groups if asked for. */
export function ConnectionList(props: ConnectionListProps) {
  const { rows, selectedKey, marked, pageUrl, now, connections, onSelect, onToggleGroup } = props
  const follow = useSignal(true)
  /** The head of a group that the keys have come to. */
  const groupAt = useSignal<string | null>(null)
  const selected = findShown(rows, groupAt.value, selectedKey)
  const select = (index: number, by: 'key' | 'pointer') => {
    const row = rows[index]
    if (row?.kind === 'connection') {
      groupAt.value = null
      onSelect(row.connection.key)
    } else if (row?.kind === 'group') {
      groupAt.value = row.key
      if (by === 'pointer') onToggleGroup(row.key)
    }
  }
  const open = (index: number) => {
    const row = rows[index]
    if (row?.kind === 'group') onToggleGroup(row.key)
    else select(index, 'key')
  }
  const onKey = (event: KeyboardEvent) => {
    const row = rows[selected]
    const head = event.key === 'ArrowLeft' ? headOf(rows, selected) : row
    if (!/^Arrow(?:Left|Right)$/.test(event.key) || head?.kind !== 'group') return
    event.preventDefault()
    groupAt.value = head.key
    if (head.closed === (event.key === 'ArrowRight')) onToggleGroup(head.key)
  }
  const renderRow = (index: number, row: RowProps) => {
    const item = rows[index]
    if (item === undefined) return null
    if (item.kind === 'navigation') return <NavigationRow key={item.key} item={item} row={row} />
    if (item.kind === 'group') return <GroupHead key={item.key} group={item} pageUrl={pageUrl} row={row} />
    const { connection } = item
    return (
      <ConnectionRow
        key={connection.key}
        connection={connection}
        pageUrl={pageUrl}
        now={now}
        connections={connections}
        row={marked.size === 0 ? row : { ...row, 'aria-selected': marked.has(connection.key) }}
      />
    )
  }
  return (
    <VirtualList
      label={t('Connections')}
      class="connections"
      role={rows[0]?.kind === 'group' ? 'treegrid' : 'grid'}
      count={rows.length}
      rowHeightPx={ROW_PX}
      headPx={HEAD_PX}
      head={
        <div class="row head connection-row" role="row" aria-rowindex={1} style={{ height: `${HEAD_PX}px` }}>
          {CONNECTION_COLUMNS.map(([column, name, title]) => (
            <span key={column} role="columnheader" data-column={column} title={t(title)}>
              {t(name)}
            </span>
          ))}
        </div>
      }
      renderRow={renderRow}
      follow={follow}
      selected={selected}
      isMulti
      canSelect={(index) => rows[index]?.kind !== 'navigation'}
      onSelect={select}
      onOpen={open}
      onKey={onKey}
    />
  )
}

/** The row that is marked: the head that the keys are on, else the connection that is chosen; -1 if neither is shown. */
function findShown(rows: readonly ShownRow[], group: string | null, connection: string | null): number {
  const at = group === null ? -1 : rows.findIndex((row) => row.kind === 'group' && row.key === group)
  if (at !== -1 || connection === null) return at
  return rows.findIndex((row) => row.kind === 'connection' && row.connection.key === connection)
}

/** The head of the group that a row is in. */
function headOf(rows: readonly ShownRow[], index: number): ShownRow | undefined {
  return rows.slice(0, index + 1).findLast(({ kind }) => kind === 'group')
}

interface NavigationRowProps {
  readonly item: ListRow & { readonly kind: 'navigation' }
  readonly row: RowProps
}

function NavigationRow({ item, row }: NavigationRowProps) {
  return (
    <div {...row} class="row navigation-row" data-navigation={item.key}>
      <span role="gridcell" aria-colspan={CONNECTION_COLUMNS.length} title={item.url}>
        {t('{time} Navigated to {url}', { time: formatTimeOfDay(item.wallMs), url: item.url })}
      </span>
    </div>
  )
}
