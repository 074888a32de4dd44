/** More text than a panel may hold, in real DevTools: where it goes, what is shown of it, and that nothing stays behind. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Frame, Page } from 'playwright-core'
import { launchChromium, type Chromium, type DevToolsPanel } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { choose, connectionOf, openTab } from '../helpers/panel-view.ts'
import { SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'

const MIB = 2 ** 20
const COUNT = 5_000
/** About 5 MB. */
const eventOf = (n: number) =>
  `data: {"n":${n},"word":"${n === 7 ? 'needle' : 'straw'}","pad":"${'.'.repeat(1_000)}"}\n\n`

let server: StreamServer
let chromium: Chromium

beforeAll(async () => {
  server = await startStreamServer({
    '/long': (response) => {
      response.writeHead(200, SSE_HEAD)
      for (let n = 0; n < COUNT; n += 1) response.write(eventOf(n))
      response.end()
    },
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

/** A panel that holds 1 MiB of texts, with the long stream's events open. */
async function withLongStream(
  beyond: 'store' | 'drop',
  use: (panel: Frame, devTools: DevToolsPanel, page: Page) => Promise<void>,
): Promise<void> {
  const page = await chromium.newPage(server.url)
  try {
    const devTools = await chromium.openPanel(page)
    const { panel } = devTools
    await panel.evaluate((textBound) => chrome.storage.local.set({ textBound }), { bytes: MIB, beyond })
    await page.evaluate(async () => void (await (await fetch('/long')).text()))
    await choose(panel, await connectionOf(panel, '/long', ({ state }) => state === 'completed'))
    await openTab(panel, 'Events')
    await panel.locator('.view-count', { hasText: '5,000 events' }).waitFor()
    await panel.evaluate(() => {
      DataTransfer.prototype.setData = (_type, text) => Object.assign(globalThis, { copied: text })
    })
    await use(panel, devTools, page)
  } finally {
    await page.close()
  }
}

async function toFirstRow(panel: Frame): Promise<void> {
  const list = panel.locator('.events[role=grid]')
  await list.focus()
  await list.press('Home')
  await panel.locator('[data-entry="0"]').waitFor()
}

const dataOf = (panel: Frame, entry: number) => panel.locator(`[data-entry="${entry}"] [data-column=data]`)
const copied = (panel: Frame) => panel.evaluate(() => (globalThis as { copied?: string }).copied ?? '')
const whole = Array.from({ length: COUNT }, (_, n) => eventOf(n)).join('')

/** The databases of texts, seen from another page of the extension. */
async function storedTexts(): Promise<readonly string[]> {
  const page = await chromium.newPage(`chrome-extension://${chromium.extensionId}/panel.html#plain`)
  try {
    return await page.evaluate(async () =>
      (await indexedDB.databases()).flatMap(({ name = '' }) => (name.startsWith('streamscope-texts-') ? [name] : [])),
    )
  } finally {
    await page.close()
  }
}

test('texts beyond the bound go to the browser’s storage, come back when they are looked at, and go with the panel', async () => {
  await withLongStream('store', async (panel, { closeDevTools }) => {
    await expect.poll(() => panel.locator('.texts-notice').textContent()).toContain('are in the browser’s storage')
    expect(await storedTexts()).toHaveLength(1)

    await toFirstRow(panel)
    await expect.poll(() => dataOf(panel, 0).textContent()).toContain('{"n":0,"word":"straw"')
    await expect.poll(() => panel.locator('.events [data-away]').count()).toBe(0)

    await panel.getByRole('combobox', { name: 'Filter events' }).fill('needle')
    await expect.poll(() => panel.locator('.view-count').first().textContent()).toBe('1 of 5,000 events')
    expect(await dataOf(panel, 7).textContent()).toContain('"n":7,"word":"needle"')

    await openTab(panel, 'Raw')
    await panel.getByRole('button', { name: 'Copy all' }).click()
    await expect.poll(async () => (await copied(panel)) === whole).toBe(true)

    await closeDevTools()
    await expect.poll(storedTexts).toEqual([])
  })
})

test('texts beyond the bound are dropped where that was chosen, and everything that lacks them says so', async () => {
  await withLongStream('drop', async (panel) => {
    await expect.poll(() => panel.locator('.texts-notice').textContent()).toContain('were dropped, to keep 1 MB')
    expect(await storedTexts()).toEqual([])

    await toFirstRow(panel)
    expect(await dataOf(panel, 0).textContent()).toBe('Dropped to keep the bound for texts')
    const filter = panel.getByRole('combobox', { name: 'Filter events' })
    const count = () => panel.locator('.view-count').first().textContent()
    await filter.fill('size:>1000')
    await expect.poll(count).toBe('5,000 of 5,000 events')

    await filter.fill('straw')
    await expect.poll(count).toMatch(/^[\d,]+ of 5,000 events · [\d,]+ not looked at: their texts were dropped$/)
    const [found = 0, unseen = 0] = [...((await count()) ?? '').replaceAll(',', '').matchAll(/(\d+) (?:of|not)/g)].map(
      ([, figure]) => Number(figure),
    )
    expect(found + unseen).toBe(COUNT)

    await openTab(panel, 'Raw')
    await panel.getByRole('button', { name: 'Copy all' }).click()
    await expect.poll(() => copied(panel)).toMatch(/^\n\[[\d,]+ characters are missing here: dropped/)
    const text = await copied(panel)
    const kept = text.slice(text.indexOf(']\n') + 2)
    expect(whole.endsWith(kept)).toBe(true)
    expect(kept.length).toBeGreaterThan(MIB / 2)

    await panel.getByRole('button', { name: 'Change the bound' }).click()
    await panel.getByRole('dialog', { name: 'Settings' }).waitFor()
  })
})
