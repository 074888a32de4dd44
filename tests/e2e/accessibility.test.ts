/** axe-core's rules on the panel's main states, in real Chromium: all that are on unless told otherwise, those of best practice included. */
import axe from 'axe-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { STEPS } from './main-states.ts'
import { cutOff, feed, openPlainPanel } from './plain-panel.ts'

const SIZES = [
  { width: 1200, height: 700 },
  { width: 400, height: 700 },
  { width: 900, height: 200 },
]
const LOOKS = SIZES.flatMap((size) => (['light', 'dark'] as const).map((theme) => ({ ...size, theme })))

let chromium: Chromium
beforeAll(async () => {
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(() => chromium?.close())

/** What axe finds, and what moves although motion is not wanted: each with the element. */
async function faults(panel: Page, state: string): Promise<string[]> {
  const { violations } = await panel.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  )
  const moving = await panel.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element)
        return animationName !== 'none' || /[1-9]/.test(transitionDuration) || scrollBehavior === 'smooth'
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  )
  return [
    ...violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${state}: ${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    ),
    ...moving.map((html) => `${state}: moves: ${html}`),
    ...(await cutOff(panel)).map((html) => `${state}: cut off: ${html}`),
  ]
}

test.each(LOOKS)(
  'axe finds nothing in the main states at $width by $height, $theme, and nothing moves where motion is not wanted',
  { timeout: 240_000 },
  async (look) => {
    const panel = await openPlainPanel(chromium, look)
    await panel.evaluate(axe.source)
    const found = await faults(panel, 'empty')
    await feed(panel)
    for (const { name, go } of STEPS) {
      await go(panel)
      found.push(...(await faults(panel, name)))
    }
    expect(found).toEqual([])
    await panel.close()
  },
)

test('at 400 px no control of the toolbar and no tab is out of sight', async () => {
  const panel = await openPlainPanel(chromium, { width: 400, height: 700, theme: 'light' })
  await feed(panel)
  await panel.locator('[data-connection]', { hasText: 'completions' }).first().click()
  await panel.getByRole('tab', { name: 'Message' }).waitFor()
  const cut = await panel.evaluate(() =>
    [...document.querySelectorAll('.toolbar :is(button, input, select), [role=tab]')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth)
      .map((element) => element.outerHTML.slice(0, 200)),
  )
  expect(cut).toEqual([])
  await panel.close()
})

test('? opens the sheet of keys, and after Escape the focus is where it was', async () => {
  const panel = await openPlainPanel(chromium, { width: 400, height: 700, theme: 'light' })
  const focused = () => panel.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  await panel.getByRole('button', { name: 'Search all' }).focus()
  await panel.keyboard.press('?')
  const sheet = panel.getByRole('dialog', { name: 'Keys' })
  await sheet.waitFor()
  await panel.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  expect(await focused()).toBe('Search all')
  await panel.close()
})
