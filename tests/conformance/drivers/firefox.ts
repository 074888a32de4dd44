/** Firefox by Marionette, through the end-to-end tests' helper where there is an add-on. */
import { launchFirefox } from '../../helpers/firefox.ts'
import { findFirefox } from '../../../scripts/browsers.ts'
import type { Browser, Driver, Tab, Wanted } from '../driver.ts'

/** Probes may take longer than Marionette's own limit for a script: the page keeps the result, and is asked for it. */
const START = `const [expression] = arguments
  window.probeResult = undefined
  Promise.resolve((0, eval)(expression)).then((value) => { window.probeResult = { value } }, (error) => { window.probeResult = { error: String(error) } })`
const ASK = `return window.probeResult ?? null`
const POLL_MS = 20

async function launch({ extension, panel }: Wanted): Promise<Browser> {
  const firefox = await launchFirefox({ extension })
  const { marionette } = firefox
  const tab: Tab = {
    go: (url) => firefox.goto(url),
    async evaluate(expression) {
      await marionette.execute('content', START, [expression])
      for (;;) {
        const result = (await marionette.execute('content', ASK)) as { value?: unknown; error?: string } | null
        if (result?.error !== undefined) throw new Error(result.error)
        if (result !== null) return result.value
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    },
    async click(selector) {
      const point = (await marionette.execute(
        'content',
        `const { x, y, width, height } = document.querySelector(arguments[0]).getBoundingClientRect(); return [x + width / 2, y + height / 2]`,
        [selector],
      )) as [number, number]
      const move = { type: 'pointerMove', duration: 0, x: Math.round(point[0]), y: Math.round(point[1]) }
      const actions = [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]
      await marionette.command('WebDriver:PerformActions', {
        actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
      })
      await marionette.command('WebDriver:ReleaseActions')
    },
    memory: () => Promise.resolve(-1),
  }
  if (panel && extension !== null) await firefox.openPanel()
  return { name: 'Firefox', tab, close: () => firefox.close() }
}

export const firefox: Driver = {
  name: 'firefox',
  build: '.output/firefox-mv2',
  missing: () => Promise.resolve(findFirefox() === null ? 'no Firefox is installed' : null),
  launch,
}
