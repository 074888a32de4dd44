/** Copying a request out of the real panel, with what DevTools knows of it, and sending it again. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { choose, connectionOf, openTab } from '../helpers/panel-view.ts'
import { SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

const BODY = `{"it's":"a \\"test\\" ü"}\n`

interface Arrived {
  readonly method: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly text: string
}
const arrived: Arrived[] = []
let server: StreamServer
let chromium: Chromium

beforeAll(async () => {
  server = await startStreamServer({
    '/chat': (response, request) => {
      const { method, headers, text } = request
      arrived.push({ method, headers, text })
      response.writeHead(200, SSE_HEAD)
      response.end('data: a\n\n')
    },
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

test('a request copied as cURL with secrets and what the browser added is the same request on the wire', async () => {
  const page = await chromium.newPage(server.url)
  const { panel } = await chromium.openPanel(page)
  await page.evaluate(async (body) => {
    document.cookie = 'sid=cookie-of-the-page'
    const headers = { Authorization: 'Bearer token-12345678', 'Content-Type': 'application/json' }
    await (await fetch('/chat?q=it%27s', { method: 'POST', headers, body })).text()
  }, BODY)
  await choose(panel, await connectionOf(panel, '/chat', ({ state }) => state === 'completed'))
  await openTab(panel, 'Request')
  await panel.evaluate(() => {
    DataTransfer.prototype.setData = (_type, text) => Object.assign(globalThis, { copied: text })
  })
  const copied = () => panel.evaluate(() => (globalThis as { copied?: string }).copied ?? '')
  const button = panel.getByRole('button', { name: 'Copy as' })
  const menu = panel.getByRole('menu', { name: 'Copy as' })

  await button.focus()
  await button.press('Enter')
  await menu.waitFor()
  await until('the first item to have the focus', () =>
    panel.evaluate(() => document.activeElement?.textContent === 'cURL (bash)'),
  )
  const box = await panel.locator('.copy-as').evaluate((element) => {
    const { top, left, right, bottom } = element.getBoundingClientRect()
    return top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight
  })
  expect(box).toBe(true)
  await menu.press('Escape')
  await menu.waitFor({ state: 'hidden' })

  await button.press('Enter')
  await menu.getByRole('menuitem', { name: 'cURL (bash)' }).press('Enter')
  await until('it to be copied', async () => (await copied()) !== '')
  expect(await copied()).not.toMatch(/token-12345678|cookie-of-the-page/)

  await button.press('Enter')
  await menu.getByRole('menuitemcheckbox', { name: 'With headers that the browser added' }).waitFor()
  await menu.getByRole('menuitemcheckbox', { name: 'With secrets' }).press('Enter')
  await menu.getByRole('menuitem', { name: 'cURL (bash)' }).press('Enter')
  const command = await until('it to be copied with secrets', async () => {
    const text = await copied()
    return text.includes('token-12345678') ? text : null
  })
  await promisify(execFile)('bash', ['-c', command])
  const [original, again] = arrived
  if (original === undefined || again === undefined) throw new Error('Not sent twice')
  // What belongs to a connection, or to what the sender can decode.
  const { 'accept-encoding': _, connection: __, ...headers } = original.headers
  const { 'accept-encoding': ___, ...headersAgain } = again.headers
  expect({ ...again, headers: headersAgain }).toEqual({ ...original, headers })
  expect(original.headers.cookie).toBe('sid=cookie-of-the-page')
})
