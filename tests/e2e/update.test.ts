/** An update of the extension while pages are open. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { connectionOf } from '../helpers/panel-view.ts'
import { pieces, SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'

let server: StreamServer
let chromium: Chromium

beforeAll(async () => {
  server = await startStreamServer({ '/sse': pieces(SSE_HEAD, 'data: 1\n\n') })
  chromium = await launchChromium({ extension: null })
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

const load = () => chromium.cdp.send('Extensions.loadUnpacked', { path: builtExtension('chrome') })

test('a page from before an install or an update says that it has to be reloaded, and is captured from then on', async () => {
  const page = await chromium.newPage(server.url)
  for (const tag of ['install', 'update']) {
    await load()
    const { panel, closeDevTools } = await chromium.openPanel(page)
    await panel.getByText('Nothing of this page is captured.').waitFor()
    await panel.getByRole('button', { name: 'Reload page' }).click()
    await panel.getByText('Nothing of this page is captured.').waitFor({ state: 'detached' })
    await page.evaluate(async (url) => (await fetch(url)).text(), `/sse?${tag}`)
    const row = await connectionOf(panel, `/sse?${tag}`, ({ state }) => state === 'completed')
    expect(row.events).toBe('1')
    await closeDevTools()
  }
})
