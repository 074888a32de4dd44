import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

const TICK_MS = 250
const CALM_TICK_MS = 1000

/** Wall-clock time in ms for figures that tick; stands still while nothing runs. */
export function useClock(running: boolean): ReadonlySignal<number> {
  const now = useSignal(Date.now())
  useEffect(() => {
    now.value = Date.now()
    if (!running) return
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const timer = setInterval(() => (now.value = Date.now()), calm ? CALM_TICK_MS : TICK_MS)
    return () => clearInterval(timer)
  }, [running])
  return now
}
