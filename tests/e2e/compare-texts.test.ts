/** A comparison of more text than a panel may hold, in real DevTools: its differences are copied whole. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { connectionOf } from '../helpers/panel-view.ts'
import { SSE_HEAD, startStreamServer, type Answer, type StreamServer } from '../helpers/stream-server.ts'

const COUNT = 1_500
const PAD = '.'.repeat(6_000)
/** Every hundredth event differs. Both streams together are longer than what is kept of texts that were read again. */
const dataOf = (stream: string, n: number) => `{"n":${n},"of":"${n % 100 === 7 ? stream : 'both'}","pad":"${PAD}"}`
const stream =
  (name: string): Answer =>
  (response) => {
    response.writeHead(200, SSE_HEAD)
    for (let n = 0; n < COUNT; n += 1) response.write(`data: ${dataOf(name, n)}\n\n`)
    response.end()
  }

let server: StreamServer
let chromium: Chromium

beforeAll(async () => {
  server = await startStreamServer({ '/first': stream('first'), '/second': stream('second') })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

test('differences whose texts are in the storage are read before they are copied', { timeout: 120_000 }, async () => {
  const page = await chromium.newPage(server.url)
  const { panel } = await chromium.openPanel(page)
  await panel.evaluate((textBound) => chrome.storage.local.set({ textBound }), { bytes: 2 ** 20, beyond: 'store' })
  for (const path of ['/first', '/second']) {
    await page.evaluate(async (url) => void (await (await fetch(url)).text()), path)
    await connectionOf(panel, path, ({ state }) => state === 'completed')
  }
  const list = panel.locator('.connections')
  await list.press('Home')
  await list.press('Shift+ArrowDown')
  await list.press('c')
  await panel.getByRole('tab', { name: 'Events', exact: true }).click()
  const note = panel.locator('.compare-note').last()
  await expect.poll(() => note.textContent()).toContain('1,485 the same · 15 changed')

  await panel.evaluate(() => {
    const seen = { copied: '', busy: [] as string[] }
    Object.assign(globalThis, { seen })
    DataTransfer.prototype.setData = (_type, text) => void (seen.copied = text)
    const noteBusy = () =>
      seen.busy.push(...Array.from(document.querySelectorAll('[aria-busy=true]'), ({ textContent }) => textContent))
    new MutationObserver(noteBusy).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  const look = () => panel.evaluate(() => (globalThis as unknown as { seen: { copied: string; busy: string[] } }).seen)
  await panel.getByRole('button', { name: 'Copy differences' }).click()
  const again = panel.getByRole('button', { name: 'Texts are read: copy them' })
  await expect
    .poll(async () => {
      // On a machine that is very busy, the click is too long ago by then.
      if (await again.isVisible()) await again.click()
      return (await look()).copied.length
    })
    .toBeGreaterThan(0)
  const seen = await look()
  expect(seen.busy.filter((text) => /^Reading texts: \d+ %$/.test(text))).not.toEqual([])
  const lines = Array.from({ length: COUNT / 100 }, (_, hundred) => hundred * 100 + 7).flatMap((n) => [
    `- ${n + 1} message ${dataOf('first', n)}`,
    `+ ${n + 1} message ${dataOf('second', n)}`,
  ])
  expect(seen.copied.split('\n').slice(2)).toEqual(lines)
  await page.close()
})
