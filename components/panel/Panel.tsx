import { useMemo, useRef } from 'preact/hooks'
import type { Connection, ListRow, Session } from '../../lib/session/types.ts'
import { ConnectionList } from '../connections/ConnectionList.tsx'
import { Details } from './Details.tsx'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { EmptyList, Notices } from './Notices.tsx'
import { createPanelState } from './panel-state.ts'
import { createRowFilter, totalsOf } from '../connections/row-filter.ts'
import { Split } from '../parts/Split.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useClock } from '../parts/use-clock.ts'
import { useSize } from '../parts/use-size.ts'

/** Narrower than this, the details stand below the list. */
const NARROW_PX = 600
/** Narrow and lower than this, there is room for one of them only. */
const LOW_PX = 280

/** The whole interface of one session. */
export function Panel({ session }: { readonly session: Session }) {
  void session.version.value
  const state = useMemo(() => new createPanelState(), [])
  const filter = useMemo(createRowFilter, [])
  const root = useRef<HTMLDivElement>(null)
  const size = useSize(root)
  const { rows } = session
  const text = state.filterText.value
  const shown = filter(rows, text)
  const totals = totalsOf(rows)
  const now = useClock(totals.live > 0)
  const firstChoice = useRef<string | null>(null)
  const isNarrow = size.value.width > 0 && size.value.width < NARROW_PX
  const hasRoomForOne = isNarrow && size.value.height < LOW_PX
  const chosen = chosenIn(rows, state.selectedKey.value)
  const selected = chosen ?? (state.detailsClosed.value || hasRoomForOne ? null : pick(rows, firstChoice))

  const list = (
    <ErrorBoundary what="The list of connections">
      {rows.length === 0 ? (
        <EmptyList session={session} />
      ) : shown.length === 0 ? (
        <div class="hint">
          <p>No connection has “{text}” in it.</p>
          <p class="buttons">
            <button type="button" class="text-button" onClick={() => state.clearFilter()}>
              Clear filter
            </button>
          </p>
        </div>
      ) : (
        <ConnectionList
          rows={shown}
          selectedKey={selected?.key ?? null}
          pageUrl={session.pageUrl}
          now={now}
          onSelect={(key) => state.select(key)}
        />
      )}
    </ErrorBoundary>
  )
  return (
    <div ref={root} class="panel">
      <Toolbar
        session={session}
        state={state}
        totals={totals}
        matching={text.trim() === '' ? null : totalsOf(shown).connections}
      />
      <Notices session={session} />
      <main class="panel-main">
        <Split
          direction={isNarrow ? 'column' : 'row'}
          showFirst={!hasRoomForOne || selected === null}
          label="Resize the list"
          share={state.listShare}
          first={list}
          second={
            selected === null ? null : (
              <ErrorBoundary what="This connection">
                <Details connection={selected} state={state} />
              </ErrorBoundary>
            )
          }
        />
      </main>
    </div>
  )
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
