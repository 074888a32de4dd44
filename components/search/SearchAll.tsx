import { useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { EVENT_GRAMMAR } from '../../lib/filter/event-filter.ts'
import { createFilterReader } from '../../lib/filter/reader.ts'
import { toSearch } from '../../lib/filter/text-test.ts'
import type { Filter } from '../../lib/filter/filter.ts'
import type { Session } from '../../lib/session/types.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import { kindWord } from '../events/EventRow.tsx'
import { unseenWords } from '../events/unseen-words.ts'
import { FilterErrors, FilterField } from '../filter/FilterField.tsx'
import { knownOfEntries } from '../filter/known-values.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { formatCount, formatSince, toOneLine, toPath } from '../parts/format.ts'
import { AwayText } from '../parts/AwayText.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { Marked } from '../parts/Marked.tsx'
import { useSlices } from '../parts/use-slices.ts'
import { type RowProps, VirtualList } from '../parts/VirtualList.tsx'
import { createFoundEverywhere, type FoundEntry } from './found-everywhere.ts'

const ROW_PX = 20
const LINE_LENGTH = 400
/** Characters shown before the first match in a line. */
const BEFORE_LENGTH = 20

interface SearchAllProps {
  readonly session: Session
  readonly state: PanelState
}

/** Looks for events in all connections, by the language of the Events tab. Draw it whenever the session changes. */
export function SearchAll({ session, state }: SearchAllProps) {
  void session.version.value
  const text = state.searchText.value
  const readFilter = useMemo(() => createFilterReader(EVENT_GRAMMAR), [])
  const { filter, errors } = readFilter(text)
  const found = useMemo(() => createFoundEverywhere(filter), [filter])
  const isEmpty = filter.terms.length === 0
  const connections = session.rows.flatMap((row) => (row.kind === 'connection' ? [row.connection] : []))
  const done = useSlices(found, (budgetMs) => isEmpty || found.update(connections, budgetMs))
  const search = useMemo(() => firstSearch(filter), [filter])
  const chosen = useSignal(-1)
  const follow = useSignal(false)
  const root = useRef<HTMLElement>(null)
  // At once: what is typed right after the click belongs here.
  useLayoutEffect(() => root.current?.querySelector('input')?.focus(), [])
  const count = isEmpty ? 0 : found.length
  const open = (row: number) => {
    const place = found.at(row)
    if (place !== null) state.jumpTo({ key: place.connection.key, entry: place.entry })
  }
  const selected = session.rows.find(
    (row) => row.kind === 'connection' && row.connection.key === state.selectedKey.value,
  )
  const known = selected?.kind === 'connection' ? selected.connection : connections[0]
  const close = () => (state.searchOpen.value = false)
  const renderRow = (index: number, row: RowProps) => {
    const place = found.at(index)
    return place === null ? null : <FoundRow key={index} place={place} search={search} row={row} />
  }
  return (
    <section
      ref={root}
      class="search-all"
      aria-label={t('Search all connections')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        event.stopPropagation()
        close()
      }}
    >
      <div class="view-bar events-bar">
        <FilterField
          text={state.searchText}
          grammar={EVENT_GRAMMAR}
          errors={errors}
          known={known === undefined ? () => [] : knownOfEntries(known.entries)}
          label={t('Search all events')}
          title={t('Looks for events in all connections: text, /regex/, -not, type: size:>1k …')}
          placeholder={t('Search all connections')}
        />
        <span class="view-count" role="status">
          {isEmpty ? '' : countSentence(count, found.connectionCount, done)}
          {!isEmpty && unseenWords(found.unseenCount)}
        </span>
        <IconButton icon="close" label={t('Close search')} title={t('Close (Escape)')} onClick={close} />
      </div>
      <FilterErrors text={text} errors={errors} />
      <div class="search-found">
        {count > 0 && (
          <VirtualList
            label={t('Found events')}
            role="grid"
            count={count}
            rowHeightPx={ROW_PX}
            renderRow={renderRow}
            follow={follow}
            selected={chosen.value}
            onSelect={(row, by) => {
              chosen.value = row
              if (by === 'pointer') open(row)
            }}
            onOpen={open}
          />
        )}
      </div>
    </section>
  )
}

function countSentence(rowCount: number, connectionCount: number, done: boolean): string {
  const values = {
    rows: tn(rowCount, '{n} row', '{n} rows', { n: formatCount(rowCount) }),
    connections: tn(connectionCount, '{n} connection', '{n} connections', { n: formatCount(connectionCount) }),
  }
  return done ? t('{rows} in {connections}', values) : t('{rows} in {connections} so far', values)
}

interface FoundRowProps {
  readonly place: FoundEntry
  readonly search: RegExp | null
  readonly row: RowProps
}

function FoundRow({ place: { connection, entry: index }, search, row }: FoundRowProps) {
  const entry = connection.entries.at(index)
  const at = search === null ? -1 : entry.data.search(search)
  const data = at > BEFORE_LENGTH ? `…${entry.data.slice(at - BEFORE_LENGTH)}` : entry.data
  return (
    <div {...row} class="row found-row" data-found={`${connection.key} ${index}`}>
      <span role="gridcell" data-column="connection" title={connection.open.url}>
        {connection.number} {toPath(connection.open.url)}
      </span>
      <span role="gridcell" data-column="since">
        {formatSince(entry.atMs - connection.open.atMs)}
      </span>
      <span role="gridcell" data-column="type">
        {kindWord(entry.kind)?.[0] ?? <Marked text={entry.type} search={search} />}
      </span>
      <span role="gridcell" data-column="data">
        {entry.away === undefined ? (
          <Marked text={toOneLine(data, LINE_LENGTH)} search={search} />
        ) : (
          <AwayText away={entry.away} bring={() => connection.entries.bring(index)} />
        )}
      </span>
    </div>
  )
}

/** What to mark: the first text that has to be there. */
function firstSearch({ terms }: Filter): RegExp | null {
  for (const { isNot, condition } of terms) {
    if (isNot) continue
    if (condition.kind === 'text') return toSearch(condition.match)
    if (condition.kind === 'field' && condition.key === 'data') return toSearch(condition.match)
  }
  return null
}
