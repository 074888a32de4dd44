/** The panel as a plain page of the extension, fed by hand: for looks, where no DevTools is needed. */
import type { Page } from 'playwright-core'
import type { LanguageChoice } from '../../lib/i18n/language-choice.ts'
import type { Chromium } from '../helpers/chromium.ts'
import { mainMessages } from './main-states.ts'

export interface Look {
  readonly width: number
  readonly height: number
  readonly theme: 'light' | 'dark'
}

/** An empty panel. */
export async function openPlainPanel(chromium: Chromium, { theme, ...size }: Look): Promise<Page> {
  const panel = await chromium.newPage()
  await panel.setViewportSize(size)
  await panel.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await panel.goto(`chrome-extension://${chromium.extensionId}/panel.html#plain`)
  await panel.locator('.hint').waitFor()
  return panel
}

/** Gives it the connections of all main states. */
export async function feed(panel: Page): Promise<void> {
  await panel.evaluate((messages) => {
    for (const message of messages) window.streamscopePlain?.apply(message)
  }, mainMessages(Date.now()))
  await panel.locator('[data-connection]').first().waitFor()
}

/** Changes the language as the settings do, and waits until it is shown. */
export async function speak(panel: Page, language: LanguageChoice): Promise<void> {
  await panel.evaluate(async (chosen) => {
    await window.streamscopePlain?.settings.set('language', chosen)
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  }, language)
}

/** Words of controls and headings that do not fit where they stand: each with its element. */
export function cutOff(panel: Page): Promise<string[]> {
  return panel.evaluate(() =>
    [...document.querySelectorAll('button, [role=tab], label, legend, h1, h2, h3, dt, kbd, .setting > span')]
      .filter((element) => {
        if (!element.checkVisibility() || element.closest('.visually-hidden') !== null) return false
        // Wider than its box, or than the window.
        return (
          (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible') ||
          element.getBoundingClientRect().left < -1 ||
          // A tab that stands beyond the end of its strip.
          (element.closest('[role=tablist]')?.getBoundingClientRect().right ?? Infinity) <
            element.getBoundingClientRect().right - 1
        )
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  )
}
