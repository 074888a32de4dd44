import { type Signal, useSignalEffect } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Span } from '../../lib/timeline/span.ts'
import type { Size } from '../parts/use-size.ts'
import { openCanvas } from './canvas.ts'
import type { Colours } from './colours.ts'
import { type AxisPicture, paintAxis } from './paint-axis.ts'
import type { TimeAxis } from './time-axis.ts'

interface AxisCanvasProps {
  readonly axis: TimeAxis
  readonly span: Signal<Span | null>
  readonly view: Span
  readonly zeroMs: number
  readonly linesMs: readonly number[]
  readonly size: Size
  readonly pixelRatio: number
  readonly colours: Colours | null
}

/** Lies over a timeline. Draws itself when the pointer moves, without drawing the timeline again. */
export function AxisCanvas(props: AxisCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const latest = useRef(props)
  const painted = useRef<{ look: string; colours: Colours | null }>({ look: '', colours: null })
  latest.current = props

  const paint = () => {
    const { axis, span, view, zeroMs, linesMs, size, pixelRatio, colours } = latest.current
    const { pointer, cursorMs, isByKeys } = axis
    const picture: Omit<AxisPicture, 'colours'> = {
      size,
      view,
      zeroMs,
      span: span.value,
      cursorMs: isByKeys.value ? cursorMs.value : null,
      pointer: pointer.value,
      linesMs,
    }
    // A lane that grows draws its component again in every frame; the axis seldom changes.
    const look = JSON.stringify([picture, pixelRatio])
    const isSame = look === painted.current.look && colours === painted.current.colours
    const opened = isSame ? null : openCanvas(canvas.current, size, pixelRatio)
    if (opened === null || colours === null) return
    painted.current = { look, colours }
    paintAxis(opened.context, { ...picture, colours })
  }
  useSignalEffect(paint)
  useLayoutEffect(paint)
  return <canvas ref={canvas} class="timeline-canvas" aria-hidden="true" />
}
