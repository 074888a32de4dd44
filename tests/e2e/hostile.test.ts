import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChromium, type Chromium, type DevToolsPanel } from '../helpers/chromium.ts'
import { startDemo, type Demo } from '../helpers/demo.ts'
import { builtExtension } from '../helpers/extension.ts'
import {
  choose,
  connectionOf,
  eventsOf,
  isLive,
  openTab,
  readConnections,
  readNotices,
  readSummary,
  reloadPanel,
} from '../helpers/panel-view.ts'
import { startRawServer, type RawServer } from '../helpers/raw-server.ts'
import { pieces, SSE_HEAD, startStreamServer, type Answer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'
import { GUESSER, POISONER } from './hostile-pages.ts'
import { MALFORMED } from './malformed-answers.ts'

const PATIENCE_MS = 60_000
const THREE = ['data: one\n\n', 'data: two\n\n', 'data: three\n\n']
const HTML = [
  `<img src=x onerror="globalThis.pwned = 'img'">`,
  `<script>globalThis.pwned = 'script'</script>`,
  `"><svg onload="globalThis.pwned = 'svg'">`,
  `{"<img src=x onerror=globalThis.pwned=1>": "<b>bold</b>"}`,
  `javascript:globalThis.pwned=1`,
]
const html =
  (text: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(text)
  }

let server: StreamServer
let raw: RawServer
let demo: Demo
let chromium: Chromium
let page: Page
let devTools: DevToolsPanel

beforeAll(async () => {
  demo = await startDemo()
  raw = await startRawServer(MALFORMED)
  server = await startStreamServer({
    '/sse': pieces(SSE_HEAD, ...THREE),
    '/short': (response) => response.writeHead(200, SSE_HEAD).end('data: short\n\n') && undefined,
    '/sibling': html('<!doctype html><title>frame</title>'),
    '/poisoner': html(POISONER),
    '/guesser': html(GUESSER),
    '/html': pieces(
      { ...SSE_HEAD, 'x-html': HTML[0] ?? '' },
      ...HTML.map((text, index) => `event: <b>type${index}</b>\nid: <i>${index}</i>\ndata: ${text}\n\n`),
    ),
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
  page = await chromium.newPage(server.url)
  devTools = await chromium.openPanel(page)
})

afterAll(async () => {
  await chromium?.close()
  await server?.close()
  await raw?.close()
  await demo?.close()
})

/** Every test begins with a page and a list of its own: an ordinary stream, which must be there afterwards too. */
beforeEach(async () => {
  const { panel } = devTools
  await page.goto(server.url)
  await reloadPanel(panel)
  await page.evaluate(() => fetch('/sse?ordinary').then((response) => response.text()))
  await connectionOf(panel, '/sse?ordinary', ({ state }) => state === 'completed', PATIENCE_MS)
})

/** The panel answers clicks, and what it showed before is still there, whole. */
async function expectPanelLives(): Promise<void> {
  const { panel } = devTools
  const ordinary = await connectionOf(panel, '/sse?ordinary', undefined, PATIENCE_MS)
  expect(ordinary).toMatchObject({ events: '3', state: 'completed', status: '200' })
  expect((await eventsOf(panel, ordinary)).map(({ data }) => data)).toEqual(['one', 'two', 'three'])
}

/** All events are there and nothing is said to be missing, or some are not there and that is said. */
const isWholeOrSaid =
  (all: string) =>
  ([events, notices]: string[]): boolean =>
    events === all ? notices === '' : /dropped|cut/i.test(notices ?? '')

/** Reads a stream to its end in the page and gives how many bytes it got. */
function drain(url: string): Promise<number> {
  return page.evaluate(async (from) => {
    let sizeBytes = 0
    for await (const chunk of (await fetch(from)).body ?? []) sizeBytes += chunk.length
    return sizeBytes
  }, url)
}

test('bytes that are no UTF-8: shown as the page reads them, and the bytes that came', async () => {
  const { panel } = devTools
  const text = await page.evaluate(
    (url) => fetch(url).then((response) => response.text()),
    `${demo.crossOrigin}bad-utf8?interval=5`,
  )
  const row = await connectionOf(panel, '/bad-utf8', ({ state }) => state === 'completed')
  expect((await eventsOf(panel, row)).map(({ data }) => data)).toEqual(
    [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => data),
  )
  expect(text).toContain('\ufffd')
  await openTab(panel, 'Raw')
  await panel.locator('[title*="not valid UTF-8"]').first().waitFor({ state: 'attached' })
  await expectPanelLives()
})

test('one event of 50 MB by fetch: the page gets it, the panel shows it or says what is missing', async () => {
  const { panel } = devTools
  const size = await drain(`${demo.crossOrigin}big?mb=50`)
  expect(size).toBe(50 * 1024 * 1024 + 'data: \n\n'.length)
  const row = await connectionOf(
    panel,
    '/big',
    ({ state }) => !['connecting', 'waiting', 'open'].includes(state),
    PATIENCE_MS,
  )
  expect(row.state).toBe('completed')
  expect([row.events, await readNotices(panel)]).toSatisfy(isWholeOrSaid('1'))
  await choose(panel, row)
  await openTab(panel, 'Events')
  if (row.events === '1') {
    await panel.locator('[data-entry="0"]').click()
    await panel.locator('.event-detail .text-row').first().waitFor()
  }
  await expectPanelLives()
}, 180_000)

test('one event of 50 MB by EventSource: the page gets it, the panel shows it or says what is missing', async () => {
  const { panel } = devTools
  const length = await page.evaluate(
    (url) =>
      new Promise<number>((resolve) => {
        const source = new EventSource(url)
        source.onmessage = ({ data }) => {
          source.close()
          resolve(String(data).length)
        }
      }),
    `${demo.crossOrigin}big?mb=50`,
  )
  expect(length).toBe(50 * 1024 * 1024)
  const row = await connectionOf(panel, '/big', (seen) => !isLive(seen), PATIENCE_MS)
  expect([row.events, await readNotices(panel)]).toSatisfy(isWholeOrSaid('1'))
  await expectPanelLives()
}, 180_000)

test('a million tiny events: all counted, or what is missing is said; the last one can be looked at', async () => {
  const { panel } = devTools
  await drain(`${demo.crossOrigin}flood?count=1000000`)
  const row = await connectionOf(panel, '/flood', ({ state }) => state !== 'open' && state !== 'waiting', PATIENCE_MS)
  expect([row.events, await readNotices(panel)]).toSatisfy(isWholeOrSaid('1,000,000'))
  await choose(panel, row)
  await openTab(panel, 'Events')
  await panel.locator('.events[role=grid]').press('End')
  const last = panel.locator('[data-entry]').last()
  await until('the last event on screen', async () => ((await last.textContent()) ?? '').includes('{"n":1000000}'))
  await expectPanelLives()
}, 180_000)

test('a page that spoils all built-ins: it works on, nothing of its own is called, and its streams are shown', async () => {
  const { panel } = devTools
  await page.goto(`${server.url}poisoner`)
  const title = await until('the page to be done', async () => /^done\|[^]*/.exec(await page.title())?.[0], PATIENCE_MS)
  const [, fetched, xhr, source, touched] = title.split('|')
  // A title has its white space collapsed.
  const flat = 'data: one data: two data: three'
  expect([fetched?.trim(), xhr?.trim(), source]).toEqual([flat, flat, 'onetwothree'])
  expect(touched?.trim()).toBe('')
  for (const [part, state] of [
    ['poison-fetch', 'completed'],
    ['poison-xhr', 'completed'],
    ['poison-source', 'cancelled'],
  ] as const) {
    const row = await connectionOf(panel, part, (seen) => seen.state === state)
    expect((await eventsOf(panel, row)).map(({ data }) => data)).toEqual(['one', 'two', 'three'])
  }
  expect(await readNotices(panel)).toBe('')
  await expectPanelLives()
})

test('a page that guesses our event names gets nothing out and nothing in', async () => {
  const { panel } = devTools
  await page.goto(`${server.url}guesser`)
  const title = await until('the page to be done', async () => /^done\|[^]*/.exec(await page.title())?.[0], PATIENCE_MS)
  const [, text, stolen] = title.split('|')
  expect(text?.trim()).toBe('data: one data: two data: three')
  // The stream after all the others: what was forged before it would be there by now.
  await page.evaluate(() => fetch('/sse?last').then((response) => response.text()))
  await connectionOf(panel, '?last', ({ state }) => state === 'completed')
  const rows = await readConnections(panel)
  expect(JSON.stringify(rows)).not.toMatch(/forged/i)
  expect(stolen).toBe('')
  expect(rows.map(({ url }) => new URL(url).search)).toEqual([
    '?ordinary',
    '?real',
    '?frame-0',
    '?frame-1',
    '?frame-2',
    '?last',
  ])
  for (const row of rows) {
    expect(row).toMatchObject({ method: 'GET', state: 'completed', events: '3' })
    expect((await eventsOf(panel, row)).map(({ data }) => data)).toEqual(['one', 'two', 'three'])
  }
  expect(await readNotices(panel)).toBe('')
  await expectPanelLives()
})

test('2,000 short streams: each is listed, and the panel still answers', async () => {
  const { panel } = devTools
  await page.evaluate(async () => {
    let next = 0
    const work = async () => {
      for (let n = next++; n < 2000; n = next++) await (await fetch(`/short?${n}`)).text()
    }
    await Promise.all([1, 2, 3, 4, 5, 6].map(work))
  })
  await until(
    'all connections to be listed',
    async () => (await readSummary(panel)).startsWith('2,001 connections · 2,003 events'),
    PATIENCE_MS,
  )
  expect(await readNotices(panel)).toBe('')
  const filter = panel.getByLabel('Filter connections')
  await filter.fill('completed')
  await until('all to be complete', async () => (await readSummary(panel)).startsWith('2,001 of 2,001'))
  await filter.fill('/short?1234')
  const row = await connectionOf(panel, '/short?1234')
  expect((await eventsOf(panel, row)).map(({ data }) => data)).toEqual(['short'])
  await filter.fill('ordinary')
  await expectPanelLives()
  await filter.fill('')
}, 180_000)

test('HTML and scripts in data, types, ids and headers are shown as text', async () => {
  const { panel } = devTools
  await page.evaluate(() =>
    fetch('/html?<script>globalThis.pwned=1</script>', { headers: { 'x-sent': '<img src=x>' } }).then((response) =>
      response.text(),
    ),
  )
  const row = await connectionOf(panel, '/html', ({ state }) => state === 'completed')
  const events = await eventsOf(panel, row)
  expect(events.map(({ data }) => data)).toEqual(HTML)
  expect(events.map(({ type, id }) => [type, id])).toEqual(
    HTML.map((_, index) => [`<b>type${index}</b>`, `<i>${index}</i>`]),
  )
  for (const index of HTML.keys()) {
    await panel.locator(`[data-entry="${index}"]`).click()
    await panel.locator('.event-detail').getByText(`<b>type${index}</b>`).waitFor()
    expect(await panel.locator('.event-detail').textContent()).toContain(index === 3 ? '<b>bold</b>' : HTML[index])
  }
  for (const tab of ['Events', 'Request', 'Response', 'Raw'] as const) {
    await openTab(panel, tab)
    expect(await panel.locator('.details :is(img, script, iframe, i, a, [onload], [onerror])').count()).toBe(0)
  }
  expect(await panel.evaluate(() => 'pwned' in globalThis)).toBe(false)
  await expectPanelLives()
})

test('answers that are hardly HTTP: the panel tells of each what the page was told', async () => {
  const { panel } = devTools
  for (const path of Object.keys(MALFORMED)) {
    const told = await page.evaluate(
      async (url) => {
        let status = 0
        let text = ''
        try {
          const response = await fetch(url)
          ;({ status } = response)
          const decoder = new TextDecoder()
          for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
          return { status, text, ok: true }
        } catch {
          return { status, text, ok: false }
        }
      },
      `${raw.url.slice(0, -1)}${path}?stream=true`,
    )
    const row = await connectionOf(panel, path, (seen) => !isLive(seen))
    const state = told.status >= 400 ? 'HTTP error' : told.ok ? 'completed' : told.status === 0 ? 'unreachable' : 'lost'
    expect([path, row.status, row.state]).toEqual([path, told.status === 0 ? '–' : String(told.status), state])
    expect([path, row.events]).toEqual([path, told.text.includes('data: through\n\n') ? '1' : '0'])
    await choose(panel, row)
    await openTab(panel, 'Response')
    await panel.locator('[role=group][aria-label=Response]').waitFor()
  }
  expect(await readNotices(panel)).toBe('')
  await expectPanelLives()
})

test('a flood while DevTools is closed: the newest events are there, and what was dropped is said', async () => {
  await page.goto(`${server.url}?closed`)
  await devTools.closeDevTools()
  await drain(`${demo.crossOrigin}flood?count=400000`)
  devTools = await chromium.openPanel(page)
  const { panel } = devTools
  const row = await connectionOf(
    panel,
    '/flood',
    ({ state }) => state === 'completed' || state === 'incomplete',
    PATIENCE_MS,
  )
  expect(Number(row.events.replaceAll(',', ''))).toBeLessThan(400_000)
  await choose(panel, row)
  await openTab(panel, 'Events')
  await panel.locator('.events[role=grid]').press('End')
  const last = panel.locator('[data-entry]').last()
  await until('the last event on screen', async () => ((await last.textContent()) ?? '').includes('{"n":400000}'))
  expect(await readNotices(panel)).toMatch(
    /^Dropped in the page before they could be shown, as its journal was full: .*\n.* were dropped before they could be shown/,
  )
}, 180_000)
