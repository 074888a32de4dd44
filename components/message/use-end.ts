import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** So near to the end is at the end: positions are rounded when the page is zoomed. */
const NEAR_PX = 4

interface EndProps {
  /** What scrolls. */
  readonly scroller: RefObject<HTMLElement | null>
  /** All that is in it, in one element. */
  readonly content: RefObject<HTMLElement | null>
  /** Whether more is to come. */
  readonly isLive: boolean
}

/** Keeps the end of what grows in view, until the user scrolls up; from the end on again. Give what it returns to what scrolls. */
export function useEnd({ scroller, content, isLive }: EndProps): {
  readonly onScroll: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
} {
  const follow = useRef(isLive)
  const live = useRef(isLive)
  live.current = isLive
  const last = useRef({ topPx: 0, heightPx: 0 })
  useEffect(() => {
    const [outer, inner] = [scroller.current, content.current]
    if (outer === null || inner === null) return
    // Called when all is laid out: asking for the height any earlier would have it laid out once more.
    const observer = new ResizeObserver(() => {
      if (follow.current) outer.scrollTop = outer.scrollHeight
      last.current = { topPx: outer.scrollTop, heightPx: outer.scrollHeight }
    })
    observer.observe(outer)
    observer.observe(inner)
    return () => observer.disconnect()
  }, [])
  return {
    onScroll() {
      if (scroller.current === null) return
      const { scrollTop, clientHeight, scrollHeight } = scroller.current
      const wentUpPx = last.current.topPx - scrollTop
      const shrankPx = Math.max(0, last.current.heightPx - scrollHeight)
      last.current = { topPx: scrollTop, heightPx: scrollHeight }
      if (scrollTop + clientHeight >= scrollHeight - NEAR_PX) follow.current = live.current
      // Heights of what was never on screen are guesses: where one was too high, the browser itself scrolls up.
      else if (wentUpPx > (shrankPx === 0 ? 0 : shrankPx + clientHeight)) follow.current = false
    },
    onKeyDown({ key }) {
      // By the time the browser has scrolled there, the end may be further down.
      if (key === 'End') follow.current = live.current
    },
  }
}
