import { join } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anthropicAnswer, openaiAnswer, REASONING, TEXT, uiAnswer } from '../chat/answers.ts'
import type { Chat, Outcome } from '../chat/page.ts'
import { bundle } from '../conformance/bundle.ts'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension, ROOT_DIR } from '../helpers/extension.ts'
import { choose, connectionOf, isLive, openTab } from '../helpers/panel-view.ts'
import { pieces, SSE_HEAD, startStreamServer, type Answer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

/** Text that stands in the first part of an answer, before it is held. */
const HALF = TEXT.slice(0, 2).join('')
const WHOLE = TEXT.join('')
const UI_HEAD = { ...SSE_HEAD, 'x-vercel-ai-ui-message-stream': 'v1' }

/** The answer up to the second piece of its text; the rest never comes. */
const half =
  (head: Record<string, string>, events: readonly string[]): Answer =>
  (response) => {
    const last = events.findIndex((event) => event.includes(JSON.stringify(TEXT[1])))
    response.writeHead(200, head)
    response.write(events.slice(0, last + 1).join(''))
  }

/** `same`: fields of the final object, which client and panel must agree on. */
const clients = [
  {
    name: 'openai',
    ask: 'askOpenai',
    path: 'openai',
    url: 'openai/chat/completions',
    reasoning: '',
    finish: 'stop',
    same: ['id', 'model', 'created', 'usage'],
  },
  {
    name: '@anthropic-ai/sdk',
    ask: 'askAnthropic',
    path: 'anthropic',
    url: 'anthropic/v1/messages',
    reasoning: REASONING.join(''),
    finish: 'end_turn',
    same: ['id', 'model', 'role', 'content', 'stop_reason', 'usage'],
  },
  {
    name: 'the transport of ai',
    ask: 'askUi',
    path: 'ui',
    url: 'ui',
    reasoning: REASONING.join(''),
    finish: 'stop',
    same: ['id', 'role'],
  },
] as const
type Client = (typeof clients)[number]

let server: StreamServer
let chromium: Chromium
let page: Page
let panel: Frame

beforeAll(async () => {
  const script = await bundle(join(ROOT_DIR, 'tests/chat/page.ts'))
  server = await startStreamServer({
    '/page': (response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><meta charset=utf-8><title>chat</title><script src="/page.js"></script>')
    },
    '/page.js': (response) => {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' })
      response.end(script)
    },
    '/whole/openai/chat/completions': pieces(SSE_HEAD, ...openaiAnswer()),
    '/whole/anthropic/v1/messages': pieces(SSE_HEAD, ...anthropicAnswer()),
    '/whole/ui': pieces(UI_HEAD, ...uiAnswer()),
    '/unknown': pieces(SSE_HEAD, ...TEXT.map((said) => `data: ${JSON.stringify({ out: { said } })}\n\n`)),
    '/half/openai/chat/completions': half(SSE_HEAD, openaiAnswer()),
    '/half/anthropic/v1/messages': half(SSE_HEAD, anthropicAnswer()),
    '/half/ui': half(UI_HEAD, uiAnswer()),
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
  page = await chromium.newPage(`${server.url}page`)
  panel = (await chromium.openPanel(page)).panel
  // What a user would paste.
  await panel.evaluate(() => {
    DataTransfer.prototype.setData = (_type, text) => Object.assign(globalThis, { copied: text })
  })
})

afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

const ask = ({ ask: name, path }: Client, kind: 'whole' | 'half'): Promise<Outcome> =>
  page.evaluate(
    ([method, url]) => (globalThis as unknown as { chat: Chat }).chat[method](new URL(url, location.href).href),
    [name, `/${kind}/${path}`] as const,
  )

const textOf = async (kind: string) =>
  (await panel.locator(`.turn-part[data-kind=${kind}] .grown-text`).allTextContents()).join('')

async function copied(button: string): Promise<string> {
  await panel.getByRole('button', { name: button, exact: true }).click()
  return panel.evaluate(() => (globalThis as { copied?: string }).copied ?? '')
}

test.for(clients)('$name: page and panel make the same of an answer', async (client) => {
  const outcome = await ask(client, 'whole')
  expect([outcome.text, outcome.reasoning, outcome.error]).toEqual([WHOLE, client.reasoning, ''])
  expect(outcome.finish).toBe(client.finish)
  const row = await connectionOf(panel, `/whole/${client.url}`, (seen) => !isLive(seen))
  expect(row.state).toBe('completed')
  await choose(panel, row)
  await openTab(panel, 'Message')
  await until('the whole text in the panel', async () => (await textOf('text')) === outcome.text)
  expect(await textOf('reasoning')).toBe(outcome.reasoning)
  expect(await panel.locator('.finish').textContent()).toBe(outcome.finish)
  expect(await copied('Copy text')).toBe(outcome.text)
  const final = JSON.parse(await copied('Copy JSON')) as Record<string, unknown>
  const theirs = outcome.final as Record<string, unknown>
  for (const name of client.same) expect([name, final[name]]).toEqual([name, theirs[name]])
  expect(await panel.locator('.sent summary').textContent()).toContain('What is the weather in Rome?')
})

test.for(clients)('$name: Stop in mid-answer is aborted, with the partial turn', async (client) => {
  const asking = ask(client, 'half')
  const row = await connectionOf(panel, `/half/${client.url}`)
  await choose(panel, row)
  await openTab(panel, 'Message')
  await until('the half of the text in the panel', async () => (await textOf('text')) === HALF)
  await page.evaluate(() => (globalThis as unknown as { chat: Chat }).chat.stop())
  const outcome = await asking
  expect(outcome.text).toBe(HALF)
  expect((await connectionOf(panel, `/half/${client.url}`, (seen) => !isLive(seen))).state).toBe('aborted')
  await panel.locator('.turn-cut').waitFor()
  expect(await textOf('text')).toBe(outcome.text)
  expect(await panel.locator('.finish').count()).toBe(0)
})

test('selected text leads to its events, and an event to its text', async () => {
  await choose(panel, await connectionOf(panel, '/whole/openai'))
  await openTab(panel, 'Message')
  await panel.locator('.turn-part[data-kind=text] [data-from]').evaluate((block) => {
    const text = block.firstChild
    if (text !== null) getSelection()?.setBaseAndExtent(text, 7, text, 15)
  })
  await panel.locator('.message-body').press('Shift')
  const bar = panel.locator('.selection-bar')
  await bar.waitFor()
  expect(await bar.textContent()).toContain('Brought by events 3–4 ·')
  expect(await panel.evaluate(() => getSelection()?.toString())).toBe(TEXT.join('').slice(7, 15))
  await bar.getByRole('button', { name: 'Show in Events' }).click()
  expect(await panel.locator('[data-entry][aria-selected=true]').getAttribute('data-entry')).toBe('2')
  expect(await panel.locator('[data-entry].brought').count()).toBe(2)
  await panel.getByRole('button', { name: 'Show in Message' }).click()
  expect(await panel.locator('.marked-text').allTextContents()).toEqual([TEXT[1]])
})

test('a stream of no known format becomes a message by pointing at the text in an event', async () => {
  await page.evaluate(async () => (await fetch('/unknown', { method: 'POST' })).text())
  const row = await connectionOf(panel, '/unknown', (seen) => !isLive(seen))
  await choose(panel, row)
  await openTab(panel, 'Events')
  await panel.locator('[data-entry="1"]').click()
  await panel.getByRole('button', { name: 'Read as chat …' }).click()
  const dialog = panel.getByRole('dialog', { name: 'Rules for chat formats' })
  await dialog.getByRole('radio', { name: '$.out.said' }).check()
  await dialog.getByRole('button', { name: 'Save rule' }).click()
  await openTab(panel, 'Message')
  await until('the text in the panel', async () => (await textOf('text')) === WHOLE)
  expect(await panel.locator('.format-why').textContent()).toContain('your rule My rule finds text at $.out.said')
})
