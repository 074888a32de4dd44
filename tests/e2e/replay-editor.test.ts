/** The request editor in real DevTools: what is typed there is what a server gets. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Chromium, launchChromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { choose, connectionOf, openTab } from '../helpers/panel-view.ts'
import { SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

const BODY = '{"model":"m","n":12345678901234567890}'

interface Arrived {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly text: string
}
let arrived: Arrived[] = []
let server: StreamServer
let chromium: Chromium

beforeAll(async () => {
  server = await startStreamServer({
    '/chat': (response, request) => {
      const { method, url, headers, text } = request
      arrived.push({ method, url, headers, text })
      response.writeHead(200, SSE_HEAD)
      response.end('id: 7\ndata: a\n\n')
    },
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

/** A page that asked once, and the editor open on what it asked. `ask` runs in the page. */
async function withEditor(ask: (page: Page) => Promise<void>, use: (panel: Frame, page: Page) => Promise<void>) {
  arrived = []
  const page = await chromium.newPage(server.url)
  try {
    const { panel } = await chromium.openPanel(page)
    await ask(page)
    await choose(panel, await connectionOf(panel, '/chat', ({ state }) => state === 'completed'))
    await openTab(panel, 'Replay')
    await use(panel, page)
  } finally {
    await page.close()
  }
}

const askJson = (page: Page) =>
  page.evaluate(async (body) => {
    const headers = { Authorization: 'Bearer one', 'Content-Type': 'application/json' }
    await (await fetch('/chat?q=a%20b&q=%ff', { method: 'POST', headers, body })).text()
  }, BODY)

const field = (panel: Frame, name: string) => panel.getByRole('textbox', { name, exact: true })
const table = (panel: Frame, name: string) => panel.getByRole('table', { name, exact: true })
const button = (panel: Frame, name: string) => panel.getByRole('button', { name, exact: true })
const send = (panel: Frame) => button(panel, 'Send').click()
const sent = (count: number) => until(`request ${count}`, () => (arrived.length >= count ? arrived[count - 1] : null))

test('a changed header arrives, and the rest of the request is as it was', async () => {
  await withEditor(askJson, async (panel) => {
    const headers = table(panel, 'Headers')
    await headers.getByLabel('Row 1: value').fill('Bearer two')
    await headers.getByLabel('Name of a new row').pressSequentially('X-New')
    await headers.getByLabel('Row 3: value').fill('yes')
    await send(panel)
    const { headers: got, ...again } = await sent(2)
    const [{ headers: before, ...original } = {} as Arrived] = arrived
    expect(again).toEqual(original)
    const { 'x-new': added, authorization, ...others } = got
    expect([added, authorization]).toEqual(['yes', 'Bearer two'])
    const { authorization: _, ...othersBefore } = before
    expect(others).toEqual(othersBefore)
    await panel.locator('.run').waitFor()
  })
})

test('R opens the editor with the focus in the URL; URL and query stay in step, and Ctrl+Enter sends', async () => {
  await withEditor(askJson, async (panel) => {
    await openTab(panel, 'Events')
    await panel.locator('.events[role=grid]').press('r')
    await panel.locator('.replay-view .url-field:focus').waitFor()
    const url = field(panel, 'URL')
    const query = table(panel, 'Query')
    const value = (label: string) => query.getByLabel(label, { exact: true }).inputValue()
    expect([await value('Row 1: value'), await value('Row 2: value')]).toEqual(['a b', '%ff'])
    await query.getByLabel('Row 1: value').fill('c&d')
    expect(await url.inputValue()).toMatch(/\?q=c%26d&q=%ff$/)
    await url.press('End')
    await url.pressSequentially('&last=1')
    expect([await value('Row 3: name'), await value('Row 3: value')]).toEqual(['last', '1'])
    await query.getByLabel('Row 2: send it').press('Space')
    await url.press('Control+Enter')
    expect((await sent(2)).url).toBe('/chat?q=c%26d&last=1')
  })
})

test('undo and redo go over the whole form, the text editor included, and a draft stays with its connection', async () => {
  await withEditor(askJson, async (panel, page) => {
    const code = panel.locator('.cm-content')
    await code.click()
    await code.press('Control+End')
    await code.press('Backspace')
    await panel.locator('.problems', { hasText: 'It is sent as it is.' }).waitFor()
    await panel.locator('.cm-lint-marker-error').waitFor()
    await panel.getByRole('combobox', { name: 'mode' }).selectOption('same-origin')
    await page.evaluate(async () => void (await (await fetch('/chat?other')).text()))
    const other = await connectionOf(panel, '/chat?other')
    await choose(panel, other)
    expect(await field(panel, 'URL').inputValue()).toContain('/chat?other')
    await choose(panel, await connectionOf(panel, '/chat?q='))
    expect(await panel.getByRole('combobox', { name: 'mode' }).inputValue()).toBe('same-origin')
    await field(panel, 'URL').press('Control+z')
    expect(await panel.getByRole('combobox', { name: 'mode' }).inputValue()).toBe('cors')
    await panel.locator('.cm-content').press('Control+z')
    await until('the text to be whole', async () => (await panel.locator('.cm-content').textContent()) === BODY)
    await button(panel, 'Redo').click()
    await until('the last change again', async () => (await panel.locator('.cm-content').textContent()) !== BODY)
    await button(panel, 'Reset').click()
    await send(panel)
    await until('the request as it was', () => arrived.some(({ text }, i) => i > 0 && text === BODY))
  })
})

