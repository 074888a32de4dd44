import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { Signal } from '@preact/signals'
import { joinSentences } from '../../lib/i18n/joined.ts'
import type { Connection } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Gap } from '../../lib/timeline/gaps.ts'
import type { Mark } from '../../lib/timeline/marks.ts'
import type { Span } from '../../lib/timeline/span.ts'
import { useSize } from '../parts/use-size.ts'
import { AxisCanvas } from './AxisCanvas.tsx'
import { openCanvas, usePixelRatio } from './canvas.ts'
import { ChartTip } from './ChartTip.tsx'
import { useColours } from './colours.ts'
import { paintCharts } from './paint-charts.ts'
import type { TimeAxis } from './time-axis.ts'
import { createTimeInput, TIMELINE_HINT } from './time-input.ts'

interface ChartsProps {
  readonly connection: Connection
  readonly axis: TimeAxis
  /** On the wall clock, as the span is. */
  readonly bounds: Span
  readonly view: Span
  readonly span: Signal<Span | null>
  readonly nowMs: number
  readonly marks: readonly Mark[]
  readonly gaps: readonly Gap[]
  readonly onOpen: () => void
}

/** One connection's tracks over one axis. */
export function Charts(props: ChartsProps) {
  const { connection, axis, bounds, view, span, marks, gaps } = props
  const stage = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useSize(stage).value
  const colours = useColours().value
  const pixelRatio = usePixelRatio().value
  const latest = useRef({ ...props, widthPx: size.width })
  latest.current = { ...props, widthPx: size.width }
  const input = useMemo(
    () =>
      createTimeInput({
        axis,
        span,
        place: () => latest.current,
        onChoose: (_, point) => {
          if (point === null) latest.current.onOpen()
        },
      }),
    [axis, span],
  )
  const originMs = connection.frame.timeOriginMs
  const own = { fromMs: view.fromMs - originMs, toMs: view.toMs - originMs }
  useLayoutEffect(() => {
    const opened = openCanvas(canvas.current, size, pixelRatio)
    if (opened === null || colours === null) return
    paintCharts(opened.context, { connection, view: own, size, marks, gaps, colours })
  })
  return (
    <div
      ref={stage}
      class="timeline-stage timeline-charts"
      role="application"
      aria-roledescription={t('timeline')}
      aria-label={joinSentences([
        t('Arrivals over time.'),
        t(TIMELINE_HINT),
        t('Enter shows the event at the cursor.'),
      ])}
      tabIndex={0}
      {...input}
    >
      <canvas ref={canvas} class="timeline-canvas" aria-hidden="true" />
      <AxisCanvas
        axis={axis}
        span={span}
        view={view}
        zeroMs={bounds.fromMs}
        linesMs={[]}
        size={size}
        pixelRatio={pixelRatio}
        colours={colours}
      />
      <ChartTip axis={axis} connection={connection} marks={marks} view={own} size={size} />
    </div>
  )
}
