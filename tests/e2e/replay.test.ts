/** Requests sent again from the real panel in real DevTools: what arrives, and what is shown of it. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { startDemo, type Demo } from '../helpers/demo.ts'
import { builtExtension } from '../helpers/extension.ts'
import { connectionOf, readConnections, readNotices } from '../helpers/panel-view.ts'
import { openEditor, rowOf, send, setField, setHeaders, setWay } from '../helpers/replay-view.ts'
import { SSE_HEAD, startStreamServer, type Answer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

interface Arrived {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}
let arrived: Arrived[] = []
let held: ServerResponse[] = []

const answer =
  (head: Record<string, string>): Answer =>
  (response, request) => {
    const { method = '', url: path = '', headers, text } = request
    arrived.push({ method, path, headers, text })
    response.writeHead(200, head)
    if (!path.startsWith('/held')) return void response.end('data: a\n\ndata: b\n\n')
    response.write('data: 1\n\n')
    held.push(response)
  }

let server: StreamServer
let demo: Demo
let chromium: Chromium

beforeAll(async () => {
  demo = await startDemo()
  server = await startStreamServer({
    '/chat': answer(SSE_HEAD),
    '/held': answer(SSE_HEAD),
    '/closed': answer({ 'content-type': 'text/event-stream' }),
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
  await demo?.close()
})
beforeEach(() => {
  arrived = []
  held = []
})

interface Logged {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

const post = (page: Page, path: string) =>
  page.evaluate(async (url) => {
    const headers = { Authorization: 'Bearer of-the-page', 'Content-Type': 'application/json' }
    await (await fetch(url, { method: 'POST', headers, body: '{"stream":true}' })).text()
  }, path)

/** A page with one chat request, and its editor open in DevTools. */
async function openChat(path = '/chat') {
  const page = await chromium.newPage(server.url)
  const devTools = await chromium.openPanel(page)
  await post(page, path)
  const original = await connectionOf(devTools.panel, path, ({ state }) => state === 'completed')
  await openEditor(devTools.panel, original)
  return { ...devTools, page, original }
}
/** What the sender does not choose. */
const chosen = ({ method, path, headers, text }: Arrived) => {
  const { 'content-length': _, connection: __, ...rest } = headers
  return { method, path, headers: rest, text }
}

test('the demo’s chat sent again with another token: the server gets the same request but for the token, and its answer is a turn', async () => {
  const page = await chromium.newPage(demo.url)
  const { panel, closeDevTools } = await chromium.openPanel(page)
  await fetch(`${demo.url}log`, { method: 'DELETE' })
  await page.locator('#chat-send').click()
  const original = await connectionOf(panel, '/chat', ({ state }) => state === 'completed')
  await openEditor(panel, original)
  await setHeaders(panel, 'Authorization: Bearer another-token', 'Content-Type: application/json')
  const [sent] = await send(panel)
  if (sent === undefined) throw new Error('nothing was sent')
  const run = await rowOf(panel, sent, ({ state }) => state === 'completed')
  expect(run).toMatchObject({ method: 'POST', url: original.url, events: original.events })
  expect(await panel.locator(`[data-connection="${run.key}"] .replay-mark`).getAttribute('aria-label')).toBe(
    'replay of #1',
  )
  const { requests } = (await (await fetch(`${demo.url}log`)).json()) as { requests: readonly Logged[] }
  const [first, again] = requests.filter(({ url }) => url.startsWith('/chat'))
  expect(first?.headers['authorization']).not.toBe('Bearer another-token')
  expect(again?.headers).toEqual({ ...first?.headers, authorization: 'Bearer another-token' })
  await panel.locator('.run .link').click()
  await panel.getByRole('tab', { name: 'Message', exact: true, selected: true }).waitFor()
  await panel.getByRole('button', { name: `replay of #${original.number}` }).click()
  await panel.locator(`.details[aria-label="Connection ${original.number}"]`).waitFor()
  await closeDevTools()
  await page.close()
})

