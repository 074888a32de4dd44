import type { Signal } from '@preact/signals'
import { joinItems } from '../../lib/i18n/joined.ts'
import { t } from '../../lib/i18n/translate.ts'
import { type Span, toWidthMs } from '../../lib/timeline/span.ts'
import { Icon } from '../parts/Icon.tsx'
import { formatDuration, formatTimeOfDay } from '../parts/format.ts'
import { spanEnds, spanWords } from './time-words.ts'

interface SpanChipProps {
  readonly span: Signal<Span | null>
  /** Where the axis counts from, on the wall clock. Its ends are said only on the axis itself: elsewhere they would be other figures. */
  readonly zeroMs: number | null
}

/** Says that a span is chosen, and lets go of it. */
export function SpanChip({ span, zeroMs }: SpanChipProps) {
  const { value } = span
  if (value === null) return null
  const times = `${formatTimeOfDay(value.fromMs)} – ${formatTimeOfDay(value.toMs)}`
  const words = joinItems([zeroMs === null ? '' : spanWords(value, zeroMs), times])
  return (
    <span class="span-chip" title={t('Only what came in this span is listed: {span}', { span: words })}>
      {zeroMs === null
        ? t('Span of {duration}', { duration: formatDuration(toWidthMs(value)) })
        : spanEnds(value, zeroMs)}
      <button
        type="button"
        class="span-clear"
        aria-label={t('Clear the span')}
        title={t('Clear the span (Escape)')}
        onClick={() => (span.value = null)}
      >
        <Icon name="close" />
      </button>
    </span>
  )
}

/** Where the span leaves nothing to list. */
export function SpanHint({ span }: { readonly span: Signal<Span | null> }) {
  return (
    <div class="hint">
      <p>{t('Nothing came in the selected span of time.')}</p>
      <p class="buttons">
        <button type="button" class="text-button" onClick={() => (span.value = null)}>
          {t('Clear the span')}
        </button>
      </p>
    </div>
  )
}
