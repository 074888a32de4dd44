import type { Session } from '../../lib/session/types.ts'
import type { CaptureControl } from '../../lib/site-switch.ts'
import { CONNECTION_GRAMMAR } from '../../lib/filter/connection-filter.ts'
import type { FilterError } from '../../lib/filter/filter.ts'
import { CaptureSwitch } from './CaptureSwitch.tsx'
import { FilterField } from '../filter/FilterField.tsx'
import { knownOfConnections } from '../filter/known-values.ts'
import { formatCount, formatCounted, formatSize } from '../parts/format.ts'
import { Icon } from '../parts/Icon.tsx'
import { KeySheet } from './KeySheet.tsx'
import type { PanelState } from './panel-state.ts'
import type { Totals } from '../connections/row-filter.ts'
import { StateFilter } from '../connections/StateFilter.tsx'

interface ToolbarProps {
  readonly session: Session
  readonly capture: CaptureControl
  readonly state: PanelState
  readonly totals: Totals
  /** Connections that the filter leaves; null when no filter is set. */
  readonly matching: number | null
  /** Mistakes in the filter's text. */
  readonly errors: readonly FilterError[]
  /** Whether the timeline over the list is shown. */
  readonly hasOverview: boolean
}

export function Toolbar({ session, capture, state, totals, matching, errors, hasOverview }: ToolbarProps) {
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
      <button
        type="button"
        class="icon-button"
        aria-pressed={hasOverview}
        aria-label="Timeline"
        title={hasOverview ? 'Hide the timeline of all connections' : 'Show the timeline of all connections'}
        onClick={() => state.toggleOverview(hasOverview)}
      >
        <Icon name="timeline" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-pressed={state.searchOpen.value}
        aria-label="Search all"
        title="Search the events of all connections"
        onClick={() => (state.searchOpen.value = !state.searchOpen.value)}
      >
        <Icon name="search" />
      </button>
      <span class="toolbar-gap" role="none" />
      <FilterField
        text={state.filterText}
        grammar={CONNECTION_GRAMMAR}
        errors={errors}
        known={knownOfConnections(session.rows)}
        label="Filter connections"
        title="Show only connections that fit: text, /regex/, -not, host: status:>=400 …"
        placeholder="Filter"
      />
      <StateFilter
        rows={session.rows}
        choice={state.stateChoice.value}
        onChoose={(choice) => (state.stateChoice.value = choice)}
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
      <CaptureSwitch session={session} capture={capture} />
      <KeySheet />
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
