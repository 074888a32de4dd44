/** What DevTools knows of an exchange, at the right connection. */
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFaultServer, type FaultServer } from '../../demo/faults/server.ts'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import {
  choose,
  connectionOf,
  openTab,
  readConnections,
  reloadPanel,
  type ShownConnection,
} from '../helpers/panel-view.ts'
import { pieces, SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

let faults: FaultServer
let plain: StreamServer
let chromium: Chromium

beforeAll(async () => {
  faults = await startFaultServer()
  plain = await startStreamServer({
    '/cached': pieces({ ...SSE_HEAD, 'cache-control': 'max-age=600' }, 'data: a\n\n'),
    '/hidden': pieces({ ...SSE_HEAD, 'x-backend': 'blue' }, 'data: a\n\n'),
  })
  chromium = await launchChromium({ extension: builtExtension('chrome'), trustedKeyHash: faults.publicKeyHash })
})
afterAll(async () => {
  await chromium?.close()
  await plain?.close()
  await faults?.close()
})

async function withPanel(use: (page: Page, panel: Frame) => Promise<void>): Promise<void> {
  const page = await chromium.newPage(`${faults.origin}/page`)
  try {
    const { panel } = await chromium.openPanel(page)
    await use(page, panel)
  } finally {
    await page.close()
  }
}

/** Starts requests in one go and reads each to its end. */
const read = (page: Page, ...urls: readonly string[]) =>
  page.evaluate((all) => {
    for (const url of all)
      fetch(url)
        .then(
          (response) => response.text(),
          () => {},
        )
        .catch(() => {})
  }, urls)

/** The fields of the connection's Network sections, newest first, once there are `count` of them. */
async function networkOf(panel: Frame, connection: ShownConnection, count = 1): Promise<Record<string, string>[]> {
  await choose(panel, connection)
  await openTab(panel, 'Response')
  return until(`${count} exchanges of ${connection.url}`, async () => {
    const all = await panel
      .locator('.section', { hasText: 'Network (from DevTools)' })
      .evaluateAll((sections) =>
        sections.map((section) =>
          Object.fromEntries(
            [...section.querySelectorAll('tr')].map(({ cells: [name, value] }) => [
              name?.textContent ?? '',
              value?.textContent ?? '',
            ]),
          ),
        ),
      )
    return all.length === count && all.every((fields) => 'Started' in fields) ? all : null
  })
}

test('of two equal requests at the same time, the reset one and the whole one are told apart', () =>
  withPanel(async (page, panel) => {
    const url = faults.url({ tag: 'twins', attempts: 'rst,ok', at: 'event:3', events: 3, wait: 'event:2@twins' })
    await read(page, url, url)
    await until('both to be on their way', async () => {
      const rows = await readConnections(panel)
      return rows.length === 2 && rows.every(({ events }) => Number(events) >= 2)
    })
    faults.open('twins')
    const rows = await until('both to end', async () => {
      const now = await readConnections(panel)
      return now.length === 2 && now.every(({ state }) => state === 'completed' || state === 'lost') ? now : null
    })
    expect(rows.map(({ state }) => state).toSorted()).toEqual(['completed', 'lost'])
    for (const row of rows) {
      const [network] = await networkOf(panel, row)
      expect(network?.['Net error']).toBe(row.state === 'lost' ? 'net::ERR_CONNECTION_RESET' : undefined)
    }
  }))

test('what failed before an answer has the browser’s own word for it', () =>
  withPanel(async (page, panel) => {
    await read(page, `${faults.refusedOrigin}/refused?stream=true`, `${faults.unknownHost}/unknown?stream=true`)
    for (const [part, netError] of [
      ['/refused', 'net::ERR_CONNECTION_REFUSED'],
      ['/unknown', 'net::ERR_NAME_NOT_RESOLVED'],
    ] as const) {
      const row = await connectionOf(panel, part, ({ sentence }) => sentence.includes(netError))
      expect(row.state).toBe('unreachable')
      expect((await networkOf(panel, row))[0]).toMatchObject({ 'Net error': netError, Status: 'No answer' })
    }
  }))

test('HTTP/2, its remote address, and a stream that the server reset', () =>
  withPanel(async (page, panel) => {
    await read(page, faults.tlsUrl({ tag: 'whole' }), faults.tlsUrl({ tag: 'cut', at: 'event:2', do: 'rst', code: 2 }))
    const whole = await connectionOf(panel, 'tag=whole', ({ state }) => state === 'completed')
    expect((await networkOf(panel, whole))[0]).toMatchObject({
      Protocol: 'h2',
      'Remote address': '127.0.0.1',
      'From cache': 'No',
    })
    const cut = await connectionOf(panel, 'tag=cut', ({ state }) => state === 'lost')
    expect((await networkOf(panel, cut))[0]).toMatchObject({ 'Net error': 'net::ERR_HTTP2_PROTOCOL_ERROR' })
  }))

test('an answer from the cache, and a redirect with what it led to', () =>
  withPanel(async (page, panel) => {
    const cached = `${plain.url}cached`
    await page.evaluate(async (url) => {
      await (await fetch(url)).text()
      await (await fetch(url)).text()
    }, cached)
    const rows = await until('both to be over', async () => {
      const now = await readConnections(panel)
      return now.length === 2 && now.every(({ state }) => state === 'completed') ? now : null
    })
    const fromCache: (string | undefined)[] = []
    for (const row of rows) fromCache.push((await networkOf(panel, row))[0]?.['From cache'])
    expect(fromCache).toEqual(['No', 'Yes'])

    await read(page, faults.url({ tag: 'moved', redirects: 1 }))
    const moved = await connectionOf(panel, 'tag=moved', ({ state }) => state === 'completed')
    const [last, first] = await networkOf(panel, moved, 2)
    expect(first).toMatchObject({ Status: '302', 'Redirected to': expect.stringContaining('tag=moved') })
    expect(last).toMatchObject({ Status: '200' })
  }))

test('headers that the page may not see are shown as such', () =>
  withPanel(async (page, panel) => {
    await read(page, `${plain.url}hidden`)
    const row = await connectionOf(panel, '/hidden', ({ state }) => state === 'completed')
    await networkOf(panel, row)
    const headers = panel.locator('.subsection', { hasText: 'Response headers that the page cannot see' })
    await headers.locator('summary').click()
    expect(await headers.locator('tr', { hasText: 'x-backend' }).textContent()).toContain('blue')
  }))

test('an EventSource says by what the server told when it tries again and what it will send', () =>
  withPanel(async (page, panel) => {
    const url = faults.url({ tag: 'again', retry: 60_000, events: 3, firstId: 40 })
    await page.evaluate((from) => Object.assign(globalThis, { source: new EventSource(from) }), url)
    const row = await connectionOf(panel, 'tag=again', ({ sentence }) => sentence.includes("the server's retry"))
    expect(row.state).toBe('reconnecting')
    expect(row.sentence).toMatch(
      /^Reconnecting: attempt 2, next try in about \d.* \(the server's retry: 60000 ms\), will send Last-Event-ID 42\.$/,
    )
    expect((await networkOf(panel, row))[0]).toMatchObject({ retry: '60000 ms', 'Last event id': '42' })
  }))

test('a panel that is shown late, or loaded again, knows what DevTools knew before', async () => {
  const page = await chromium.newPage(`${faults.origin}/page`)
  try {
    const devTools = await chromium.openDevTools(page)
    await page.evaluate(async (url) => void (await (await fetch(url)).text()), faults.url({ tag: 'before' }))
    const { panel } = await devTools.showPanel()
    const row = await connectionOf(panel, 'tag=before', ({ state }) => state === 'completed')
    expect((await networkOf(panel, row))[0]).toMatchObject({ Protocol: 'http/1.1' })
    await reloadPanel(panel)
    const again = await connectionOf(panel, 'tag=before', ({ state }) => state === 'completed')
    expect((await networkOf(panel, again))[0]).toMatchObject({ Protocol: 'http/1.1' })
  } finally {
    await page.close()
  }
})
