import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { alignedBounds, ALIGNMENTS, toOwnSpan, zeroOf } from '../../lib/compare/alignment.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Connection } from '../../lib/session/types.ts'
import { amountsOf } from '../../lib/timeline/figures.ts'
import { marksOf, untilMsOf } from '../../lib/timeline/marks.ts'
import { type Span, toWidthMs } from '../../lib/timeline/span.ts'
import { formatCount, formatDuration } from '../parts/format.ts'
import { SpanChip } from '../timeline/SpanChip.tsx'
import { createTimeAxis, viewOf } from '../timeline/time-axis.ts'
import { useNow } from '../timeline/use-now.ts'
import { AlignedLanes } from './AlignedLanes.tsx'
import { ComparedTable } from './ComparedTable.tsx'
import { CopyTable } from './CopyTable.tsx'
import { NONE } from './figure-words.ts'
import { type CompareProps, liveNote, toName, toShortName } from './compared.ts'
import { NotedBar } from './NotedBar.tsx'

/** The lanes of all of them under one axis, which begins for each at the same kind of moment. */
export function TimelineCompare({ compared, state }: CompareProps) {
  const { all } = compared
  for (const { version } of all) void version.value
  const alignment = state.alignment.value
  // Another zero is another axis.
  const axis = useMemo(() => new createTimeAxis(), [alignment])
  const span = useSignal<Span | null>(null)
  const isLive = all.some(({ alive }) => alive)
  const now = useNow(isLive, 50).value
  const bounds = alignedBounds(all, alignment, now)
  const missing = all.filter((connection) => zeroOf(connection, alignment) === null)
  const table = tableOf(all, state.alignment.value, span.value, now)
  const [head = [], ...rows] = table
  return (
    <div class="view">
      <NotedBar
        note={
          missing.length > 0
            ? t('Not on this axis: {names}', { names: missing.map(toShortName).join(', ') })
            : liveNote(all)
        }
      >
        <label class="compare-pair">
          {t('Align at')}
          <select
            class="view-select"
            value={alignment}
            onChange={(event) => {
              const chosen = ALIGNMENTS.find(([name]) => name === event.currentTarget.value)
              if (chosen === undefined) return
              span.value = null
              state.alignment.value = chosen[0]
            }}
          >
            {ALIGNMENTS.map(([name, label]) => (
              <option key={name} value={name} selected={name === alignment}>
                {t(label)}
              </option>
            ))}
          </select>
        </label>
        {span.value !== null && <SpanChip span={span} zeroMs={0} />}
        <CopyTable rows={() => table} />
      </NotedBar>
      <div class="scroll view-body compare-timeline" tabIndex={0} role="group" aria-label={t('Timeline')}>
        {bounds === null ? (
          <p class="timeline-none">{t('None of them has come so far.')}</p>
        ) : (
          <AlignedLanes
            connections={all}
            alignment={alignment}
            axis={axis}
            span={span}
            bounds={bounds}
            view={viewOf(axis, bounds, isLive ? latestOf(all, alignment, now) : bounds.toMs)}
            nowMs={now}
          />
        )}
        <ComparedTable
          caption={t('When marks came on this axis')}
          class="compare-marks"
          head={head.map((text) => ({ text }))}
          rows={rows.map(([name = '', ...cells]) => ({ name, cells: cells.map((text) => ({ text })) }))}
        />
      </div>
    </div>
  )
}

function latestOf(all: readonly Connection[], alignment: Parameters<typeof zeroOf>[1], nowMs: number): number {
  const ends = all.map((one) => untilMsOf(one, nowMs - one.frame.timeOriginMs) - (zeroOf(one, alignment) ?? Infinity))
  return Math.max(0, ...ends)
}

/** The lanes in text: when each mark came on the shared axis, and what came in the selected span. */
function tableOf(
  all: readonly Connection[],
  alignment: Parameters<typeof zeroOf>[1],
  span: Span | null,
  nowMs: number,
): readonly (readonly string[])[] {
  const since = (ms: number | null) => (ms === null ? NONE : `${ms < 0 ? '−' : ''}${formatDuration(Math.abs(ms))}`)
  const head = [
    t('Connection'),
    t('Start'),
    t('Head'),
    t('First byte'),
    t('First event'),
    t('End'),
    t('Events'),
    ...(span === null ? [] : [t('Events in {span}', { span: formatDuration(toWidthMs(span)) })]),
  ]
  const rows = all.map((one) => {
    const zeroMs = zeroOf(one, alignment)
    const at = (ms: number | null) => since(ms === null || zeroMs === null ? null : ms - zeroMs)
    const marks = new Map(marksOf(one).map(({ name, atMs }) => [name, atMs]))
    const own = span === null ? null : toOwnSpan(span, one, alignment)
    return [
      toName(one),
      at(one.open.atMs),
      at(marks.get('head') ?? null),
      at(marks.get('first byte') ?? null),
      at(marks.get('first event') ?? null),
      at(untilMsOf(one, nowMs - one.frame.timeOriginMs)),
      formatCount(one.eventCount),
      ...(span === null ? [] : [own === null ? NONE : formatCount(amountsOf(one, own).events)]),
    ]
  })
  return [head, ...rows]
}
