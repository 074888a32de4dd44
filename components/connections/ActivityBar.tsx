import type { ReadonlySignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { Connection } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import { ACTIVITY_BARS, ACTIVITY_SPAN_MS, activityOf } from './activity.ts'

const BAR_PX = 2
const HEIGHT_PX = 12

/** A small figure of when things came: the last seconds while live, the whole life afterwards. */
export function ActivityBar({
  connection,
  now,
}: {
  readonly connection: Connection
  readonly now: ReadonlySignal<number>
}) {
  const { alive } = connection
  const nowMs = alive ? now.value : 0
  const heights = useMemo(
    () => activityOf(connection, nowMs),
    [connection, alive, nowMs, alive ? 0 : connection.ending],
  )
  const path = heights.map((height, bar) => barPath(bar, height)).join('')
  const title = alive
    ? t('What came in the last {n} s', { n: ACTIVITY_SPAN_MS / 1000 })
    : t('What came from start to end')
  return (
    <svg class={alive ? 'activity live' : 'activity'} viewBox={`0 0 ${ACTIVITY_BARS * BAR_PX} ${HEIGHT_PX}`}>
      <title>{title}</title>
      <path class="activity-base" d={`M0 ${HEIGHT_PX - 0.5}h${ACTIVITY_BARS * BAR_PX}`} />
      <path class="activity-bars" d={path} />
    </svg>
  )
}

function barPath(bar: number, height: number): string {
  if (height === 0) return ''
  const px = Number((height * HEIGHT_PX).toFixed(1))
  return `M${bar * BAR_PX} ${HEIGHT_PX}v${-px}h${BAR_PX - 0.5}v${px}z`
}
