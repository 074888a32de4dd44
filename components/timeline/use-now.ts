import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** No more often than this: what grows by a pixel need not be drawn sooner. */
const LEAST_MS = 33
const MOST_MS = 500
const CALM_MS = 1000

/** Wall-clock time in ms that moves on about every `everyMs` while something runs, and slowly where motion is not wanted. */
export function useNow(isRunning: boolean, everyMs: number): ReadonlySignal<number> {
  const now = useSignal(Date.now())
  const step = Math.min(MOST_MS, Math.max(LEAST_MS, Math.round(everyMs / LEAST_MS) * LEAST_MS))
  useEffect(() => {
    now.value = Date.now()
    if (!isRunning) return
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const timer = setInterval(() => (now.value = Date.now()), isCalm ? CALM_MS : step)
    return () => clearInterval(timer)
  }, [isRunning, step])
  return now
}
