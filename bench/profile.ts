/** Where the time of one run goes, by the browser's sampling profiler. */
import type { Browser } from './browser.ts'

const SAMPLE_US = 100
const LINES = 25

/** Gives the functions with most time of their own, as lines of text. */
export async function profile({ page }: Browser, run: () => Promise<unknown>): Promise<string> {
  await page.send('Profiler.enable')
  await page.send('Profiler.setSamplingInterval', { interval: SAMPLE_US })
  await page.send('Profiler.start')
  await run()
  const { profile: taken } = await page.send('Profiler.stop')
  await page.send('Profiler.disable')

  const nameOf = new Map(
    taken.nodes.map(({ id, callFrame }) => {
      const file = callFrame.url.split('/').at(-1) ?? ''
      return [
        id,
        `${callFrame.functionName || '(anonymous)'} ${file === '' ? '' : `${file}:${callFrame.lineNumber + 1}:${callFrame.columnNumber + 1}`}`,
      ]
    }),
  )
  const selfUs = new Map<string, number>()
  for (const [i, id] of (taken.samples ?? []).entries()) {
    const name = nameOf.get(id) ?? ''
    selfUs.set(name, (selfUs.get(name) ?? 0) + (taken.timeDeltas?.[i] ?? 0))
  }
  selfUs.delete('(idle) ')
  const busyUs = [...selfUs.values()].reduce((sum, us) => sum + us, 0)
  const lines = [...selfUs]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, LINES)
    .map(
      ([name, us]) =>
        `${(us / 1000).toFixed(1).padStart(9)} ms  ${((us * 100) / busyUs).toFixed(1).padStart(5)} %  ${name}`,
    )
  return [`${(busyUs / 1000).toFixed(1).padStart(9)} ms  busy`, ...lines].join('\n')
}
