import type { Signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { language, t, tn } from '../../lib/i18n/translate.ts'
import { type Overview, totalsIn } from '../../lib/timeline/overview.ts'
import { type Span, toWidthMs, zoomAbout } from '../../lib/timeline/span.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { formatCount, formatSize } from '../parts/format.ts'
import { IconButton } from '../parts/IconButton.tsx'
import { SpanChip } from './SpanChip.tsx'
import type { TimeAxis } from './time-axis.ts'
import { TIMELINE_HINT } from './time-input.ts'
import { rateWords, spanWords } from './time-words.ts'

const ZOOM = 0.5
const SUMS_MS = 250

interface OverviewBarProps {
  readonly state: PanelState
  readonly axis: TimeAxis
  readonly overview: Overview
  readonly view: Span
  readonly nowMs: number
  readonly isTable: Signal<boolean>
}

export function OverviewBar({ state, axis, overview, view, nowMs, isTable }: OverviewBarProps) {
  const span = state.span.value
  const { bounds, lanes } = overview
  // Sums of many lanes are not worth making for each pixel that one of them grows.
  const which = lanes.reduce((sum, { number }) => sum + number, lanes.length)
  const sums = useMemo(
    () => (span === null ? '' : sumsOf(totalsIn(lanes, span, nowMs), toWidthMs(span))),
    [span, which, overview.isLive, Math.floor(nowMs / SUMS_MS), language.value],
  )
  const zoom = (factor: number) => {
    const aboutMs = axis.cursorMs.value ?? (view.fromMs + view.toMs) / 2
    axis.choose(zoomAbout(view, aboutMs, factor, bounds), bounds, nowMs)
  }
  return (
    <div class="view-bar timeline-bar">
      {span === null ? (
        <span class="timeline-hint" title={t(TIMELINE_HINT)}>
          {axis.chosen.value === null
            ? t('Drag to select a span of time')
            : t('Shown: {span}', { span: spanWords(view, bounds.fromMs) })}
        </span>
      ) : (
        <>
          <SpanChip span={state.span} zeroMs={bounds.fromMs} />
          <SpanSums text={sums} />
          <CopyButton
            label={t('Copy')}
            title={t('Copy the span and its sums')}
            text={() => t('{span}: {sums}', { span: spanWords(span, bounds.fromMs), sums })}
          />
        </>
      )}
      <span class="timeline-buttons">
        <IconButton icon="plus" label={t('Zoom in (+)')} onClick={() => zoom(ZOOM)} />
        <IconButton icon="minus" label={t('Zoom out (−)')} onClick={() => zoom(1 / ZOOM)} />
        <IconButton icon="fit" label={t('Show all (0)')} onClick={() => axis.fit()} />
        <IconButton
          icon="table"
          aria-pressed={isTable.value}
          label={t('As a table')}
          title={t('As a table: the same in text')}
          onClick={() => (isTable.value = !isTable.value)}
        />
      </span>
    </div>
  )
}

function SpanSums({ text }: { readonly text: string }) {
  const how = t(
    'What came in the span, over all connections shown: events, bytes of chunks (at least: of EventSource no sizes are known), events divided by the length of the span',
  )
  return (
    <span class="view-count timeline-sums" role="status" title={`${text}\n${how}`}>
      {text}
    </span>
  )
}

/** "3 connections · 240 events · 12 kB · 141 / s" */
function sumsOf({ connections, events, bytes, isBytesAtLeast }: ReturnType<typeof totalsIn>, widthMs: number): string {
  return [
    tn(connections, '{n} connection', '{n} connections', { n: formatCount(connections) }),
    tn(events, '{n} event', '{n} events', { n: formatCount(events) }),
    `${isBytesAtLeast ? '≥ ' : ''}${formatSize(bytes)}`,
    ...(widthMs > 0 ? [rateWords((events * 1000) / widthMs)] : []),
  ].join(' · ')
}
