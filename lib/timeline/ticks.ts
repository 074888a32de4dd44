/** Round moments for an axis, and how they are written. */
import type { Span } from './span.ts'
import { toWidthMs } from './span.ts'

export interface Tick {
  readonly atMs: number
  readonly label: string
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Steps that a person can count in. Below a second they come in decimals, above in parts of minutes and hours. */
const STEPS_MS: readonly number[] = [
  ...[0.1, 1, 10, 100].flatMap((unit) => [unit, 2 * unit, 5 * unit]),
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
]

/** The ticks of a view, at least `leastPx` apart. Labels tell the time since `zeroMs`. */
export function axisTicks(view: Span, zeroMs: number, widthPx: number, leastPx = 64): readonly Tick[] {
  const leastMs = (leastPx * toWidthMs(view)) / Math.max(1, widthPx)
  const longest = STEPS_MS.at(-1) ?? HOUR
  const stepMs = STEPS_MS.find((step) => step >= leastMs) ?? Math.ceil(leastMs / longest) * longest
  const ticks: Tick[] = []
  const last = Math.floor((view.toMs - zeroMs) / stepMs)
  for (let n = Math.ceil((view.fromMs - zeroMs) / stepMs); n <= last; n += 1) {
    ticks.push({ atMs: zeroMs + n * stepMs, label: formatTick(n * stepMs, stepMs) })
  }
  return ticks
}

/** `0.25 s`, `12 s`, `1:05`, `1:00:05`; as many decimals as the step needs. */
export function formatTick(ms: number, stepMs: number): string {
  const decimals = stepMs >= SECOND ? 0 : Math.ceil(-Math.log10(stepMs / SECOND) - 1e-9)
  const sign = ms < 0 ? '−' : ''
  const units = Math.round((Math.abs(ms) / SECOND) * 10 ** decimals)
  const allSeconds = units / 10 ** decimals
  if (allSeconds < 60) return `${sign}${allSeconds.toFixed(decimals)} s`
  const minutes = Math.floor(allSeconds / 60)
  const seconds = (allSeconds - minutes * 60).toFixed(decimals).padStart(decimals === 0 ? 2 : decimals + 3, '0')
  if (minutes < 60) return `${sign}${minutes}:${seconds}`
  return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${seconds}`
}
