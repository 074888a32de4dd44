/** One run of one part in one browser, in figures. */
import type { Browser } from './browser.ts'
import { evaluate } from './cdp.ts'
import type { PageResult } from './page-work.ts'

/** Figures of one run by name, see `UNITS`. */
export type Figures = Readonly<Record<string, number>>

export const UNITS: Readonly<Record<string, string>> = {
  wall: 'ms',
  /** Processor time of the page's main thread. */
  'main cpu': 'ms',
  /** Processor time of the page's whole process: the main thread, garbage collection, compiling. */
  'process cpu': 'ms',
  'task per event': 'µs',
  'delay median': 'ms',
  'delay p99': 'ms',
  'memory after': 'MB',
  'page script': 'bytes',
  'page script run': 'ms',
  'bridge script run': 'ms',
  reads: '',
  'main cpu per read': 'µs',
}

interface Counters {
  readonly threadMs: number
  readonly processMs: number
  readonly taskMs: number
  /** Zero of the page's `performance.now()` on the machine's monotonic clock. */
  readonly originMs: number
}

async function count({ page }: Browser): Promise<Counters> {
  const { metrics } = await page.send('Performance.getMetrics')
  const read = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1000
  return {
    threadMs: read('ThreadTime'),
    processMs: read('ProcessTime'),
    taskMs: read('TaskDuration'),
    originMs: read('NavigationStart'),
  }
}

/**
 * Runs `work(...args)` in the page.
 *
 * @throws Error if not exactly `events` events came
 */
export async function measure<Args extends unknown[]>(
  browser: Browser,
  events: number,
  work: (...args: Args) => Promise<PageResult>,
  ...args: Args
): Promise<Figures> {
  const before = await count(browser)
  const result = (await evaluate(browser.page, `(${work.toString()})(...${JSON.stringify(args)})`)) as PageResult
  const after = await count(browser)
  if (result.events !== events) throw new Error(`${browser.variant}: ${result.events} of ${events} events came`)
  const delays = result.stamps.map(([sentMs, receivedMs]) => after.originMs + receivedMs - sentMs)
  return {
    wall: result.wallMs,
    'main cpu': after.threadMs - before.threadMs,
    'process cpu': after.processMs - before.processMs,
    'task per event': ((after.taskMs - before.taskMs) * 1000) / events,
    reads: result.chunks,
    ...(result.chunks > 0 && { 'main cpu per read': ((after.threadMs - before.threadMs) * 1000) / result.chunks }),
    ...(delays.length > 0 && { 'delay median': quantile(delays, 0.5), 'delay p99': quantile(delays, 0.99) }),
  }
}

/** Memory that the page's scripts hold after garbage collection: objects, what belongs to them, and buffers. */
export async function memoryAfter({ page }: Browser): Promise<number> {
  await page.send('HeapProfiler.collectGarbage')
  await page.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await page.send('Runtime.getHeapUsage')
  return (usedSize + backingStorageSize) / 1e6
}

/** Linear interpolation between the closest ranks; NaN for an empty list. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
