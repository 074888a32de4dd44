/** The switch: where capture is off, a page has the browser's own functions from its first script on. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { proxiesAmong } from '../helpers/native-functions.ts'
import { switchCapture } from '../helpers/panel-switch.ts'
import { connectionOf } from '../helpers/panel-view.ts'
import { startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { createTempDir, removeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { PLACES, SWITCH_ANSWERS } from './switch-page.ts'

let server: StreamServer
let profileDir: string
let chromium: Chromium

const launch = () => launchChromium({ extension: builtExtension('chrome'), profileDir })

/** By place, the functions that are not the browser's own. */
async function replacedIn(page: Page): Promise<Record<string, string[]>> {
  await page.waitForFunction('window.looked')
  const found: Record<string, string[]> = {}
  for (const place of PLACES) found[place] = await proxiesAmong(page, place)
  return found
}
const NONE = Object.fromEntries(PLACES.map((place) => [place, []]))

beforeAll(async () => {
  server = await startStreamServer(SWITCH_ANSWERS)
  profileDir = createTempDir('switch-profile')
  chromium = await launch()
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
  removeTempDir(profileDir)
})

/** Tests load the extension anew at each start, which makes Chromium forget registered scripts, as after an update. */
async function registered(): Promise<void> {
  const page = await chromium.newPage(`chrome-extension://${chromium.extensionId}/panel.html#plain`)
  await until('the switch to be in place', () =>
    page.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length > 0),
  )
  await page.close()
}

const read = (page: Page, url: string) => page.evaluate(async (at) => (await fetch(at)).text(), url)
const expectCapture = async (page: Page): Promise<void> => {
  for (const names of Object.values(await replacedIn(page)))
    expect(names).toEqual(expect.arrayContaining(['window.fetch.value', 'Function.toString.value']))
}

test('a site that is switched off has native functions from its first script on, after a reload', async () => {
  const page = await chromium.newPage(`${server.url}page`)
  await expectCapture(page)
  const { panel } = await chromium.openPanel(page)
  await switchCapture(panel, 'Off for')
  await panel.getByText('This page is still captured.').waitFor()
  await panel.getByRole('button', { name: 'Reload page' }).click()
  await panel.getByText('Streamscope is off for 127.0.0.1.').waitFor()
  expect(await replacedIn(page)).toEqual(NONE)
  expect(await read(page, '/sse?off')).toBe('data: 1\n\n')

  // Another site goes on being captured, in the same tab, too.
  await page.goto(`${server.otherUrl}page`)
  await read(page, '/sse?other')
  await connectionOf(panel, '/sse?other', ({ state }) => state === 'completed')
  const rows = await panel.locator('[data-connection]').count()
  expect(rows).toBe(1)
  await page.close()
})

test('it stays off when the browser was closed and started again', async () => {
  await chromium.close()
  chromium = await launch()
  await registered()
  const page = await chromium.newPage(`${server.url}page`)
  expect(await replacedIn(page)).toEqual(NONE)
  const other = await chromium.newPage(`${server.otherUrl}page`)
  await expectCapture(other)
  await other.close()
  await page.close()
})

test('it is switched on again, and everywhere off', async () => {
  const page = await chromium.newPage(`${server.url}page`)
  const { panel } = await chromium.openPanel(page)
  await panel.getByText('Streamscope is off for 127.0.0.1.').waitFor()
  await panel.getByRole('button', { name: 'Turn on' }).click()
  await panel.getByText('Nothing of this page is captured.').waitFor()
  await panel.getByRole('button', { name: 'Reload page' }).click()
  await panel.getByText('No streams yet.').waitFor()
  await read(page, '/sse?on')
  await connectionOf(panel, '/sse?on', ({ state }) => state === 'completed')

  await switchCapture(panel, 'Off everywhere')
  await page.goto(`${server.otherUrl}page`)
  await panel.getByText('Streamscope is off everywhere.').waitFor()
  expect(await replacedIn(page)).toEqual(NONE)
  await switchCapture(panel, 'On')
  await panel.getByRole('button', { name: 'Reload page' }).click()
  await panel.getByText('Streamscope is off everywhere.').waitFor({ state: 'detached' })
  await read(page, '/sse?again')
  await connectionOf(panel, '/sse?again', ({ state }) => state === 'completed')
  await page.close()
})
