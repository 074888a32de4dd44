import type { RefObject } from 'preact'
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

/** Draws in a task of its own after the frame: the list and the events are drawn in it. */
export function LanesCanvas(props: LanesCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const latest = useRef(props)
  latest.current = props
  const drawing = useMemo(() => createDrawing(canvas, latest), [])
  useLayoutEffect(drawing.ask)
  useLayoutEffect(() => drawing.stop, [drawing])
  return <canvas ref={canvas} class="timeline-canvas timeline-lanes" aria-hidden="true" />
}

function createDrawing(canvas: RefObject<HTMLCanvasElement | null>, latest: { readonly current: LanesCanvasProps }) {
  const painter = createLanePainter()
  let timer: ReturnType<typeof setTimeout> | null = null
  let frame: number | null = null

  function draw(): void {
    timer = null
    const { picture, colours, pixelRatio } = latest.current
    const opened = openCanvas(canvas.current, picture.size, pixelRatio)
    if (opened === null || colours === null) return
    if (opened.cleared) painter.reset()
    if (!painter.paint(opened.context, { ...picture, colours }, BUDGET_MS)) goOn()
  }

  function ask(): void {
    timer ??= setTimeout(draw)
  }

  /** The rest, after the next frame. */
  function goOn(): void {
    frame ??= requestAnimationFrame(() => {
      frame = null
      ask()
    })
  }

  return {
    ask,
    stop() {
      if (timer !== null) clearTimeout(timer)
      if (frame !== null) cancelAnimationFrame(frame)
    },
  }
}
