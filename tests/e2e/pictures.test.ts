/** Pictures of the main states in both themes and languages, for people to look at: `artifacts/pictures`. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { STEPS } from './main-states.ts'
import { cutOff, feed, openPlainPanel, speak } from './plain-panel.ts'

const FOLDER = join(import.meta.dirname, '../../artifacts/pictures')
const LANGUAGES = ['zh-CN', 'en'] as const

let chromium: Chromium
beforeAll(async () => {
  rmSync(FOLDER, { recursive: true, force: true })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(() => chromium?.close())

test.each([
  { theme: 'light', width: 1000, height: 620 },
  { theme: 'dark', width: 1000, height: 620 },
  { theme: 'light', width: 400, height: 620 },
] as const)(
  'each main state fits in English and in Chinese, $theme, $width px wide',
  { timeout: 240_000 },
  async (look) => {
    const panel = await openPlainPanel(chromium, look)
    const cut: string[] = []
    const take = async (index: number, state: string) => {
      for (const language of LANGUAGES) {
        await speak(panel, language)
        const folder = join(FOLDER, `${language}-${look.theme}-${look.width}`)
        mkdirSync(folder, { recursive: true })
        await panel.screenshot({ path: join(folder, `${String(index).padStart(2, '0')} ${state}.png`) })
        cut.push(...(await cutOff(panel)).map((html) => `${language}, ${state}: ${html}`))
      }
    }
    await take(0, 'empty')
    await feed(panel)
    for (const [index, { name, go }] of STEPS.entries()) {
      await go(panel)
      await take(index + 1, name)
    }
    expect(cut).toEqual([])
    await panel.close()
  },
)
