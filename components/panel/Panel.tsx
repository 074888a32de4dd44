import { useMemo, useRef } from 'preact/hooks'
import type { CaptureControl } from '../../lib/site-switch.ts'
import type { Connection, ListRow, Session } from '../../lib/session/types.ts'
import type { Replayer } from '../../lib/replay/replay.ts'
import type { Settings } from '../../lib/settings.ts'
import { toGroups } from '../connections/groups.ts'
import { comparedIn } from '../compare/compared.ts'
import { CompareView } from '../compare/CompareView.tsx'
import { MarkedList } from '../compare/MarkedList.tsx'
import { ConnectionList } from '../connections/ConnectionList.tsx'
import { Details } from './Details.tsx'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { rowsIn } from '../../lib/timeline/overview.ts'
import { CONNECTION_GRAMMAR } from '../../lib/filter/connection-filter.ts'
import { createFilterReader } from '../../lib/filter/reader.ts'
import { t } from '../../lib/i18n/translate.ts'
import { FilterErrors } from '../filter/FilterField.tsx'
import { EmptyList, Notices } from './Notices.tsx'
import { createAllConnections } from '../findings/use-findings.ts'
import { createPanelState } from './panel-state.ts'
import { createRowFilter, totalsOf } from '../connections/row-filter.ts'
import type { StateChoice } from '../connections/state-filter.ts'
import { toChoiceWord } from '../connections/StateFilter.tsx'
import { isOverviewVisible, Overview } from '../timeline/Overview.tsx'
import { SearchAll } from '../search/SearchAll.tsx'
import { SpanHint } from '../timeline/SpanChip.tsx'
import { SettingsDialog } from '../settings/SettingsDialog.tsx'
import { createReplayDesk } from '../replay/replay-desk.ts'
import { Split } from '../parts/Split.tsx'
import { TextsNotice } from './TextsNotice.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useClock } from '../parts/use-clock.ts'
import { useSize } from '../parts/use-size.ts'

/** Narrower than this, the details stand below the list. */
const NARROW_PX = 600
/** Narrow and lower than this, there is room for one of them only. */
const LOW_PX = 280

interface PanelProps {
  readonly session: Session
  readonly capture: CaptureControl
  readonly settings: Settings
  /** Null where nothing can be sent. */
  readonly replayer?: Replayer | null
}

