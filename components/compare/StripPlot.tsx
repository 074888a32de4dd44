import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { toDistribution } from '../../lib/compare/distribution.ts'
import type { Connection } from '../../lib/session/types.ts'
import { useSize } from '../parts/use-size.ts'
import { openCanvas, usePixelRatio } from '../timeline/canvas.ts'
import { type Colours, useColours } from '../timeline/colours.ts'
import type { Point } from '../timeline/time-axis.ts'
import { Tip } from '../timeline/Tip.tsx'
import { toName } from './compared.ts'

const DOT_PX = 3
const NEAR_PX = 8

interface Dot {
  readonly connection: Connection
  readonly value: number
}

interface StripPlotProps {
  readonly dots: readonly Dot[]
  readonly words: (value: number) => string
}

/** A dot for each run, from zero to the greatest, and a line at the median. What is pointed at is said. */
export function StripPlot({ dots, words }: StripPlotProps) {
  const stage = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const pointer = useSignal<Point | null>(null)
  const size = useSize(stage).value
  const colours = useColours().value
  const pixelRatio = usePixelRatio().value
  const spread = toDistribution(dots.map(({ value }) => value))
  const most = spread?.max ?? 0
  const toX = (value: number) => DOT_PX + (most > 0 ? value / most : 0) * Math.max(0, size.width - 2 * DOT_PX)
  useLayoutEffect(() => {
    const opened = openCanvas(canvas.current, size, pixelRatio)
    if (opened === null || colours === null || spread === null) return
    paint(
      opened.context,
      size,
      colours,
      dots.map(({ value }) => toX(value)),
      toX(spread.p50),
    )
  })
  const point = pointer.value
  const near = point === null ? null : nearest(dots, toX, point.x)
  return (
    <div
      ref={stage}
      class="compare-strip"
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect()
        pointer.value = { x: event.clientX - box.left, y: event.clientY - box.top }
      }}
      onPointerLeave={() => (pointer.value = null)}
    >
      <canvas ref={canvas} class="timeline-canvas" />
      {point !== null && near !== null && (
        <Tip point={point} size={size} title={toName(near.connection)} lines={[words(near.value)]} isSaid={false} />
      )}
    </div>
  )
}

function nearest(dots: readonly Dot[], toX: (value: number) => number, x: number): Dot | null {
  let best: Dot | null = null
  let leastPx = NEAR_PX
  for (const dot of dots) {
    const awayPx = Math.abs(toX(dot.value) - x)
    if (awayPx >= leastPx) continue
    best = dot
    leastPx = awayPx
  }
  return best
}

function paint(
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
  colours: Colours,
  xs: readonly number[],
  medianX: number,
): void {
  const middle = Math.round(height / 2)
  context.clearRect(0, 0, width, height)
  context.fillStyle = colours.line
  context.fillRect(0, middle, width, 1)
  context.fillStyle = colours.live
  // Dots that lie on each other are darker.
  context.globalAlpha = 0.55
  for (const x of xs) {
    context.beginPath()
    context.arc(x, middle + 0.5, DOT_PX, 0, 2 * Math.PI)
    context.fill()
  }
  context.globalAlpha = 1
  context.fillStyle = colours.text
  context.fillRect(Math.round(medianX), 1, 1, height - 2)
}
