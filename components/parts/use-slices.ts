import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** Work done in one go: short enough that typing and scrolling go on between two of them. */
export const SLICE_MS = 8
/** The component is drawn that often while there is work. */
const DRAWN_EVERY_MS = 100

/** True when all is done, false if there is more to do; a promise if that has to wait for something. */
export type Progress = boolean | Promise<void>

/**
 * Does work that is longer than a frame. `step` works for about `budgetMs` and says how far it came; it is called at
 * once, so that short work is over before the component is drawn, and then between the browser's other tasks.
 * `about` names the work: when it changes, the old work is given up.
 */
export function useSlices(about: unknown, step: (budgetMs: number) => Progress): boolean {
  const drawn = useSignal(0)
  void drawn.value
  const done = step(SLICE_MS) === true
  useEffect(() => {
    if (done) return
    const channel = new MessageChannel()
    const goOn = () => channel.port2.postMessage(null)
    let drawnAtMs = performance.now()
    channel.port1.onmessage = () => {
      const progress = step(SLICE_MS)
      const isDone = progress === true
      if (isDone || performance.now() - drawnAtMs >= DRAWN_EVERY_MS) {
        drawnAtMs = performance.now()
        drawn.value += 1
      }
      if (progress === false) goOn()
      else if (!isDone) void progress.then(goOn)
    }
    goOn()
    return () => channel.port1.close()
  }, [about, done])
  return done
}
