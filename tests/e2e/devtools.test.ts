import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { startDemo, type Demo } from '../helpers/demo.ts'
import { builtExtension } from '../helpers/extension.ts'

let demo: Demo
let chromium: Chromium

beforeAll(async () => {
  demo = await startDemo()
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})

afterAll(async () => {
  await chromium?.close()
  await demo?.close()
})

test("two tabs have a panel each, which survives its neighbour's end", async () => {
  const first = await chromium.openPanel(await chromium.newPage(demo.url))
  const second = await chromium.openPanel(await chromium.newPage(demo.url))
  await first.closeDevTools()
  expect(first.frontend.isClosed()).toBe(true)
  expect(await second.panel.evaluate(() => document.readyState)).toBe('complete')
})

test('DevTools opens again after it was closed', async () => {
  const page = await chromium.newPage(demo.url)
  const before = await chromium.openPanel(page)
  await before.closeDevTools()
  const { panel } = await chromium.openPanel(page)
  expect(new URL(panel.url()).host).toBe(chromium.extensionId)
})