test('mistakes are said at their fields, nothing is sent, and nothing of the form is lost', async () => {
  await withEditor(askJson, async (panel) => {
    const url = field(panel, 'URL')
    const whole = await url.inputValue()
    const problems = panel.locator('.problems')
    const isSent = async (text: string, message: string) => {
      await url.fill(text)
      await problems.filter({ hasText: message }).first().waitFor()
      await send(panel)
      await panel.locator('.url-field:focus').waitFor()
    }
    await isSent('http://', 'no URL')
    await isSent('http://127.0.0.1:6000/', 'port 6000')
    await isSent(`${server.url}{{where}}`, 'The variable where has no value')
    await table(panel, 'Variables').getByLabel('Value of where').fill('chat?by=variable')
    await problems.filter({ hasText: 'where' }).waitFor({ state: 'detached' })
    await table(panel, 'Headers').getByLabel('Row 1: name').fill('Not a name')
    await problems.filter({ hasText: 'no name of a header' }).waitFor()
    await send(panel)
    await until('the focus at the header', () =>
      panel.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Row 1: name'),
    )
    await field(panel, 'Timeout, in ms').fill('soon')
    await problems.filter({ hasText: 'whole number' }).waitFor()
    expect(arrived).toHaveLength(1)
    await field(panel, 'Timeout, in ms').fill('')
    await table(panel, 'Headers').getByLabel('Row 1: name').fill('X-Ok')
    expect(await panel.locator('.cm-content').textContent()).toBe(BODY)
    await send(panel)
    expect(await sent(2)).toMatchObject({ url: '/chat?by=variable', text: BODY, headers: { 'x-ok': 'Bearer one' } })
    await url.fill(whole)
  })
})

test('what the browser keeps for itself is said at the header before sending, with the way on', async () => {
  await withEditor(askJson, async (panel) => {
    const headers = table(panel, 'Headers')
    await headers.getByLabel('Name of a new row').fill('User-Agent')
    await headers.getByLabel('Row 3: value').fill('agent/1')
    await headers.getByText('let a page set User-Agent').waitFor()
    await headers.getByRole('button', { name: 'Send as the extension' }).click()
    await headers.getByText('let a page set User-Agent').waitFor({ state: 'detached' })
    expect(await panel.getByRole('combobox', { name: 'From where' }).inputValue()).toBe('extension')
    await send(panel)
    expect((await sent(2)).headers['user-agent']).toBe('agent/1')
  })
})

