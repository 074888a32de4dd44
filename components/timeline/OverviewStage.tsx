import { type Signal, useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { joinSentences } from '../../lib/i18n/joined.ts'
import { t, tn } from '../../lib/i18n/translate.ts'
import { layOutLanes } from '../../lib/timeline/lanes.ts'
import type { Overview } from '../../lib/timeline/overview.ts'
import type { Span } from '../../lib/timeline/span.ts'
import { useSize } from '../parts/use-size.ts'
import { AxisCanvas } from './AxisCanvas.tsx'
import { usePixelRatio } from './canvas.ts'
import { useColours } from './colours.ts'
import { laneAt } from './lane-at.ts'
import { LanesCanvas } from './LanesCanvas.tsx'
import { LaneTip } from './LaneTip.tsx'
import { AXIS_PX } from './paint-axis.ts'
import type { TimeAxis } from './time-axis.ts'
import { createTimeInput, TIMELINE_HINT } from './time-input.ts'

interface OverviewStageProps {
  readonly axis: TimeAxis
  readonly overview: Overview
  readonly view: Span
  readonly span: Signal<Span | null>
  readonly selectedKey: string | null
  readonly nowMs: number
  readonly onSelect: (key: string) => void
  /** Its width in CSS pixels, when it is known or changes. */
  readonly onWidth: (px: number) => void
}

/** The lanes, and what pointer and keys do there. */
export function OverviewStage(props: OverviewStageProps) {
  const { axis, overview, view, span, selectedKey, nowMs, onWidth } = props
  const stage = useRef<HTMLDivElement>(null)
  const size = useSize(stage).value
  /** The lane that arrow keys have come to. */
  const keyLane = useSignal(-1)
  const colours = useColours().value
  const pixelRatio = usePixelRatio().value
  useLayoutEffect(() => onWidth(size.width), [size.width])

  const lanesSize = { width: size.width, height: Math.max(0, size.height - AXIS_PX) }
  const latest = useRef({ props, lanesSize })
  latest.current = { props, lanesSize }
  const input = useMemo(
    () =>
      createTimeInput({
        axis,
        span,
        place: () => ({
          bounds: latest.current.props.overview.bounds,
          view: latest.current.props.view,
          widthPx: latest.current.lanesSize.width,
          nowMs: latest.current.props.nowMs,
        }),
        onChoose(atMs, point) {
          const { lanes } = latest.current.props.overview
          const { height } = latest.current.lanesSize
          const lane = point === null ? lanes[keyLane.value] : laneAt(lanes, height, point.y - AXIS_PX, atMs)
          if (lane !== undefined && lane !== null) latest.current.props.onSelect(lane.key)
        },
        onStep(by) {
          const last = latest.current.props.overview.lanes.length - 1
          keyLane.value = Math.min(last, Math.max(0, keyLane.value + by))
        },
      }),
    [axis, span],
  )
  return (
    <div
      ref={stage}
      class="timeline-stage"
      role="application"
      aria-roledescription={t('timeline')}
      aria-label={joinSentences([
        tn(overview.lanes.length, '{n} lane.', '{n} lanes.'),
        t(TIMELINE_HINT),
        t('Up and down choose a lane, Enter opens it.'),
      ])}
      tabIndex={0}
      {...input}
    >
      <LanesCanvas
        picture={{ lanes: overview.lanes, selectedKey, view, size: lanesSize, nowMs }}
        colours={colours}
        pixelRatio={pixelRatio}
      />
      <AxisCanvas
        axis={axis}
        span={span}
        view={view}
        zeroMs={overview.bounds.fromMs}
        linesMs={overview.lines.map(({ atMs }) => atMs)}
        size={size}
        pixelRatio={pixelRatio}
        colours={colours}
      />
      <LaneTip
        axis={axis}
        keyLane={keyLane}
        overview={overview}
        layout={layOutLanes(overview.lanes.length, lanesSize.height)}
        view={view}
        size={size}
        nowMs={nowMs}
      />
    </div>
  )
}
