import type { ReadonlySignal } from '@preact/signals'
import { useClock } from '../parts/use-clock.ts'

/** No more often than this: what grows by a pixel need not be drawn sooner. */
const LEAST_MS = 33
const MOST_MS = 500

/** Wall-clock time in ms that moves on about every `everyMs` while something runs. */
export function useNow(isRunning: boolean, everyMs: number): ReadonlySignal<number> {
  return useClock(isRunning, Math.min(MOST_MS, Math.max(LEAST_MS, Math.round(everyMs / LEAST_MS) * LEAST_MS)))
}
