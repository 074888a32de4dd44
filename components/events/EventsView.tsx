import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import type { Connection } from '../../lib/session/types.ts'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { EventDetail } from './EventDetail.tsx'
import { EVENT_COLUMNS, EventRow } from './EventRow.tsx'
import { formatCounted, formatSize } from '../parts/format.ts'
import { Icon } from '../parts/Icon.tsx'
import type { PanelState } from '../panel/panel-state.ts'
import { allEntries, createEventsOnly } from './shown-entries.ts'
import { Split } from '../parts/Split.tsx'
import { stateSentence } from '../connections/StateLabel.tsx'
import { useNextFrame } from '../parts/use-next-frame.ts'
import { useSize } from '../parts/use-size.ts'
import { type RowProps, VirtualList } from '../parts/VirtualList.tsx'

const ROW_PX = 20
const HEAD_PX = 22
/** Lower than this, the open event stands beside the list and not below it. */
const LOW_PX = 300
/** … if there is room for two. */
const NARROW_PX = 400

interface EventsViewProps {
  readonly connection: Connection
  readonly state: PanelState
}

/** All entries of one connection, and the chosen one as a whole. Give it the connection's key: its selection is its own. */
export function EventsView({ connection, state }: EventsViewProps) {
  void connection.version.value
  const { entries } = connection
  // What is over is read from its beginning.
  const follow = useSignal(connection.alive)
  const chosenIndex = useSignal(-1)
  const isOpen = useSignal(false)
  const body = useRef<HTMLDivElement>(null)
  const size = useSize(body)
  const eventsOnly = useMemo(() => createEventsOnly(entries), [entries])
  const onlyEvents = state.eventsOnly.value
  const done = !onlyEvents || eventsOnly.update()
  useNextFrame(!done)
  const shown = onlyEvents ? eventsOnly : allEntries(entries)
  const count = shown.length
  const chosen = chosenIndex.value >= 0 && chosenIndex.value < entries.length ? entries.at(chosenIndex.value) : null

  const choose = (row: number, by: 'key' | 'pointer') => {
    chosenIndex.value = shown.entryAt(row)
    if (by === 'pointer') isOpen.value = true
  }
  const close = () => {
    isOpen.value = false
    body.current?.querySelector<HTMLElement>('.events')?.focus()
  }
  const entryAtRow = (row: number) => (row >= 0 && row < count ? entries.at(shown.entryAt(row)) : null)
  const renderRow = (index: number, row: RowProps) => {
    const entry = entryAtRow(index)
    if (entry === null) return null
    const [before, after] = [entryAtRow(index - 1), entryAtRow(index + 1)]
    return <EventRow key={entry.index} connection={connection} entry={entry} before={before} after={after} row={row} />
  }
  const list = (
    <div class="events-list">
      {count === 0 ? (
        <div class="hint">{emptySentence(connection, done)}</div>
      ) : (
        <VirtualList
          label="Events"
          class="events"
          role="grid"
          count={count}
          rowHeightPx={ROW_PX}
          headPx={HEAD_PX}
          head={
            <div class="row head event-row" role="row" aria-rowindex={1} style={{ height: `${HEAD_PX}px` }}>
              {EVENT_COLUMNS.map(([column, name, title]) => (
                <span key={column} role="columnheader" data-column={column} title={title}>
                  {name}
                </span>
              ))}
            </div>
          }
          renderRow={renderRow}
          follow={follow}
          selected={chosen === null ? -1 : shown.rowOf(chosen.index)}
          onSelect={choose}
          onOpen={() => (isOpen.value = true)}
          onKey={(event) => {
            if (event.key !== 'Escape' || !isOpen.value) return
            event.stopPropagation()
            close()
          }}
        />
      )}
      {connection.alive && !follow.value && count > 0 && (
        <button type="button" class="jump" onClick={() => (follow.value = true)}>
          <Icon name="down" /> Jump to latest
        </button>
      )}
    </div>
  )
  const beside = size.value.height < LOW_PX && size.value.width >= NARROW_PX
  return (
    <div class="view">
      <div class="view-bar">
        <label class="check" title="Comments, retry fields, blocks without data and unfinished text">
          <input
            type="checkbox"
            checked={!onlyEvents}
            onChange={(event) => (state.eventsOnly.value = !event.currentTarget.checked)}
          />
          Show non-events
        </label>
        <span class="view-count">{countSentence(connection)}</span>
      </div>
      {connection.dropped.records > 0 && (
        <div class="notice" role="status">
          {formatCounted(connection.dropped.records, 'chunk')} ({formatSize(connection.dropped.sizeBytes)}) were dropped
          before they could be shown: events are missing.
        </div>
      )}
      <div ref={body} class="view-body">
        <Split
          direction={beside ? 'row' : 'column'}
          label="Resize the open event"
          share={state.eventsShare}
          first={list}
          second={
            chosen === null || !isOpen.value ? null : (
              <ErrorBoundary what="This event">
                <EventDetail connection={connection} entry={chosen} onClose={close} />
              </ErrorBoundary>
            )
          }
        />
      </div>
    </div>
  )
}

function countSentence({ eventCount, entries }: Connection): string {
  const others = entries.length - eventCount
  return formatCounted(eventCount, 'event') + (others > 0 ? ` and ${formatCounted(others, 'other')}` : '')
}

function emptySentence(connection: Connection, done: boolean): string {
  if (!done) return 'Looking through the entries …'
  if (connection.entries.length > 0) return 'No events. What came besides events is hidden.'
  if (connection.alive) return 'Waiting for the first event …'
  const raw = connection.chunks.length > 0 ? ' The Raw tab has the text.' : ''
  return `No events came. ${stateSentence(connection)}${raw}`
}
