import { toOwnSpan, zeroOf } from '../../lib/compare/alignment.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import { factsAt } from '../../lib/timeline/lane-facts.ts'
import { msAtPx, toPx, toWidthMs } from '../../lib/timeline/span.ts'
import { formatCount, formatDuration } from '../parts/format.ts'
import type { Size } from '../parts/use-size.ts'
import { AXIS_PX } from '../timeline/paint-axis.ts'
import { Tip } from '../timeline/Tip.tsx'
import { type AlignedLanesProps, LANE_PX } from './aligned-lanes.ts'
import { toName } from './compared.ts'

/** What is within so many pixels of the pointer counts as under it. */
const NEAR_PX = 2

interface AlignedTipProps extends AlignedLanesProps {
  readonly size: Size
  /** The one that arrow keys have come to. */
  readonly lane: number
}

/** What is under the pointer, or at the keyboard's cursor, in figures. */
export function AlignedTip({ connections, alignment, axis, view, size, nowMs, lane }: AlignedTipProps) {
  const byKeys = axis.isByKeys.value
  const cursorMs = axis.cursorMs.value ?? view.fromMs
  const point = byKeys
    ? { x: toPx(view, size.width, cursorMs), y: AXIS_PX + (lane + 0.5) * LANE_PX }
    : axis.pointer.value
  if (point === null) return null
  const atMs = byKeys ? cursorMs : msAtPx(view, size.width, point.x)
  const connection = connections[byKeys ? lane : Math.floor((point.y - AXIS_PX) / LANE_PX)]
  const nearMs = (NEAR_PX * toWidthMs(view)) / Math.max(1, size.width)
  const lines = [`${atMs < 0 ? '−' : ''}${formatDuration(Math.abs(atMs))}`]
  if (connection !== undefined) {
    const own = toOwnSpan({ fromMs: atMs - nearMs, toMs: atMs + nearMs }, connection, alignment)
    const zeroMs = zeroOf(connection, alignment) ?? 0
    if (own === null) lines.push(t('It has not come so far.'))
    else {
      const facts = factsAt(connection, own, nowMs - connection.frame.timeOriginMs)
      for (const mark of facts.marks) {
        lines.push(t('{mark} at {time}', { mark: markWord(mark.name), time: formatDuration(mark.atMs - zeroMs) }))
      }
      if (facts.events > 0) {
        const soFar = formatCount(connection.entries.eventsAmong(facts.lastEntry + 1))
        lines.push(
          tn(facts.events, '{n} event here, {total} so far', '{n} events here, {total} so far', { total: soFar }),
        )
      } else if (facts.silence !== null) {
        lines.push(t('Nothing for {time}', { time: formatDuration(toWidthMs(facts.silence)) }))
      }
    }
  }
  return (
    <Tip
      point={point}
      size={size}
      title={connection === undefined ? null : toName(connection)}
      lines={lines}
      isSaid={byKeys}
    />
  )
}

function markWord(name: ReturnType<typeof factsAt>['marks'][number]['name']): string {
  switch (name) {
    case 'start':
      return t('Start')
    case 'head':
      return t('Head')
    case 'first byte':
      return t('First byte')
    case 'first event':
      return t('First event')
    case 'first text':
      return t('First text')
    case 'last byte':
      return t('Last byte')
    case 'end':
      return t('End')
    default:
      return name satisfies never
  }
}