test('sent again unchanged, it is the same request on the wire, and the page’s own fetch is not called', async () => {
  const { page, panel, closeDevTools } = await openChat()
  await page.evaluate(() => {
    const calls: unknown[] = []
    Object.assign(window, { calls })
    window.fetch = (...args) => {
      calls.push(args)
      return Promise.reject(new Error('not for the page'))
    }
  })
  const [sent] = await send(panel)
  if (sent === undefined) throw new Error('nothing was sent')
  await rowOf(panel, sent, ({ state }) => state === 'completed')
  const [original, again] = arrived.map(chosen)
  expect(again).toEqual(original)
  expect(await page.evaluate(() => (window as unknown as { calls: unknown[] }).calls)).toEqual([])
  await closeDevTools()
  await page.close()
})

test('what CORS refuses to the page, the extension gets', async () => {
  const { panel, page, closeDevTools } = await openChat()
  await setField(panel, 'URL', `${server.otherUrl}closed`)
  const [refused] = await send(panel)
  if (refused === undefined) throw new Error('nothing was sent')
  const row = await rowOf(panel, refused, ({ state }) => state !== 'connecting' && state !== 'unreachable')
  expect(row).toMatchObject({ state: 'refused', sentence: expect.stringContaining('CORS') as unknown })
  await setWay(panel, 'extension')
  const [allowed] = await send(panel)
  if (allowed === undefined) throw new Error('nothing was sent')
  expect(await rowOf(panel, allowed, ({ state }) => state === 'completed')).toMatchObject({
    events: '2',
    status: '200',
  })
  expect(arrived.at(-1)).toMatchObject({ method: 'POST', path: '/closed', text: '{"stream":true}' })
  await closeDevTools()
  await page.close()
})

test('two at once with other cookies: each has its own, and the page’s requests meanwhile keep theirs', async () => {
  const { panel, page, closeDevTools } = await openChat()
  await page.evaluate(() => (document.cookie = 'who=page'))
  await setWay(panel, 'extension')
  await setField(panel, 'URL', `${server.url}held`)
  for (const who of ['one', 'two']) {
    await setHeaders(panel, `Cookie: who=${who}`, `User-Agent: agent-${who}`, 'Origin: https://o.example')
    await send(panel)
  }
  await until('both to arrive', () => held.length === 2)
  await post(page, '/chat?meanwhile')
  const told = arrived.filter(({ path }) => path === '/held').map(({ headers }) => headers)
  expect(told.map((headers) => [headers.cookie, headers['user-agent'], headers.origin])).toEqual([
    ['who=one', 'agent-one', 'https://o.example'],
    ['who=two', 'agent-two', 'https://o.example'],
  ])
  const meanwhile = arrived.find(({ path }) => path === '/chat?meanwhile')
  expect(meanwhile?.headers).toMatchObject({ cookie: 'who=page', origin: server.url.slice(0, -1) })
  expect(meanwhile?.headers['user-agent']).toContain('Mozilla')
  const rules = () => panel.evaluate(() => chrome.declarativeNetRequest.getSessionRules())
  expect(await rules()).toEqual([])
  await panel.getByRole('button', { name: 'Stop all', exact: true }).click()
  await until('both to be stopped', async () => {
    const rows = (await readConnections(panel)).filter(({ url }) => url.endsWith('/held'))
    return rows.length === 2 && rows.every(({ state }) => state === 'cancelled')
  })
  await until('the server to see them closed', () => server.closedEarly.filter((path) => path === '/held').length === 2)
  await closeDevTools()
  await page.close()
})

test('fifty repeats, five at once: all are in the list, and page and panel can be used meanwhile', async () => {
  const { panel, page, closeDevTools } = await openChat()
  await setField(panel, 'How often', '50')
  await setField(panel, 'At once', '5')
  await panel.locator('.send-button').click()
  await page.evaluate(() => (document.title = 'in use'))
  expect(await page.title()).toBe('in use')
  await panel.getByRole('tab', { name: 'Raw', exact: true }).click()
  await until('all to be over', async () =>
    /51 connections/.test((await panel.locator('.summary').textContent()) ?? ''),
  )
  await until('the server to have answered all', () => arrived.length === 51)
  expect(new Set(arrived.map(({ text }) => text))).toEqual(new Set(['{"stream":true}']))
  await until('none to go on', async () => !/live/.test((await panel.locator('.summary').textContent()) ?? ''))
  expect(await readNotices(panel)).toBe('')
  await closeDevTools()
  await page.close()
})

