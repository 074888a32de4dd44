import type { Session } from '../../lib/session/types.ts'
import type { CaptureControl } from '../../lib/site-switch.ts'
import { GroupChoice } from '../connections/GroupChoice.tsx'
import { CONNECTION_GRAMMAR } from '../../lib/filter/connection-filter.ts'
import type { FilterError } from '../../lib/filter/filter.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import { CaptureSwitch } from './CaptureSwitch.tsx'
import { FilterField } from '../filter/FilterField.tsx'
import { knownOfConnections } from '../filter/known-values.ts'
import { formatCount, formatSize } from '../parts/format.ts'
import { IconButton } from '../parts/IconButton.tsx'
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
    ? t('Pause: leave out connections that start from now on')
    : t('Record: show connections that start from now on')
  const summary = summaryOf(totals, matching)
  return (
    <div class="toolbar" role="toolbar" aria-label={t('Connections')}>
      <IconButton
        icon="record"
        class={recording ? 'recording' : undefined}
        aria-pressed={recording}
        label={t('Record')}
        title={recordLabel}
        onClick={() => (session.recording.value = !recording)}
      />
      <IconButton
        icon="clear"
        label={t('Clear')}
        title={t('Clear: take all ended connections out of the list')}
        onClick={() => session.clear()}
      />
      {session.canUndoClear.value && (
        <button
          type="button"
          class="text-button"
          title={t('Put the cleared connections back')}
          onClick={() => session.undoClear()}
        >
          {t('Undo clear')}
        </button>
      )}
      <IconButton
        icon="timeline"
        aria-pressed={hasOverview}
        label={t('Timeline')}
        title={hasOverview ? t('Hide the timeline of all connections') : t('Show the timeline of all connections')}
        onClick={() => state.toggleOverview(hasOverview)}
      />
      <IconButton
        icon="search"
        aria-pressed={state.searchOpen.value}
        label={t('Search all')}
        title={t('Search the events of all connections')}
        onClick={() => (state.searchOpen.value = !state.searchOpen.value)}
      />
      <span class="toolbar-gap" role="none" />
      <FilterField
        text={state.filterText}
        grammar={CONNECTION_GRAMMAR}
        errors={errors}
        known={knownOfConnections(session.rows)}
        label={t('Filter connections')}
        title={t('Show only connections that fit: text, /regex/, -not, host: status:>=400 …')}
        placeholder={t('Filter')}
      />
      <StateFilter
        rows={session.rows}
        choice={state.stateChoice.value}
        onChoose={(choice) => (state.stateChoice.value = choice)}
      />
      <GroupChoice grouping={state.layout.value.grouping} onChoose={(grouping) => state.setLayout({ grouping })} />
      <label class="check" title={t('Keep the list when the page navigates or reloads')}>
        <input
          type="checkbox"
          checked={preserve}
          onChange={(event) => (session.preserve.value = event.currentTarget.checked)}
        />
        {t('Preserve log')}
      </label>
      {!recording && <span class="paused">{t('Paused')}</span>}
      <CaptureSwitch session={session} capture={capture} />
      <KeySheet />
      <IconButton
        icon="settings"
        label={t('Settings')}
        aria-haspopup="dialog"
        onClick={() => (state.settingsOpen.value = true)}
      />
      <span class="summary" title={summary.join('')}>
        {summary.map((part) => (
          <span key={part}>{part}</span>
        ))}
      </span>
    </div>
  )
}

/** "12 connections · 3 live · 4,120 events · 1.2 MB", in parts: those that the bar has no room for are left out whole. */
function summaryOf(totals: Totals, matching: number | null): readonly string[] {
  const { connections, live, events } = totals
  const all = { n: formatCount(connections) }
  const parts = [
    matching === null
      ? tn(connections, '{n} connection', '{n} connections', all)
      : tn(connections, '{matching} of {n} connection', '{matching} of {n} connections', {
          ...all,
          matching: formatCount(matching),
        }),
    ...(live > 0 ? [t('{n} live', { n: formatCount(live) })] : []),
    tn(events, '{n} event', '{n} events', { n: formatCount(events) }),
    formatSize(totals.sizeBytes),
  ]
  return parts.map((part, i) => (i === 0 ? part : ` · ${part}`))
}
