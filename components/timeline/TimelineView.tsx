import { useMemo, useRef } from 'preact/hooks'
import type { Connection } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import { createFirstText } from '../../lib/timeline/first-text.ts'
import { createGaps, type Gap, type Gaps } from '../../lib/timeline/gaps.ts'
import { indexesIn } from '../../lib/timeline/bins.ts'
import { nearestEntry } from '../../lib/timeline/lane-facts.ts'
import { marksOf, untilMsOf } from '../../lib/timeline/marks.ts'
import { toDocumentSpan } from '../../lib/timeline/overview.ts'
import { overlaps, type Span, toBounds, toWidthMs } from '../../lib/timeline/span.ts'
import type { PanelState } from '../panel/panel-state.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { useNextFrame } from '../parts/use-next-frame.ts'
import { ArrivalsTable } from './ArrivalsTable.tsx'
import { Charts } from './Charts.tsx'
import { entryAtWords } from './ChartTip.tsx'
import { figureRows, figuresText } from './figure-rows.ts'
import { FiguresTable } from './FiguresTable.tsx'
import { GapsView } from './GapsView.tsx'
import { SpanChip } from './SpanChip.tsx'
import { createTimeAxis, viewOf } from './time-axis.ts'
import { TIMELINE_HINT } from './time-input.ts'
import { useNow } from './use-now.ts'

/** A shorter wait after the last event is what closing a connection takes. */
const LEAST_TRAILING_MS = 100

interface TimelineViewProps {
  readonly connection: Connection
  readonly state: PanelState
}

/** When one connection's chunks and events came, and what that amounts to. Give it the connection's key: its view is its own. */
export function TimelineView({ connection, state }: TimelineViewProps) {
  // What is around it is drawn anew when anything comes, of whichever connection.
  return useMemo(() => <TimesOf connection={connection} state={state} />, [connection, state])
}

function TimesOf({ connection, state }: TimelineViewProps) {
  void connection.version.value
  const { entries, open, frame, alive } = connection
  const axis = useMemo(() => new createTimeAxis(), [])
  const gaps = useMemo(() => createGaps(entries), [entries])
  const firstText = useMemo(() => createFirstText(connection), [connection])
  const width = useRef(1)
  const now = useNow(alive, width.current / 600).value
  const untilMs = untilMsOf(connection, now - frame.timeOriginMs)
  const startMs = frame.timeOriginMs + open.atMs
  const bounds = toBounds(startMs, frame.timeOriginMs + untilMs, alive)
  const view = viewOf(axis, bounds, now)
  width.current = toWidthMs(view)

  const selected = useSelected(connection, state.span.value, untilMs)
  const done = [gaps.update(), firstText.update(), selected?.gaps.update() ?? true].every((isDone) => isDone)
  useNextFrame(!done)
  const trailing = done ? trailingGap(gaps, untilMs) : null
  const marks = marksOf(connection, firstText.atMs)
  const figures = figureRows({
    connection,
    gaps,
    firstTextAtMs: firstText.atMs,
    durationMs: Math.max(0, untilMs - open.atMs),
    selected,
  })
  const jump = (entry: number) => state.jumpTo({ key: connection.key, entry })
  const cursorMs = axis.cursorMs.value
  const atCursor = cursorMs === null ? -1 : nearestEntry(connection, cursorMs - frame.timeOriginMs)
  return (
    <div class="view timeline-view">
      <div class="view-bar">
        {state.span.value !== null && <SpanChip span={state.span} zeroMs={null} />}
        <span class="timeline-hint" role="status" title={t(TIMELINE_HINT)}>
          {atCursor === -1 ? t('Point for figures, drag to select a span') : entryAtWords(connection, atCursor)}
        </span>
        {atCursor !== -1 && (
          <button
            type="button"
            class="text-button"
            title={t('Show it in the Events tab (Enter)')}
            onClick={() => jump(atCursor)}
          >
            {t('Show event')}
          </button>
        )}
        <CopyButton
          label={t('Copy figures')}
          title={t('Copy the figures as a table, with how each is computed')}
          text={() => figuresText(figures)}
        />
      </div>
      <div class="view-body timeline-body">
        <Charts
          connection={connection}
          axis={axis}
          bounds={bounds}
          view={view}
          span={state.span}
          nowMs={now}
          marks={marks}
          gaps={trailing === null ? gaps.longest : [...gaps.longest, trailing]}
          onOpen={() => atCursorOf(connection, axis.cursorMs.peek(), jump)}
        />
        <div class="timeline-figures">
          <FiguresTable figures={figures} isDone={done} />
          <div>
            <GapsView
              connection={connection}
              lengths={gaps.lengths}
              longest={gaps.longest}
              trailing={trailing}
              onJump={jump}
            />
          </div>
        </div>
        <ArrivalsTable connection={connection} view={toDocumentSpan(view, connection) ?? view} />
      </div>
    </div>
  )
}

function atCursorOf(connection: Connection, cursorMs: number | null, jump: (entry: number) => void): void {
  if (cursorMs === null) return
  const entry = nearestEntry(connection, cursorMs - connection.frame.timeOriginMs)
  if (entry !== -1) jump(entry)
}

/** The wait that began with the last event and has not ended by another one. */
function trailingGap({ lastAtMs, lastEntry }: Gaps, untilMs: number): Gap | null {
  if (lastAtMs === null || untilMs - lastAtMs < LEAST_TRAILING_MS) return null
  return { ms: untilMs - lastAtMs, entry: lastEntry, fromMs: lastAtMs }
}

/** The span on the connection's clock with the gaps in it; null when none is selected, or the connection did not live in it. */
function useSelected(connection: Connection, span: Span | null, untilMs: number) {
  const { entries, open } = connection
  const own = toDocumentSpan(span, connection)
  const isIn = own !== null && overlaps(own, open.atMs, untilMs)
  const { from, to } = own !== null && isIn ? indexesIn(entries, own) : { from: 0, to: 0 }
  // Counted anew only when other entries are in it.
  const gaps = useMemo(() => createGaps(entries, from, to), [entries, from, to])
  return own !== null && isIn ? { span: own, gaps } : null
}
