/** How long the scripts run that every page gets, by the browser's own trace. */
import type { Browser } from './browser.ts'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly data?: { readonly url?: string } }
}

/** Loads `url` `loads` times. Gives ms of processor time per load and script: compiling and running, top level only. */
export async function traceStart(
  browser: Browser,
  url: string,
  loads: number,
): Promise<readonly { page: number; bridge: number }[]> {
  const events: TraceEvent[] = []
  const stop = browser.pipe.on('Tracing.dataCollected', (params) => {
    events.push(...(params as { value: TraceEvent[] }).value)
  })
  const ended = Promise.withResolvers<void>()
  const stopEnd = browser.pipe.on('Tracing.tracingComplete', () => ended.resolve())
  await browser.pipe.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline'], excludedCategories: ['*'] },
  })
  for (let i = 0; i < loads; i++) await browser.load(url)
  await browser.pipe.send('Tracing.end')
  await ended.promise
  stop()
  stopEnd()
  const timesOf = (file: string): number[] =>
    events
      .filter(({ name, args }) => name === 'EvaluateScript' && args?.data?.url?.endsWith(file))
      .map(({ tdur, dur }) => (tdur ?? dur ?? Number.NaN) / 1000)
  const bridge = timesOf('/content-scripts/bridge.js')
  return timesOf('/content-scripts/page.js').map((page, i) => ({ page, bridge: bridge[i] ?? Number.NaN }))
}
