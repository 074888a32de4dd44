import { useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { openCanvas } from './canvas.ts'
import type { Colours } from './colours.ts'
import { createLanePainter, type LanesPicture } from './lane-painter.ts'

/** Leaves the rest of a frame to the list and the events. */
const BUDGET_MS = 7

interface LanesCanvasProps {
  readonly picture: Omit<LanesPicture, 'colours'>
  readonly colours: Colours | null
  readonly pixelRatio: number
}

export function LanesCanvas({ picture, colours, pixelRatio }: LanesCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useMemo(createLanePainter, [])
  const round = useSignal(0)
  void round.value
  useLayoutEffect(() => {
    const opened = openCanvas(canvas.current, picture.size, pixelRatio)
    if (opened === null || colours === null) return
    if (opened.cleared) painter.reset()
    if (painter.paint(opened.context, { ...picture, colours }, BUDGET_MS)) return
    const frame = requestAnimationFrame(() => (round.value += 1))
    return () => cancelAnimationFrame(frame)
  })
  return <canvas ref={canvas} class="timeline-canvas timeline-lanes" aria-hidden="true" />
}