test('a body that was not recorded is said, and can be given or left out', async () => {
  const askForm = (page: Page) =>
    page.evaluate(async () => {
      const form = new FormData()
      form.append('a', '1')
      form.append('up', new File(['original'], 'cat.txt', { type: 'text/plain' }))
      await (await fetch('/chat', { method: 'POST', body: form })).text()
    })
  const folder = mkdtempSync(join(tmpdir(), 'streamscope-'))
  try {
    writeFileSync(join(folder, 'dog.txt'), 'chosen\0again')
    await withEditor(askForm, async (panel) => {
      await panel.getByText('1 file has to be chosen again.').waitFor()
      await send(panel)
      expect(arrived).toHaveLength(1)
      await panel.getByLabel('File for up').setInputFiles(join(folder, 'dog.txt'))
      await table(panel, 'Form entries').getByLabel('Row 1: value').fill('2')
      await panel.getByText('1 file has to be chosen again.').waitFor({ state: 'detached' })
      await send(panel)
      const { text, headers } = await sent(2)
      expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
      expect(text).toMatch(
        /name="a"\r\n\r\n2\r\n[^]*filename="dog\.txt"\r\nContent-Type: text\/plain\r\n\r\nchosen\0again\r\n/,
      )
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a pasted curl command fills the form, says what it left out, and is sent', async () => {
  await withEditor(askJson, async (panel) => {
    await button(panel, 'Paste …').click()
    const dialog = panel.getByRole('dialog', { name: 'Paste a request' })
    const text = dialog.getByRole('textbox', { name: 'Command or code' })
    await text.fill('nothing like it')
    await dialog.getByRole('button', { name: 'Fill the form' }).click()
    await dialog.getByText('There is no curl command in this text.').waitFor()
    await text.fill(`curl -x proxy:1 '${server.url}chat?pasted' -H 'X-P: 1' --data-raw 'a=1&b=%20'`)
    await text.press('Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    await panel.getByText('The option --proxy is left out.').waitFor()
    expect(await table(panel, 'Form fields').getByLabel('Row 2: value').inputValue()).toBe(' ')
    await send(panel)
    expect(await sent(2)).toMatchObject({
      method: 'POST',
      url: '/chat?pasted',
      text: 'a=1&b=%20',
      headers: { 'x-p': '1', 'content-type': 'application/x-www-form-urlencoded' },
    })
    await field(panel, 'URL').press('Control+z')
    expect(await field(panel, 'URL').inputValue()).toMatch(/q=a%20b/)
  })
})

test('an EventSource goes on after its last event by fetch, with headers of its own', async () => {
  const askSource = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const source = new EventSource('/chat?source')
          source.addEventListener('message', () => {
            source.close()
            resolve()
          })
        }),
    )
  arrived = []
  const page = await chromium.newPage(server.url)
  try {
    const { panel } = await chromium.openPanel(page)
    await askSource(page)
    await choose(panel, await connectionOf(panel, '/chat?source', ({ events }) => events === '1'))
    await openTab(panel, 'Replay')
    await button(panel, 'Go on after the last event').click()
    await panel.getByText('An EventSource of the page sends no headers').first().waitFor()
    await panel.getByRole('combobox', { name: 'By', exact: true }).selectOption('fetch')
    await panel.getByText('An EventSource of the page sends no headers').waitFor({ state: 'detached' })
    await send(panel)
    expect((await sent(2)).headers).toMatchObject({ accept: 'text/event-stream', 'last-event-id': '7' })
  } finally {
    await page.close()
  }
})

/** DevTools' own commands for its Network panel; text, as test runners rewrite "import()" in functions. */
const COPIED_BY_DEVTOOLS = `(async () => {
  const { NetworkLogView } = await import('devtools://devtools/bundled/panels/network/network.js')
  const logs = await import('devtools://devtools/bundled/models/logs/logs.js')
  const request = logs.NetworkLog.NetworkLog.instance().requests().find((one) => one.url().includes('/chat'))
  const view = NetworkLogView.NetworkLogView
  return [await view.generateCurlCommand(request, 'unix'), await view.prototype.generateFetchCall(request, 0)]
})()`

test('what DevTools itself copies comes back as the same request', async () => {
  const body = `{"it's":"a \\"test\\" 100% $HOME !bang é 🎉 \\\\"}\n`
  arrived = []
  const page = await chromium.newPage(server.url)
  try {
    const { panel, frontend } = await chromium.openPanel(page)
    await page.evaluate(async (text) => {
      const headers = { Authorization: `Bearer "it's" %x% \\`, 'Content-Type': 'application/json' }
      await (await fetch(`/chat?q=it's[1]{2}&e=$HOME`, { method: 'POST', headers, body: text })).text()
    }, body)
    await choose(panel, await connectionOf(panel, '/chat', ({ state }) => state === 'completed'))
    await openTab(panel, 'Replay')
    const copied = await frontend.evaluate<string[]>(COPIED_BY_DEVTOOLS)
    for (const [index, text] of copied.entries()) {
      await field(panel, 'URL').fill('http://changed.test/')
      await button(panel, 'Paste …').click()
      await panel.getByRole('textbox', { name: 'Command or code' }).fill(text)
      await button(panel, 'Fill the form').click()
      await panel.getByRole('dialog', { name: 'Paste a request' }).waitFor({ state: 'detached' })
      const switchOff = panel.getByRole('button', { name: /^Switch off what a page cannot set/ })
      if (await switchOff.isVisible()) await switchOff.click()
      await send(panel)
      const { headers: got, ...again } = await sent(index + 2)
      const [{ headers: before, ...original } = {} as Arrived] = arrived
      expect(again).toEqual(original)
      expect(got).toEqual(before)
    }
    expect(copied).toHaveLength(2)
  } finally {
    await page.close()
  }
})

test('headers are kept as a set and applied to another connection', async () => {
  await withEditor(askJson, async (panel, page) => {
    const sets = panel.getByRole('dialog', { name: 'Sets of headers' })
    await button(panel, 'Sets ▾').click()
    await sets.getByLabel('Name of the set').fill('staging')
    await sets.getByRole('button', { name: 'Save these headers' }).click()
    await page.evaluate(async () => void (await (await fetch('/chat?bare')).text()))
    await choose(panel, await connectionOf(panel, '/chat?bare', ({ state }) => state === 'completed'))
    await button(panel, 'Sets ▾').click()
    await sets.getByRole('button', { name: 'Apply staging' }).click()
    await sets.press('Escape')
    await send(panel)
    expect((await sent(3)).headers.authorization).toBe('Bearer one')
  })
})
