import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import type { ListRow, Session } from '../../lib/session/types.ts'
import { overviewOf } from '../../lib/timeline/overview.ts'
import { toWidthMs } from '../../lib/timeline/span.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { OverviewBar } from './OverviewBar.tsx'
import { OverviewStage } from './OverviewStage.tsx'
import { OverviewTable } from './OverviewTable.tsx'
import { createTimeAxis, viewOf } from './time-axis.ts'
import { useNow } from './use-now.ts'

/** Lower than this, the panel has no room to spare for it unless it is asked for. */
const LOW_PX = 280

export function isOverviewVisible(state: PanelState, panelHeightPx: number, rowCount: number): boolean {
  // Whatever limits the list must be seen.
  if (state.span.value !== null) return true
  const value = state.layout.value.overview
  return value === 'auto' ? panelHeightPx >= LOW_PX && rowCount > 0 : value === 'shown'
}

interface OverviewProps {
  readonly session: Session
  readonly state: PanelState
  /** Those of the list, a span of time left aside. */
  readonly rows: readonly ListRow[]
  readonly selectedKey: string | null
}

/** All connections of the list on one time axis, a lane each. */
export function Overview({ session, state, rows, selectedKey }: OverviewProps) {
  void session.version.value
  const axis = useMemo(() => new createTimeAxis(), [])
  const isTable = useSignal(false)
  const widthPx = useRef(1)
  const widthMs = useRef(1)
  const isLive = rows.some((row) => row.kind === 'connection' && row.connection.alive)
  const now = useNow(isLive, widthMs.current / Math.max(1, widthPx.current)).value
  const overview = overviewOf(rows, now)
  if (overview === null) return <p class="timeline-none">{t('Nothing to show on a time axis.')}</p>

  const view = viewOf(axis, overview.bounds, now)
  widthMs.current = toWidthMs(view)
  const select = (key: string) => state.select(key)
  return (
    <section class="timeline-overview" aria-label={t('Timeline of all connections')}>
      <OverviewBar state={state} axis={axis} overview={overview} view={view} nowMs={now} isTable={isTable} />
      {isTable.value ? (
        <OverviewTable overview={overview} selectedKey={selectedKey} nowMs={now} onSelect={select} />
      ) : (
        <OverviewStage
          axis={axis}
          overview={overview}
          view={view}
          span={state.span}
          selectedKey={selectedKey}
          nowMs={now}
          onSelect={select}
          onWidth={(px) => (widthPx.current = px)}
        />
      )}
    </section>
  )
}
