import { gzipSync } from 'node:zlib'
import { setTimeout as pause } from 'node:timers/promises'
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { choose, connectionOf, type ShownConnection } from '../helpers/panel-view.ts'
import { pieces, SSE_HEAD, startStreamServer, type Answer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

/** How long a server, or what is before it, keeps its events to itself. */
const HELD_BACK_MS = 1500

const eventsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => `data: {"n":${first + index}}\n\n`).join('')

/** Events that say when they were made, compressed as one text. */
const heldBack: Answer = async (response) => {
  const startMs = Date.now()
  await pause(HELD_BACK_MS)
  const made = (n: number) => new Date(startMs + n * 60).toISOString()
  const body = Array.from({ length: 24 }, (_, n) => `id: ${n}\ndata: {"created_at":"${made(n)}","n":${n}}\n\n`).join('')
  response.writeHead(200, { ...SSE_HEAD, 'content-encoding': 'gzip', server: 'nginx/1.29.0' })
  response.end(gzipSync(body))
}

const odd = pieces(
  SSE_HEAD,
  eventsFrom(1, 2),
  'Data: lost\n\nretry: 3s\n\n',
  Buffer.concat([Buffer.from('data: <'), Buffer.from([0xff]), Buffer.from('>\n\n')]),
  eventsFrom(3, 200),
)

let server: StreamServer
let chromium: Chromium
let page: Page
let panel: Frame

beforeAll(async () => {
  server = await startStreamServer({
    '/held-back': heldBack,
    '/odd': odd,
    '/healthy': pieces(SSE_HEAD, ...Array.from({ length: 30 }, (_, n) => eventsFrom(n, 1))),
    '/never-read': (response) => {
      response.writeHead(200, SSE_HEAD)
      response.write(eventsFrom(1, 3))
    },
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
  page = await chromium.newPage(server.url)
  panel = (await chromium.openPanel(page)).panel
})

afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

/** The page asks for `path` and reads to the end; gives the row once it is over. */
async function run(path: string): Promise<ShownConnection> {
  await page.evaluate(async (url) => {
    const response = await fetch(url, { method: 'POST', body: '{"stream": true}' })
    const reader = response.body?.getReader()
    while (reader !== undefined && !(await reader.read()).done);
  }, path)
  return connectionOf(panel, path, ({ state }) => !['connecting', 'waiting', 'open'].includes(state))
}

async function openFindings(connection: ShownConnection): Promise<void> {
  await choose(panel, connection)
  await panel.getByRole('tab', { name: 'Findings', exact: true }).click()
}

const card = (rule: string) => panel.locator(`.finding[data-rule="${rule}"]`)
const chosenTab = () => panel.getByRole('tab', { selected: true }).textContent()
const focused = () => panel.evaluate(() => document.activeElement?.textContent ?? '')

test('a stream that something held back is marked in the list, and its finding says who', async () => {
  const connection = await run('/held-back')
  const mark = panel.locator(`[data-connection="${connection.key}"] .finding-mark`)
  await until(
    'the mark in the list',
    async () => (await mark.getAttribute('aria-label')) === 'Finding: Buffered delivery',
  )
  await openFindings(connection)
  const text = (await card('buffered-delivery').textContent()) ?? ''
  expect(text).toMatch(/All 24 events came within \d+ ms, after 1\.\d s of silence\./)
  expect(text).toContain('By their own times (created_at) they were made up to 1.4 s apart')
  expect(text).toContain('Most likely: compression that is not flushed after each event (gzip).')
  expect(text).toContain('proxy_buffering off;')
  expect(await panel.getByRole('tab', { name: 'Findings', exact: true }).getAttribute('aria-description')).toBe(
    'Buffered delivery, Compressed stream',
  )
})

test('evidence leads to the event, which is chosen and has the focus', async () => {
  await openFindings(await connectionOf(panel, '/held-back'))
  await card('buffered-delivery').locator('.link').first().click()
  expect(await chosenTab()).toBe('Events')
  expect(await panel.locator('[data-entry][aria-selected=true]').getAttribute('data-entry')).toBe('0')
  expect(await panel.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Events')
})

test('evidence leads to the header', async () => {
  await openFindings(await connectionOf(panel, '/held-back'))
  await card('buffered-delivery').locator('.link', { hasText: 'Content-Encoding: gzip' }).click()
  expect(await chosenTab()).toBe('Response')
  expect(await focused()).toBe('content-encodinggzip')
})

test('evidence leads to lines that browsers ignore, though they are hidden, and to chunks', async () => {
  const connection = await run('/odd')
  await choose(panel, connection)
  await panel.getByRole('tab', { name: 'Events', exact: true }).click()
  await panel.getByRole('checkbox', { name: 'Show non-events' }).uncheck()
  await openFindings(connection)
  await card('bad-retry').locator('.link').click()
  expect(await panel.locator('[data-entry][aria-selected=true]').textContent()).toContain('retry: 3s')
  await openFindings(connection)
  await card('invalid-utf8').locator('.link').click()
  expect(await chosenTab()).toBe('Raw')
  const shown = panel.locator('.text-row.in-range')
  await shown.first().waitFor()
  expect((await shown.allTextContents()).join('')).toBe('data: <\ufffd>')
})

test('a healthy stream has no finding, and the tab says how much was looked at', async () => {
  const connection = await run('/healthy')
  await openFindings(connection)
  const said = panel.locator('[role=tabpanel] [role=status]')
  expect(await said.textContent()).toMatch(/^Nothing found\. \d+ rules looked at 30 events\.$/)
  expect(await panel.locator(`[data-connection="${connection.key}"] .finding-mark`).count()).toBe(0)
})

test('a body that the page never reads is found while it lives', async () => {
  await page.evaluate(() => {
    void fetch('/never-read').then((response) => Object.assign(globalThis, { kept: response }))
  })
  await openFindings(await connectionOf(panel, '/never-read', ({ state }) => state !== 'connecting'))
  await card('body-never-read').waitFor()
  expect(await card('body-never-read').locator('.state').textContent()).toBe('Warning')
})
