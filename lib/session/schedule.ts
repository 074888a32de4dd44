/** Puts off a flush to when it is next worth drawing. */
export type Schedule = (flush: () => void) => void

/** A hidden document gets no animation frames; its columns must go on all the same, only not as often. */
const HIDDEN_INTERVAL_MS = 250

/** At the next animation frame, or after a quarter of a second where none comes. */
export const scheduleFrame: Schedule = (flush) => {
  let done = false
  const once = () => {
    if (done) return
    done = true
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    flush()
  }
  const timer = setTimeout(once, HIDDEN_INTERVAL_MS)
  const frame = requestAnimationFrame(once)
}
