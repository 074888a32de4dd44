import { useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { EVENT_GRAMMAR } from '../../lib/filter/event-filter.ts'
import { createFilterReader } from '../../lib/filter/reader.ts'
import { joinSentences } from '../../lib/i18n/joined.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { toDocumentSpan } from '../../lib/timeline/overview.ts'
import { hasMessage } from '../../lib/turns/turn-reader.ts'
import { stateSentence } from '../connections/StateLabel.tsx'
import { FilterErrors, FilterField } from '../filter/FilterField.tsx'
import { knownOfEntries } from '../filter/known-values.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { formatCount, formatSize } from '../parts/format.ts'
import { Icon } from '../parts/Icon.tsx'
import { Split } from '../parts/Split.tsx'
import { useSize } from '../parts/use-size.ts'
import { SpanChip, SpanHint } from '../timeline/SpanChip.tsx'
import { fitColumns } from './columns.ts'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { EventDetail } from './EventDetail.tsx'
import { EventsTable } from './EventsTable.tsx'
import { FindBar } from './FindBar.tsx'
import { type EventRows, useEventRows } from './use-event-rows.ts'
import { unseenWords } from './unseen-words.ts'
import { useFind, useFindKey } from './use-find.ts'

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
  // What is around it is drawn anew when anything comes, of whichever connection.
  return useMemo(() => <EntriesOf connection={connection} state={state} />, [connection, state])
}

function EntriesOf({ connection, state }: EventsViewProps) {
  void connection.version.value
  const { entries } = connection
  // What is over is read from its beginning.
  const follow = useSignal(connection.alive)
  const chosenIndex = useSignal(-1)
  const isOpen = useSignal(false)
  const reveal = useSignal(-1)
  const body = useRef<HTMLDivElement>(null)
  const size = useSize(body)
  const table = state.eventsTable.value
  const onlyEvents = state.eventsOnly.value
  const filterText = state.eventsFilter.value
  const readFilter = useMemo(() => createFilterReader(EVENT_GRAMMAR), [])
  const { filter, errors } = readFilter(filterText)
  const inSpan = toDocumentSpan(state.span.value, connection)
  const rows = useEventRows({
    connection,
    onlyEvents,
    filter,
    span: inSpan,
    sort: table.sort,
    atEnd: follow.peek(),
  })
  const { shown, done } = rows
  const count = shown.length
  const chosen = chosenIndex.value >= 0 && chosenIndex.value < entries.length ? entries.at(chosenIndex.value) : null
  const findText = state.findText.value
  const findAsked = useFindKey(state.findText)
  const find = useFind(connection, rows, findText ?? '')
  useLayoutEffect(() => {
    if (findAsked.value > 0) body.current?.parentElement?.querySelector<HTMLInputElement>('.find-bar input')?.select()
  }, [findAsked.value])
  // In the order of a column, the newest row is somewhere.
  useLayoutEffect(() => {
    if (table.sort !== null) follow.value = false
  }, [table.sort])

  const focusList = () => body.current?.querySelector<HTMLElement>('.events')?.focus({ preventScroll: true })
  const jump = state.jump.value
  useLayoutEffect(() => {
    if (jump?.key !== connection.key) return
    const row = shown.rowOf(jump.entry)
    // What hides it goes first; this comes again then.
    if (row < 0 && jump.entry < entries.length && (!done || showMore(state, connection, jump.entry))) return
    state.jump.value = null
    chosenIndex.value = jump.entry
    isOpen.value = true
    follow.value = false
    reveal.value = row
    focusList()
  }, [jump, inSpan === null, filter, onlyEvents, done])

  const choose = (entry: number, by: 'key' | 'pointer') => {
    chosenIndex.value = entry
    if (by === 'pointer') isOpen.value = true
  }
  const close = () => {
    isOpen.value = false
    focusList()
  }
  const chosenRow = chosen === null ? -1 : shown.rowOf(chosen.index)
  const goToFound = (by: 1 | -1) => {
    const row = find.found.next(chosenRow, by)
    if (row < 0) return
    chosenIndex.value = shown.entryAt(row)
    follow.value = false
    reveal.value = row
  }
  const closeFind = () => {
    state.findText.value = null
    focusList()
  }
  const list = (
    <div class="events-list">
      {count > 0 ? (
        <EventsTable
          connection={connection}
          rows={rows}
          table={table}
          chosen={chosen?.index ?? -1}
          search={find.search}
          brought={state.brought.value?.key === connection.key ? state.brought.value : null}
          follow={follow}
          reveal={reveal}
          onTable={(next) => state.setEventsTable(next)}
          onChoose={choose}
          onOpen={() => (isOpen.value = true)}
          onEscape={(event) => {
            if (!isOpen.value) return
            event.stopPropagation()
            close()
          }}
        />
      ) : filter.terms.length > 0 && rows.total > 0 ? (
        <FilterHint done={done} onClear={() => (state.eventsFilter.value = '')} />
      ) : inSpan !== null && entries.length > 0 ? (
        <SpanHint span={state.span} />
      ) : (
        <div class="hint">{emptySentence(connection, done)}</div>
      )}
      {connection.alive && !follow.value && count > 0 && table.sort === null && (
        <button type="button" class="jump" onClick={() => (follow.value = true)}>
          <Icon name="down" /> {t('Jump to latest')}
        </button>
      )}
    </div>
  )
  const { width, height } = size.value
  const beside = table.detail === 'auto' ? height < LOW_PX && width >= NARROW_PX : table.detail === 'beside'
  return (
    <div class="view">
      <div class="view-bar events-bar">
        <FilterField
          text={state.eventsFilter}
          grammar={EVENT_GRAMMAR}
          errors={errors}
          known={knownOfEntries(entries)}
          label={t('Filter events')}
          title={t(
            'Show only rows that fit: text, /regex/, -not, type: size:>1k gap:>500ms choices[0].delta.content:text …',
          )}
          placeholder={t('Filter')}
        />
        <label class="check" title={t('Comments, retry fields, blocks without data and unfinished text')}>
          <input
            type="checkbox"
            checked={!onlyEvents}
            onChange={(event) => (state.eventsOnly.value = !event.currentTarget.checked)}
          />
          {t('Show non-events')}
        </label>
        {inSpan !== null && <SpanChip span={state.span} zeroMs={null} />}
        <span class="view-count" role="status">
          {countSentence(connection, rows, filter.terms.length > 0)}
        </span>
        <ColumnsMenu
          table={table}
          shown={fitColumns(table, width).columns}
          onChange={(next) => state.setEventsTable(next)}
        />
      </div>
      <FilterErrors text={filterText} errors={errors} />
      {findText !== null && (
        <FindBar
          text={state.findText}
          count={find.search === null ? 0 : find.found.length}
          current={find.search === null ? -1 : find.found.indexOf(chosenRow)}
          done={find.done}
          unseen={find.found.unseenCount}
          onGo={goToFound}
          onClose={closeFind}
        />
      )}
      {connection.dropped.records > 0 && (
        <div class="notice" role="status">
          {droppedSentence(connection)}
        </div>
      )}
      <div ref={body} class="view-body">
        <Split
          direction={beside ? 'row' : 'column'}
          label={t('Resize the open event')}
          share={state.eventsShare}
          first={list}
          second={
            chosen === null || !isOpen.value ? null : (
              <ErrorBoundary what={t('This event')}>
                <EventDetail
                  connection={connection}
                  entry={chosen}
                  onClose={close}
                  onMakeRule={(steps) => state.makeRule(connection, chosen.data, steps)}
                  {...(hasMessage(connection) && {
                    onShowInMessage: () => state.showInMessage({ key: connection.key, entry: chosen.index }),
                  })}
                />
              </ErrorBoundary>
            )
          }
        />
      </div>
    </div>
  )
}

