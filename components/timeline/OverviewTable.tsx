import { useSignal } from '@preact/signals'
import { msg, t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { untilMsOf } from '../../lib/timeline/marks.ts'
import type { Overview } from '../../lib/timeline/overview.ts'
import { toStateWord } from '../../lib/endings/state-words.ts'
import { formatCount, formatDuration, formatSince, toPath } from '../parts/format.ts'
import { type RowProps, VirtualList } from '../parts/VirtualList.tsx'

const ROW_PX = 20

const COLUMNS = [
  ['number', '#', msg('Order of starting')],
  ['url', msg('Path'), msg('Path and query')],
  ['start', msg('Start'), msg('Since the beginning of the axis')],
  ['head', msg('Head'), msg('Since the connection’s start')],
  ['first', msg('First event'), msg('Since the connection’s start')],
  ['end', msg('End'), msg('Since the beginning of the axis; of a live connection, now')],
  ['events', msg('Events'), msg('Events so far')],
  ['state', msg('State'), msg('How it ended, or what it is doing')],
] as const

interface OverviewTableProps {
  readonly overview: Overview
  readonly selectedKey: string | null
  readonly nowMs: number
  readonly onSelect: (key: string) => void
}

/** The overview in text. */
export function OverviewTable({ overview, selectedKey, nowMs, onSelect }: OverviewTableProps) {
  const follow = useSignal(false)
  const { lanes } = overview
  const renderRow = (index: number, row: RowProps) => {
    const connection = lanes[index]
    if (connection === undefined) return null
    const cells = cellsOf(connection, overview.bounds.fromMs, nowMs)
    return (
      <div key={connection.key} {...row} class="row lane-row">
        {COLUMNS.map(([column]) => (
          <span key={column} role="gridcell" data-column={column} title={cells[column]}>
            {cells[column]}
          </span>
        ))}
      </div>
    )
  }
  return (
    <div class="timeline-table">
      <VirtualList
        label={t('Lanes')}
        role="grid"
        count={lanes.length}
        rowHeightPx={ROW_PX}
        headPx={ROW_PX}
        head={
          <div class="row head lane-row" role="row" aria-rowindex={1} style={{ height: `${ROW_PX}px` }}>
            {COLUMNS.map(([column, name, title]) => (
              <span key={column} role="columnheader" data-column={column} title={t(title)}>
                {t(name)}
              </span>
            ))}
          </div>
        }
        renderRow={renderRow}
        follow={follow}
        selected={lanes.findIndex(({ key }) => key === selectedKey)}
        onSelect={(index) => {
          const key = lanes[index]?.key
          if (key !== undefined) onSelect(key)
        }}
      />
    </div>
  )
}

function cellsOf(connection: Connection, zeroMs: number, nowMs: number): Record<(typeof COLUMNS)[number][0], string> {
  const { frame, open, head, firstEventAtMs } = connection
  const originMs = frame.timeOriginMs
  const since = (atMs: number | null) => (atMs === null ? '–' : formatDuration(atMs - open.atMs))
  const onAxis = (atMs: number) => (originMs === 0 ? '–' : formatSince(originMs + atMs - zeroMs))
  return {
    number: String(connection.number),
    url: toPath(open.url),
    start: onAxis(open.atMs),
    head: since(head?.atMs ?? null),
    first: since(firstEventAtMs),
    end: onAxis(untilMsOf(connection, nowMs - originMs)),
    events: formatCount(connection.eventCount),
    state: toStateWord(connection.state),
  }
}
