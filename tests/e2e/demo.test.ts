import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChromium, type Chromium, type DevToolsPanel } from '../helpers/chromium.ts'
import { startDemo, type Demo } from '../helpers/demo.ts'
import { builtExtension } from '../helpers/extension.ts'
import { choose, eventsOf, isLive, openTab, readConnections, readNotices } from '../helpers/panel-view.ts'
import { until } from '../helpers/until.ts'

const QUERY = '?count=7&interval=25'
const RUN_TIMEOUT_MS = 40_000

interface Logged {
  readonly id: number
  readonly url: string
  readonly end: string | null
}
interface Expected {
  readonly transport: string
  readonly path: string
  readonly method?: string
  readonly state?: string
  readonly status?: string
  /** The events' data, as the page itself got it. */
  readonly data: (output: string) => string[]
  readonly types?: string[]
  /** Ids that count from 1. */
  readonly hasIds?: boolean
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1))
const withoutEnd = (output: string) => output.replace(/\n\[end: [^\n]*\]$/, '')
const withoutSecond = (output: string) => output.split(/^\[(?:second branch|clone)\]$/m)[0] ?? ''
const endLine = (output: string) => /\[end: .*$/.exec(output)?.[0] ?? ''
const lines = (output: string) =>
  withoutEnd(output)
    .split('\n')
    .filter((line) => line !== '')
const blocks = (output: string) => [...withoutSecond(output).matchAll(/^data: (.*)$/gm)].map(([, data]) => data ?? '')

const fetched: Expected = { transport: 'fetch', path: '/sse', data: blocks, hasIds: true }
const BUTTONS: Record<string, Expected> = {
  'chat-send': { transport: 'fetch', path: '/chat', method: 'POST', data: blocks },
  'run-eventsource': { transport: 'EventSource', path: '/sse', state: 'cancelled', data: lines, hasIds: true },
  'run-named': {
    transport: 'EventSource',
    path: '/named',
    state: 'HTTP error',
    status: '204',
    // `type id: data`, where the data may have a line end in it.
    data: (output) =>
      withoutEnd(output)
        .split(/^(?:message|progress|note) \d+: /m)
        .slice(1)
        .map((data) => data.trimEnd().replaceAll('\n', '↵')),
    types: ['message', 'progress', 'note', 'message', 'progress', 'note', 'message', 'progress', 'note', 'message'],
    hasIds: true,
  },
  'run-nest-sse': { transport: 'EventSource', path: '/nest-sse', state: 'cancelled', data: lines, hasIds: true },
  'run-fetch-event-source': { transport: 'fetch', path: '/chat', method: 'POST', data: lines },
  'run-for-await': fetched,
  'run-pipe-through': fetched,
  'run-byob': fetched,
  'run-tee': fetched,
  'run-clone': fetched,
  'run-text': fetched,
  'run-ndjson': { transport: 'fetch', path: '/ndjson', data: lines },
  'run-xhr': { ...fetched, transport: 'XHR' },
  'run-wrong-type': { ...fetched, path: '/wrong-type' },
  'run-fails': { ...fetched, path: '/fails', state: 'lost' },
}

let demo: Demo
let chromium: Chromium
let page: Page
let devTools: DevToolsPanel
/** Each button's text in a browser without the extension. */
const native = new Map<string, string>()

beforeAll(async () => {
  demo = await startDemo()
  const plain = await launchChromium({ extension: null })
  try {
    const bare = await plain.newPage(demo.url + QUERY)
    for (const id of [...Object.keys(BUTTONS), 'run-json']) native.set(id, await press(bare, id))
    native.set('stopped', await pressAndStop(bare))
  } finally {
    await plain.close()
  }
  chromium = await launchChromium({ extension: builtExtension('chrome') })
  page = await chromium.newPage(demo.url + QUERY)
  devTools = await chromium.openPanel(page)
})

afterAll(async () => {
  await chromium?.close()
  await demo?.close()
})

/** Presses a button of the demo and gives what the page wrote, once it has ended. */
async function press(on: Page, id: string): Promise<string> {
  await on.locator(`#${id}`).click()
  return ended(on, id)
}

function ended(on: Page, id: string): Promise<string> {
  const read = async () => {
    const text = (await on.locator(`output[data-for="${id}"]`).textContent()) ?? ''
    return /\[end: [^\n]*\]$/.test(text) ? text : null
  }
  return until(`the end of ${id}`, read, RUN_TIMEOUT_MS)
}

/** Sends in the chat and presses Stop in the page itself as soon as the third event is there, however slow all else is. */
async function pressAndStop(on: Page): Promise<string> {
  await on.evaluate(() => {
    const output = document.querySelector('output[data-for="chat-send"]')
    const watcher = new MutationObserver(() => {
      if ((output?.textContent?.match(/^data: /gm)?.length ?? 0) < 3) return
      watcher.disconnect()
      document.getElementById('chat-stop')?.click()
    })
    if (output !== null) watcher.observe(output, { childList: true })
  })
  return press(on, 'chat-send')
}

async function logged(path: string): Promise<Logged[]> {
  const log = (await (await fetch(`${demo.url}log`)).json()) as { requests: Logged[] }
  return log.requests.filter(({ url }) => url.startsWith(path))
}

test.for(Object.entries(BUTTONS))(
  '%s: the page gets what it gets without us, and the panel shows all of it',
  async ([id, expected]) => {
    const { panel } = devTools
    const before = await readConnections(panel)
    const output = await press(page, id)
    // How much comes through before a connection breaks is chance in every browser.
    const same = id === 'run-fails' ? endLine : (text: string) => text
    expect(same(output)).toBe(same(native.get(id) ?? ''))

    const rows = await until('the new connection to end', async () => {
      const now = await readConnections(panel)
      if (now.length <= before.length || now.some(isLive)) return null
      // DevTools tells the status of an EventSource's last attempt a moment later.
      const last = now.at(-1)
      return last?.state === (expected.state ?? 'completed') && last.status !== '–' ? now : null
    })
    expect(rows).toHaveLength(before.length + 1)
    const row = rows.at(-1)
    if (row === undefined) throw new Error('no row')
    const { transport, path, method = 'GET', state = 'completed', status = '200' } = expected
    expect(row).toMatchObject({ number: String(rows.length), method, transport, state, frame: '' })
    expect(new URL(row.url).pathname).toBe(path)
    expect(row.url.startsWith(demo.url)).toBe(true)
    expect(row.status).toBe(status)

    const data = expected.data(output)
    const events = await eventsOf(panel, row)
    // A cell shows the beginning of long data; the whole is in the opened event.
    expect(events.map((event) => event.data)).toEqual(
      data.map((text) => (text.length > 400 ? `${text.slice(0, 400)}…` : text)),
    )
    expect(row.events).toBe(String(data.length))
    expect(events.map(({ number }) => number)).toEqual(numbers(data.length))
    expect(events.map(({ type }) => type)).toEqual(expected.types ?? data.map(() => 'message'))
    expect(events.map((event) => event.id)).toEqual(
      expected.hasIds === true ? numbers(data.length) : data.map(() => ''),
    )
    const times = events.map(({ sinceS }) => sinceS)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    // A chat takes seconds: its events came one by one, and are shown so.
    expect(new Set(times).size).toBeGreaterThan(path === '/chat' ? 1 : 0)
    expect(await readNotices(panel)).toBe('')
  },
)

test('plain JSON is left alone and not listed', async () => {
  const { panel } = devTools
  const before = await readConnections(panel)
  expect(await press(page, 'run-json')).toBe(native.get('run-json'))
  // What comes after it is there, so it would be too.
  await press(page, 'run-for-await')
  const after = await until('the stream after it', async () => {
    const rows = await readConnections(panel)
    return rows.length > before.length ? rows : null
  })
  expect(after).toHaveLength(before.length + 1)
  expect(after.at(-1)?.url).toContain('/sse')
})

test("the chat's request is shown as the page sent it", async () => {
  const { panel } = devTools
  const [chat] = (await readConnections(panel)).filter(({ url }) => url.includes('/chat'))
  if (chat === undefined) throw new Error('no chat in the panel')
  await choose(panel, chat)
  await openTab(panel, 'Request')
  const view = panel.locator('[role=group][aria-label=Request]')
  const fields = await view
    .locator('tr')
    .evaluateAll((rows) =>
      rows.map((row) => [row.querySelector('th')?.textContent ?? '', row.querySelector('td')?.textContent ?? '']),
    )
  expect(fields).toContainEqual(['Method', 'POST'])
  expect(fields).toContainEqual(['Authorization', 'Bearer demo-token'])
  expect(fields).toContainEqual(['Content-Type', 'application/json'])
  expect(fields.find(([name]) => name === 'URL')?.[1]).toContain(`${demo.url}chat`)
  await view.getByRole('button', { name: 'As text' }).click()
  const body: unknown = JSON.parse((await view.locator('.body-text pre').textContent()) ?? '')
  expect(body).toEqual({
    model: 'demo-1',
    stream: true,
    messages: [{ role: 'user', content: 'Why is the sky blue, and why is the sea?' }],
  })
})

test('a whole event opens at a click, JSON as a tree and as text', async () => {
  const { panel } = devTools
  const [chat] = (await readConnections(panel)).filter(({ url }) => url.includes('/chat'))
  if (chat === undefined) throw new Error('no chat in the panel')
  const events = await eventsOf(panel, chat)
  await panel.locator('.events').evaluate((list) => (list.scrollTop = 0))
  await panel.locator('[data-entry="1"]').click()
  const detail = panel.locator('.event-detail')
  await detail.locator('[role=treeitem]').first().waitFor()
  await detail.getByRole('button', { name: 'As text' }).click()
  const text = (await detail.locator('pre').textContent()) ?? ''
  expect(text).toBe(events[1]?.data)
  expect(JSON.parse(text)).toMatchObject({ object: 'chat.completion.chunk' })
})

test('Stop in mid-answer: the page, the panel and the server all say so', async () => {
  const { panel } = devTools
  const before = await readConnections(panel)
  const output = await pressAndStop(page)
  expect(endLine(output)).toContain('AbortError')
  expect(endLine(output)).toBe(endLine(native.get('stopped') ?? ''))
  const row = await until('the aborted chat', async () => {
    const now = await readConnections(panel)
    const last = now.at(-1)
    return now.length === before.length + 1 && last && !isLive(last) ? last : null
  })
  expect(row).toMatchObject({ method: 'POST', transport: 'fetch', status: '200', state: 'aborted' })
  expect(row.sentence).toMatch(/^Aborted by the page .* after \d+ events?/)
  expect((await eventsOf(panel, row)).map(({ data }) => data)).toEqual(blocks(output))
  await expect.poll(async () => (await logged('/chat')).at(-1)?.end).toBe('client-closed')
})
