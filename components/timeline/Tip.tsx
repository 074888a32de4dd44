import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Size } from '../parts/use-size.ts'
import type { Point } from './time-axis.ts'

/** Between pointer and tip. */
const AWAY_PX = 14

interface TipProps {
  readonly point: Point
  /** Of what it lies over. */
  readonly size: Size
  readonly title: string | null
  readonly lines: readonly string[]
  /** Whether a screen reader shall say it: when keys moved, not for each movement of a pointer. */
  readonly isSaid: boolean
}

/** A few words beside the pointer, kept inside the window. */
export function Tip({ point, size, title, lines, isSaid }: TipProps) {
  const tip = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = tip.current
    const stage = element?.parentElement
    if (element === null || stage === null || stage === undefined) return
    const box = stage.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = element
    const right = point.x + AWAY_PX
    const left = right + width <= size.width ? right : Math.max(0, point.x - AWAY_PX - width)
    const below = box.top + point.y + AWAY_PX
    const top = below + height <= innerHeight ? below : Math.max(0, box.top + point.y - AWAY_PX - height)
    // Fixed: it may stand out of a low timeline.
    element.style.left = `${box.left + left}px`
    element.style.top = `${top}px`
    // Only then: placing it makes the browser lay out all the rest first.
  }, [point.x, point.y, size.width, size.height, title, lines.join('\n')])
  return (
    <div ref={tip} class="timeline-tip" {...(isSaid ? { role: 'status' } : { 'aria-hidden': true })}>
      {title !== null && <strong>{title}</strong>}
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  )
}
