/** The panel's main states: what it is fed with, and the steps of a user that lead from one to the next. */
import type { Page } from 'playwright-core'
import type { HubToPanel, StreamRecord } from '../../lib/protocol.ts'
import {
  attempt,
  chunk,
  dispatched,
  end,
  head,
  navigated,
  open,
  page,
  reached,
  reason,
  welcome,
} from '../helpers/stream-builders.ts'

const CHAT = 'https://api.test/v1/chat/completions'
const MARKDOWN = '# Colours\n\nSome `code`, a [link](https://example.test/) and a list:\n\n- one\n- two\n\n'

/** Server-sent events of a chat answer, one for each word. */
function chatEvents(text: string): string[] {
  const made = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model: 'test-model-1',
      choices: [{ index: 0, delta, finish_reason: finish }],
    })}\n\n`
  const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Bern"}' } }
  return [
    made({ role: 'assistant', content: '' }),
    ...text.split(/(?<= )/).map((content) => made({ content })),
    made({ tool_calls: [call] }),
    made({}, 'tool_calls'),
  ]
}

const chunks = (c: number, texts: readonly string[]) =>
  texts.map((text, index) => chunk(text, { c, atMs: 200 + index * 40 + (index > 5 ? 900 : 0) }))
const request = {
  headers: [
    ['content-type', 'application/json'],
    ['authorization', 'Bearer abcdef'],
  ] as [string, string][],
  body: {
    kind: 'text' as const,
    text: JSON.stringify({ model: 'test-model-1', stream: true, messages: [{ role: 'user', content: 'Colours?' }] }),
    sizeBytes: 90,
    cut: false,
  },
}

/** Rows of every tone: live ones, completed, failed, aborted and refused ones, and a navigation. */
export function mainMessages(nowMs: number): HubToPanel[] {
  const first = page('d1')
  const second = page('d2')
  const document = (timeOriginMs: number): StreamRecord => ({
    k: 'document',
    n: 0,
    atMs: 0,
    url: 'https://page.test/',
    timeOriginMs,
  })
  const of = (c: number, url: string) => open({ c, url })
  return [
    welcome,
    reached('d1'),
    first.batch(
      document(nowMs - 60_000),
      open({ c: 1, url: CHAT, atMs: 100, ...request }),
      head('text/event-stream', { c: 1 }),
      ...chunks(1, [...chatEvents(MARKDOWN), 'data: [DONE]\n\n']),
      end('done', { c: 1, atMs: 4000 }),
      of(2, 'https://api.test/broken'),
      head('text/event-stream; charset=latin1', { c: 2 }),
      ...chunks(2, [': hello\n\n', 'retry: 2000\n\n', 'id: 7\nevent: tick\ndata: {"a":1}\n\n', 'data: {"cut']),
      end('error', { c: 2, reason: reason('TypeError', 'network error', 'TypeError') }),
      of(3, 'https://api.test/aborted'),
      head('text/event-stream', { c: 3 }),
      ...chunks(3, ['data: 1\n\n']),
      end('abort', {
        c: 3,
        reason: reason('DOMException', 'The user aborted a request.', 'AbortError'),
        by: 'AbortController.abort',
        stack: 'at stop (https://page.test/app.js:3:5)',
      }),
      of(4, 'https://api.test/refused'),
      head('text/html', { c: 4, status: 503, statusText: 'Service Unavailable', declared: 'Accept' }),
      ...chunks(4, ['<h1>busy</h1>']),
      end('done', { c: 4 }),
    ),
    navigated('https://page.test/next', nowMs - 4_000),
    reached('d2', 0, 'https://page.test/next'),
    second.batch(
      document(nowMs - 3_000),
      open({ c: 1, url: `${CHAT}?live`, atMs: 100, ...request }),
      head('text/event-stream', { c: 1 }),
      ...chunks(1, chatEvents(MARKDOWN).slice(0, -2)),
      open({ c: 2, url: 'https://page.test/ticks', transport: 'eventsource', method: 'GET', atMs: 400 }),
      attempt('open', { c: 2, atMs: 500 }),
      dispatched('{"n":1}', { c: 2, atMs: 700 }),
      attempt('reconnecting', { c: 2, atMs: 900 }),
    ),
  ]
}

interface Step {
  readonly name: string
  readonly go: (panel: Page) => Promise<void>
}

const tab = (panel: Page, name: string) => panel.getByRole('tab', { name }).click()
const chooseRow = (panel: Page, part: string) => panel.locator('[data-connection]', { hasText: part }).first().click()
const button = (panel: Page, name: string | RegExp) => panel.getByRole('button', { name, exact: true }).first()
const openTab = (name: string): Step => ({ name: `tab ${name}`, go: (panel) => tab(panel, name) })

/** In this order, each from the one before; the panel has all of `mainMessages`. */
export const STEPS: readonly Step[] = [
  { name: 'list with a live chat', go: (panel) => chooseRow(panel, 'live') },
  { name: 'ended chat', go: (panel) => chooseRow(panel, 'completions') },
  ...['Message', 'Events', 'Timeline', 'Findings', 'Request', 'Response', 'Raw', 'Replay'].map(openTab),
  {
    name: 'replay with mistakes',
    async go(panel) {
      await panel.getByRole('textbox', { name: 'URL' }).fill('http://127.0.0.1:6000/{{where}}')
      await panel.getByRole('table', { name: 'Headers' }).getByLabel('Name of a new row').fill('Cookie')
      await panel.locator('.problems').nth(1).waitFor()
      await panel.locator('.cm-content').waitFor()
    },
  },
  {
    name: 'sets of headers',
    async go(panel) {
      await button(panel, 'Sets ▾').click()
      await panel.getByRole('dialog', { name: 'Sets of headers' }).waitFor()
    },
  },
  {
    name: 'headers as text, and a paste that cannot be read',
    async go(panel) {
      await panel.keyboard.press('Escape')
      await button(panel, 'As text').click()
      await button(panel, 'Paste …').click()
      await button(panel, 'Fill the form').click()
      await panel.getByRole('alert').waitFor()
    },
  },
  {
    name: 'Copy as',
    async go(panel) {
      await panel.keyboard.press('Escape')
      await tab(panel, 'Request')
      await button(panel, /^Copy as/).click()
      await panel.getByRole('menu', { name: 'Copy as' }).waitFor()
    },
  },
  {
    name: 'failed connection with its reasons open',
    async go(panel) {
      await panel.keyboard.press('Escape')
      await chooseRow(panel, 'broken')
      await panel.locator('.state-head > summary').click()
    },
  },
  openTab('Findings'),
  {
    name: 'open event',
    async go(panel) {
      await panel.locator('.state-head > summary').click()
      await tab(panel, 'Events')
      await panel.locator('[data-entry]').nth(2).click()
      await panel.getByRole('region', { name: 'Open event' }).waitFor()
    },
  },
  {
    name: 'find',
    async go(panel) {
      await panel.keyboard.press('Control+f')
      await panel.keyboard.type('a')
    },
  },
  {
    name: 'rows of no event',
    async go(panel) {
      await panel.keyboard.press('Escape')
      await panel.locator('[data-entry]').first().click()
    },
  },
  {
    name: 'columns',
    async go(panel) {
      await button(panel, 'Columns').click()
      await panel.getByRole('dialog', { name: 'Columns' }).waitFor()
    },
  },
  {
    name: 'filter with a suggestion chosen',
    async go(panel) {
      await panel.keyboard.press('Escape')
      await panel.getByRole('combobox', { name: 'Filter connections' }).fill('st')
      await panel.keyboard.press('ArrowDown')
    },
  },
  {
    name: 'filter with a mistake that leaves nothing',
    async go(panel) {
      await panel.getByRole('combobox', { name: 'Filter connections' }).fill('status:nope nothing-like-it')
      await panel.keyboard.press('Escape')
    },
  },
  {
    name: 'search in all connections',
    async go(panel) {
      await panel.getByRole('combobox', { name: 'Filter connections' }).fill('')
      await button(panel, 'Search all').click()
      await panel.keyboard.type('data')
      await panel.keyboard.press('Enter')
    },
  },
  {
    name: 'capture switch',
    async go(panel) {
      await button(panel, 'Search all').click()
      await button(panel, 'Capture').click()
      await panel.getByRole('dialog', { name: 'Capture' }).waitFor()
    },
  },
  {
    name: 'timeline of all connections',
    async go(panel) {
      await panel.keyboard.press('Escape')
      const toggle = button(panel, 'Timeline')
      if ((await toggle.getAttribute('aria-pressed')) !== 'true') await toggle.click()
      await panel.getByRole('application').first().waitFor()
    },
  },
  { name: 'that timeline as a table', go: (panel) => button(panel, 'As a table').click() },
  {
    name: 'rules',
    async go(panel) {
      await button(panel, 'Timeline').click()
      await chooseRow(panel, 'completions')
      await tab(panel, 'Message')
      await button(panel, /^Rules/).click()
      await panel.getByRole('dialog', { name: 'Rules for chat formats' }).waitFor()
    },
  },
  {
    name: 'keys',
    async go(panel) {
      await panel.keyboard.press('Escape')
      await panel.locator('[data-connection]').first().click()
      await panel.keyboard.press('?')
      await panel.getByRole('dialog', { name: 'Keys' }).waitFor()
    },
  },
  {
    name: 'settings',
    async go(panel) {
      await panel.keyboard.press('Escape')
      await button(panel, 'Settings').click()
      await panel.getByRole('dialog', { name: 'Settings' }).waitFor()
    },
  },
  {
    name: 'list grouped by URL',
    async go(panel) {
      await panel.keyboard.press('Escape')
      await panel.getByRole('combobox', { name: 'Group connections' }).selectOption('url')
      await panel.locator('[data-group]').first().click()
    },
  },
]