/** The whole interface of one session. */
export function Panel({ session, capture, settings, replayer = null }: PanelProps) {
  void session.version.value
  const state = useMemo(() => new createPanelState(settings), [settings])
  const desk = useMemo(() => createReplayDesk(settings), [settings])
  const filter = useMemo(createRowFilter, [])
  const readFilter = useMemo(() => createFilterReader(CONNECTION_GRAMMAR), [])
  const connections = useMemo(() => createAllConnections(() => session.rows), [session])
  const root = useRef<HTMLDivElement>(null)
  const size = useSize(root)
  const { rows } = session
  const text = state.filterText.value
  const choice = state.stateChoice.value
  const reading = readFilter(text)
  const matched = filter(rows, reading.filter, choice)
  const span = state.span.value
  const totals = totalsOf(rows)
  const now = useClock(totals.live > 0)
  const shown = span === null ? matched : rowsIn(matched, span, now.value)
  const hasOverview = isOverviewVisible(state, size.value.height, rows.length)
  const firstChoice = useRef<string | null>(null)
  const isNarrow = size.value.width > 0 && size.value.width < NARROW_PX
  const hasRoomForOne = isNarrow && size.value.height < LOW_PX
  const chosen = chosenIn(rows, state.selectedKey.value)
  const compared = comparedIn(rows, state.compare)
  const listed = toGroups(shown, state.layout.value.grouping, state.closedGroups.value)
  const selected = chosen ?? (state.detailsClosed.value || hasRoomForOne ? null : pick(rows, firstChoice))

  const list = (
    <ErrorBoundary what={t('The list of connections')}>
      {rows.length === 0 ? (
        <EmptyList session={session} capture={capture} />
      ) : shown.length === 0 && span !== null ? (
        <SpanHint span={state.span} />
      ) : shown.length === 0 ? (
        <div class="hint">
          <p>{nothingShown(text.trim(), choice)}</p>
          <p class="buttons">
            <button type="button" class="text-button" onClick={() => state.clearFilter()}>
              {t('Clear filter')}
            </button>
          </p>
        </div>
      ) : (
        <MarkedList
          rows={listed}
          selectedKey={selected?.key ?? null}
          state={state.compare}
          onMove={(key) => state.moveTo(key)}
        >
          <ConnectionList
            rows={listed}
            selectedKey={selected?.key ?? null}
            marked={state.compare.marked.value}
            pageUrl={session.pageUrl}
            now={now}
            connections={connections}
            onSelect={(key) => state.select(key)}
            onToggleGroup={(key) => state.toggleGroup(key)}
          />
        </MarkedList>
      )}
    </ErrorBoundary>
  )
  const main = (
    <Split
      direction={isNarrow ? 'column' : 'row'}
      showFirst={!hasRoomForOne || (selected === null && compared === null)}
      label={t('Resize the list')}
      share={state.listShare}
      first={list}
      second={
        compared !== null ? (
          <ErrorBoundary what={t('The comparison')}>
            <CompareView compared={compared} state={state.compare} redaction={state.redaction} now={now} />
          </ErrorBoundary>
        ) : selected === null ? null : (
          <ErrorBoundary what={t('This connection')}>
            <Details
              connection={selected}
              state={state}
              now={now}
              connections={connections}
              replay={{ desk, replayer }}
            />
          </ErrorBoundary>
        )
      }
    />
  )
  return (
    <div
      ref={root}
      class="panel"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || span === null) return
        event.preventDefault()
        // DevTools would open its drawer.
        event.stopPropagation()
        state.span.value = null
      }}
    >
      <header>
        <h1 class="visually-hidden">Streamscope</h1>
        <Toolbar
          session={session}
          capture={capture}
          state={state}
          totals={totals}
          matching={
            reading.filter.terms.length === 0 && choice === 'all' && span === null ? null : totalsOf(shown).connections
          }
          errors={reading.errors}
          hasOverview={hasOverview}
        />
        <FilterErrors text={text} errors={reading.errors} />
        <Notices session={session} capture={capture} />
        <TextsNotice session={session} settings={settings} state={state} />
      </header>
      {state.searchOpen.value && (
        <ErrorBoundary what={t('The search')}>
          <SearchAll session={session} state={state} />
        </ErrorBoundary>
      )}
      <SettingsDialog state={state} settings={settings} capture={capture} />
      <main class="panel-main">
        <Split
          direction="column"
          showFirst={hasOverview}
          label={t('Resize the timeline')}
          share={state.overviewShare}
          first={
            hasOverview && (
              <ErrorBoundary what={t('The timeline')}>
                <Overview session={session} state={state} rows={matched} selectedKey={selected?.key ?? null} />
              </ErrorBoundary>
            )
          }
          second={main}
        />
      </main>
    </div>
  )
}

function nothingShown(text: string, choice: StateChoice): string {
  if (choice === 'all') return text === '' ? t('No connection.') : t('No connection has “{text}” in it.', { text })
  const state = toChoiceWord(choice)
  return text === ''
    ? t('No connection that is “{state}”.', { state })
    : t('No connection that is “{state}” has “{text}” in it.', { state, text })
}

function chosenIn(rows: readonly ListRow[], key: string | null): Connection | null {
  if (key === null) return null
  for (const row of rows) if (row.kind === 'connection' && row.connection.key === key) return row.connection
  return null
}

/** Until the user chooses: the newest connection at the first look, and then that one as long as it is there. */
function pick(rows: readonly ListRow[], first: { current: string | null }): Connection | null {
  const known = chosenIn(rows, first.current)
  if (known !== null) return known
  const newest = rows.findLast((row) => row.kind === 'connection')
  first.current = newest?.connection.key ?? null
  return newest?.connection ?? null
}