function FilterHint({ done, onClear }: { readonly done: boolean; readonly onClear: () => void }) {
  return (
    <div class="hint">
      <p>{done ? t('No row fits the filter.') : t('Looking through the rows …')}</p>
      <p class="buttons">
        <button type="button" class="text-button" onClick={onClear}>
          {t('Clear filter')}
        </button>
      </p>
    </div>
  )
}

/** Takes away one thing that hides an entry; false if there is none. */
function showMore(state: PanelState, { entries }: Connection, entry: number): boolean {
  if (state.span.value !== null) state.span.value = null
  else if (state.eventsFilter.value !== '') state.eventsFilter.value = ''
  // A comment or the like may be hidden.
  else if (state.eventsOnly.value && entries.kindOf(entry) !== 'event') state.eventsOnly.value = false
  else return false
  return true
}

function countSentence({ eventCount, entries }: Connection, rows: EventRows, isFiltered: boolean): string {
  const others = entries.length - eventCount
  const events = tn(eventCount, '{n} event', '{n} events', { n: formatCount(eventCount) })
  const all =
    others > 0
      ? tn(others, '{events} and {n} other', '{events} and {n} others', { events, n: formatCount(others) })
      : events
  if (!isFiltered) return all
  const found = t('{shown} of {all}', { shown: formatCount(rows.shown.length), all })
  const percent = Math.floor((rows.looked / rows.total) * 100)
  return rows.done ? found + unseenWords(rows.unseen) : `${found} · ${t('{percent} % looked through', { percent })}`
}

function droppedSentence({ dropped: { records, sizeBytes } }: Connection): string {
  return tn(
    records,
    '{n} chunk ({size}) was dropped before they could be shown: events are missing.',
    '{n} chunks ({size}) were dropped before they could be shown: events are missing.',
    { n: formatCount(records), size: formatSize(sizeBytes) },
  )
}

function emptySentence(connection: Connection, done: boolean): string {
  if (!done) return t('Looking through the entries …')
  if (connection.entries.length > 0) return t('No events. What came besides events is hidden.')
  if (connection.alive) return t('Waiting for the first event …')
  const raw = connection.chunks.length > 0 ? t('The Raw tab has the text.') : ''
  return joinSentences([t('No events came.'), stateSentence(connection), raw])
}
