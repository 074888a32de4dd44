import { useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { toOwnSpan } from '../../lib/compare/alignment.ts'
import { joinSentences } from '../../lib/i18n/joined.ts'
import { t } from '../../lib/i18n/translate.ts'
import { useSize } from '../parts/use-size.ts'
import { AxisCanvas } from '../timeline/AxisCanvas.tsx'
import { openCanvas, usePixelRatio } from '../timeline/canvas.ts'
import { useColours } from '../timeline/colours.ts'
import { AXIS_PX } from '../timeline/paint-axis.ts'
import { paintLane } from '../timeline/paint-lane.ts'
import { createTimeInput, TIMELINE_HINT } from '../timeline/time-input.ts'
import { type AlignedLanesProps, LANE_PX } from './aligned-lanes.ts'
import { AlignedTip } from './AlignedTip.tsx'
import { toShortName } from './compared.ts'

const GAP_PX = 3

export function AlignedLanes(props: AlignedLanesProps) {
  const { connections, alignment, axis, span, bounds, view, nowMs } = props
  const stage = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useSize(stage).value
  const colours = useColours().value
  const pixelRatio = usePixelRatio().value
  const keyLane = useSignal(0)
  const latest = useRef({ ...props, widthPx: size.width })
  latest.current = { ...props, widthPx: size.width }
  const input = useMemo(
    () =>
      createTimeInput({
        axis,
        span,
        place: () => ({ ...latest.current, nowMs: latest.current.bounds.toMs }),
        onChoose() {},
        onStep(by) {
          keyLane.value = Math.min(latest.current.connections.length - 1, Math.max(0, keyLane.value + by))
        },
      }),
    [axis, span],
  )
  useLayoutEffect(() => {
    const lanes = { width: size.width, height: Math.max(0, size.height - AXIS_PX) }
    const opened = openCanvas(canvas.current, lanes, pixelRatio)
    if (opened === null || colours === null) return
    opened.context.clearRect(0, 0, lanes.width, lanes.height)
    for (const [lane, connection] of connections.entries()) {
      const own = toOwnSpan(view, connection, alignment)
      if (own === null) continue
      // Lanes are drawn on the wall clock.
      const originMs = connection.frame.timeOriginMs
      paintLane(opened.context, connection, {
        view: { fromMs: own.fromMs + originMs, toMs: own.toMs + originMs },
        widthPx: lanes.width,
        topPx: lane * LANE_PX + GAP_PX,
        barPx: LANE_PX - 2 * GAP_PX,
        nowMs,
        colours,
      })
    }
  })
  return (
    <div class="compare-lanes" style={{ height: `${AXIS_PX + connections.length * LANE_PX}px` }}>
      <div class="compare-lane-names" aria-hidden="true">
        {connections.map((connection) => (
          <span key={connection.key} title={connection.open.url}>
            {toShortName(connection)}
          </span>
        ))}
      </div>
      <div
        ref={stage}
        class="timeline-stage"
        role="application"
        aria-roledescription={t('timeline')}
        aria-label={joinSentences([t('Aligned lanes. Up and down choose a lane.'), t(TIMELINE_HINT)])}
        tabIndex={0}
        {...input}
      >
        <canvas ref={canvas} class="timeline-canvas timeline-lanes" aria-hidden="true" />
        <AxisCanvas
          axis={axis}
          span={span}
          view={view}
          zeroMs={0}
          linesMs={bounds.fromMs < 0 ? [0] : []}
          size={size}
          pixelRatio={pixelRatio}
          colours={colours}
        />
        <AlignedTip {...props} size={size} lane={keyLane.value} />
      </div>
    </div>
  )
}
