import type { Session } from '../../lib/session/types.ts'
import { formatCount, formatCounted, formatSize } from '../parts/format.ts'
import { Icon } from '../parts/Icon.tsx'
import type { PanelState } from './panel-state.ts'
import type { Totals } from '../connections/row-filter.ts'

interface ToolbarProps {
  readonly session: Session
  readonly state: PanelState
  readonly totals: Totals
  /** Connections that the filter leaves; null when no filter is set. */
  readonly matching: number | null
}

export function Toolbar({ session, state, totals, matching }: ToolbarProps) {
  const recording = session.recording.value
  const preserve = session.preserve.value
  const recordLabel = recording
    ? 'Pause: leave out connections that start from now on'
    : 'Record: show connections that start from now on'
  const summary = summaryOf(totals, matching)
  return (
    <div class="toolbar" role="toolbar" aria-label="Connections">
      <button
        type="button"
        class={recording ? 'icon-button recording' : 'icon-button'}
        aria-pressed={recording}
        aria-label="Record"
        title={recordLabel}
        onClick={() => (session.recording.value = !recording)}
      >
        <Icon name="record" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Clear"
        title="Clear: take all ended connections out of the list"
        onClick={() => session.clear()}
      >
        <Icon name="clear" />
      </button>
      {session.canUndoClear.value && (
        <button
          type="button"
          class="text-button"
          title="Put the cleared connections back"
          onClick={() => session.undoClear()}
        >
          Undo clear
        </button>
      )}
      <span class="toolbar-gap" role="none" />
      <input
        type="search"
        class="filter"
        placeholder="Filter"
        aria-label="Filter connections"
        title="Show only connections with this text"
        spellcheck={false}
        value={state.filterText.value}
        onInput={(event) => (state.filterText.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || state.filterText.value === '') return
          event.preventDefault()
          event.stopPropagation()
          state.clearFilter()
        }}
      />
      <label class="check" title="Keep the list when the page navigates or reloads">
        <input
          type="checkbox"
          checked={preserve}
          onChange={(event) => (session.preserve.value = event.currentTarget.checked)}
        />
        Preserve log
      </label>
      {!recording && <span class="paused">Paused</span>}
      <span class="summary" title={summary}>
        {summary}
      </span>
    </div>
  )
}

/** "12 connections · 3 live · 4,120 events · 1.2 MB" */
function summaryOf(totals: Totals, matching: number | null): string {
  const all = formatCounted(totals.connections, 'connection')
  return [
    matching === null ? all : `${formatCount(matching)} of ${all}`,
    ...(totals.live > 0 ? [`${formatCount(totals.live)} live`] : []),
    formatCounted(totals.events, 'event'),
    formatSize(totals.sizeBytes),
  ].join(' · ')
}
