import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** Work done in one go: short enough that typing and scrolling go on between two of them. */
export const SLICE_MS = 8
/** The component is drawn that often while there is work. */
const DRAWN_EVERY_MS = 100

/**
 * Does work that is longer than a frame. `step` works for about `budgetMs` and says whether all is done; it is called at
 * once, so that short work is over before the component is drawn, and then between the browser's other tasks.
 * `about` names the work: when it changes, the old work is given up.
 */
export function useSlices(about: unknown, step: (budgetMs: number) => boolean): boolean {
  const drawn = useSignal(0)
  void drawn.value
  const done = step(SLICE_MS)
  useEffect(() => {
    if (done) return
    const channel = new MessageChannel()
    let drawnAtMs = performance.now()
    channel.port1.onmessage = () => {
      const isDone = step(SLICE_MS)
      if (isDone || performance.now() - drawnAtMs >= DRAWN_EVERY_MS) {
        drawnAtMs = performance.now()
        drawn.value += 1
      }
      if (!isDone) channel.port2.postMessage(null)
    }
    channel.port2.postMessage(null)
    return () => channel.port1.close()
  }, [about, done])
  return done
}
