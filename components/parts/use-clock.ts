import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

const TICK_MS = 250
const CALM_TICK_MS = 1000

/** Wall-clock time in ms that moves on every `everyMs`, slowly where motion is not wanted; stands still while nothing runs. */
export function useClock(running: boolean, everyMs = TICK_MS): ReadonlySignal<number> {
  const now = useSignal(Date.now())
  useEffect(() => {
    now.value = Date.now()
    if (!running) return
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const timer = setInterval(() => (now.value = Date.now()), calm ? CALM_TICK_MS : everyMs)
    return () => clearInterval(timer)
  }, [running, everyMs])
  return now
}