test('the page goes elsewhere in mid-replay: it is gone with it, and the next goes out from the new page', async () => {
  const { panel, page, original, closeDevTools } = await openChat()
  await setField(panel, 'URL', `${server.url}held`)
  const [sent] = await send(panel)
  if (sent === undefined) throw new Error('nothing was sent')
  await rowOf(panel, sent, ({ events }) => events === '1')
  await page.goto(`${server.url}?elsewhere`)
  await rowOf(panel, sent, ({ state }) => state === 'page gone')
  await openEditor(panel, original)
  await setField(panel, 'URL', `${server.url}chat?after`)
  const [after] = await send(panel)
  if (after === undefined) throw new Error('nothing was sent')
  await rowOf(panel, after, ({ state }) => state === 'completed')
  expect(arrived.at(-1)?.headers).toMatchObject({ referer: `${server.url}?elsewhere` })
  await closeDevTools()
  await page.close()
})

test('the background worker dies in mid-replay: nothing stops', async () => {
  const { panel, page, closeDevTools } = await openChat()
  const { cdp, extensionId } = chromium
  const workers = async () => {
    const { targetInfos } = await cdp.send('Target.getTargets')
    return targetInfos.filter(({ type, url }) => /worker|background/.test(type) && url.includes(extensionId))
  }
  await setField(panel, 'URL', `${server.url}held`)
  const [asPage] = await send(panel)
  await setWay(panel, 'extension')
  const [asExtension] = await send(panel)
  if (asPage === undefined || asExtension === undefined) throw new Error('not sent')
  await until('both to arrive', () => held.length === 2)
  for (const { targetId } of await workers()) await cdp.send('Target.closeTarget', { targetId })
  await until('the worker to be gone', async () => (await workers()).length === 0)
  for (const response of held) response.end('data: 2\n\n')
  for (const run of [asPage, asExtension])
    expect(await rowOf(panel, run, ({ state }) => state === 'completed')).toMatchObject({ events: '2' })
  await setHeaders(panel, 'Cookie: after=death')
  await setField(panel, 'URL', `${server.url}chat`)
  const [after] = await send(panel)
  if (after === undefined) throw new Error('not sent')
  await rowOf(panel, after, ({ state }) => state === 'completed')
  expect(arrived.at(-1)?.headers).toMatchObject({ cookie: 'after=death' })
  await closeDevTools()
  await page.close()
})

test('an EventSource is resumed after a chosen id, by a real one with headers that it could not set itself', async () => {
  const page = await chromium.newPage(server.url)
  const { panel, closeDevTools } = await chromium.openPanel(page)
  await page.evaluate(() => {
    const source = new EventSource('/chat?source')
    source.addEventListener('error', () => source.close())
  })
  const original = await connectionOf(panel, '/chat?source', ({ state }) => state === 'cancelled')
  await openEditor(panel, original)
  await setWay(panel, 'extension')
  await setField(panel, 'Stop after events', '2')
  await setHeaders(panel, 'Last-Event-ID: 41', 'Authorization: Bearer source')
  const [sent] = await send(panel)
  if (sent === undefined) throw new Error('nothing was sent')
  const row = await rowOf(panel, sent, ({ state }) => state === 'cancelled')
  expect(row).toMatchObject({ transport: 'EventSource', events: '2' })
  expect(row.sentence).toContain('as was set for its number of events')
  expect(arrived[1]?.headers).toMatchObject({
    accept: 'text/event-stream',
    'last-event-id': '41',
    authorization: 'Bearer source',
  })
  await closeDevTools()
  await page.close()
})
