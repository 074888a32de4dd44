/** What a connection is doing, and how it went with its page, as the panel shows it. */
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFaultServer, type FaultServer } from '../../demo/faults/server.ts'
import { launchChromium, type Chromium, type DevToolsPanel } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { createHeldStreams } from '../helpers/held-streams.ts'
import { choose, connectionOf, readConnections } from '../helpers/panel-view.ts'
import { startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

const held = createHeldStreams()
let faults: FaultServer
let server: StreamServer
let chromium: Chromium

beforeAll(async () => {
  faults = await startFaultServer()
  server = await startStreamServer({
    '/held': held.answer,
    '/page': (response, request) => {
      response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'max-age=60' })
      response.end(`<!doctype html><title>${request.url ?? ''}</title>`)
    },
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
  await faults?.close()
})

async function withPanel(url: string, use: (page: Page, devTools: DevToolsPanel) => Promise<void>): Promise<void> {
  const page = await chromium.newPage(url)
  try {
    await use(page, await chromium.openPanel(page))
  } finally {
    await page.close()
  }
}

/** Starts a fetch that is read to its end. */
const read = (page: Page | Frame, url: string) =>
  page.evaluate((from) => {
    fetch(from)
      .then(
        (response) => response.text(),
        () => {},
      )
      .catch(() => {})
  }, url)
const statesOf = async (panel: Frame) => (await readConnections(panel)).map(({ state }) => state)
/** Until the row says so. */
const told = (panel: Frame, part: string, state: string, sentence = /./) =>
  connectionOf(panel, part, (row) => row.state === state && sentence.test(row.sentence), 40_000)

test('silence out of rhythm is a stall, and heartbeats are told apart from progress', () =>
  withPanel(`${faults.origin}/page`, async (page, { panel }) => {
    const steady = { everyMs: 200, events: 30, at: 'event:8', do: 'stall' }
    await read(page, faults.url({ ...steady, tag: 'silent' }))
    await read(page, faults.url({ ...steady, tag: 'beating', beatMs: 1_000 }))
    await told(panel, 'tag=silent', 'stalled', /^Stalled: nothing for \d.*; its usual gap is 2\d\d ms\.$/)
    await told(panel, 'tag=beating', 'open', /^Open\. Progress \d.* ago · heartbeat .* ago\.$/)
    const beating = await told(panel, 'tag=beating', 'stalled')
    expect(beating.sentence).toMatch(/^Stalled: no progress for 1\d\.\d s; its usual gap .*\. Heartbeat .* ago\.$/)
  }))

test('a stall ends with what comes next', () =>
  withPanel(`${faults.origin}/page`, async (page, { panel }) => {
    await read(page, faults.url({ tag: 'gated', everyMs: 200, events: 10, wait: 'event:6@stall' }))
    await told(panel, 'tag=gated', 'stalled')
    faults.open('stall')
    expect((await told(panel, 'tag=gated', 'completed')).events).toBe('10')
  }))

test('a body that the page does not read is unread, until it reads on', () =>
  withPanel(`${faults.origin}/page`, async (page, { panel }) => {
    const url = faults.url({ tag: 'unread', events: 2_000, dataBytes: 2_000 })
    await page.evaluate(async (from) => Object.assign(globalThis, { kept: await fetch(from) }), url)
    await told(panel, 'tag=unread', 'unread', /^Unread: the page has not asked for more for \d.*; bytes may wait\.$/)
    await page.evaluate(() => void (globalThis as unknown as { kept: Response }).kept.text())
    expect((await told(panel, 'tag=unread', 'completed')).events).toBe('2,000')
  }))

test('an EventSource between two attempts says what comes next, by what is known of its delay', () =>
  withPanel(`${faults.origin}/page`, async (page, { panel }) => {
    const url = faults.url({ tag: 'torn', attempts: 'rst', at: 'event:2', retry: 700 })
    await page.evaluate((from) => Object.assign(globalThis, { source: new EventSource(from) }), url)
    const next =
      /^Reconnecting: attempt (\d+), (?:next try in about .*|trying now) \((.*)\), will send Last-Event-ID (\d+)\.$/
    // DevTools keeps no body of a broken exchange: the delay is measured once an attempt came after it.
    const row = await told(panel, 'tag=torn', 'reconnecting', /measured at an earlier attempt/)
    expect(row.sentence).toMatch(next)
    const delayMs = Number(/attempt: (\d+) ms/.exec(row.sentence)?.[1])
    expect(delayMs).toBeGreaterThanOrEqual(690)
    expect(delayMs).toBeLessThan(3_000)
    const sent = faults.log('torn').map(({ lastEventId }) => lastEventId)
    expect(sent.slice(0, 2)).toEqual([null, '2'])
  }))

test('a renderer that crashes ends the streams of its page and of its frames', () =>
  withPanel(`${server.url}page?crash`, async (page, { panel }) => {
    await page.evaluate(async (url) => {
      const frame = document.createElement('iframe')
      frame.src = url
      document.body.append(frame)
      await new Promise((resolve) => frame.addEventListener('load', resolve))
    }, `${server.otherUrl}page?frame`)
    await read(page, '/held?crash-top')
    await read(
      await until('the frame', () => page.frames().find((frame) => frame.url().endsWith('?frame'))),
      '/held?crash-in',
    )
    await held.send('?crash-top', 1)
    await held.send('?crash-in', 1)
    await until('both to be open', async () => (await statesOf(panel)).join() === 'open,open')
    const session = await page.context().newCDPSession(page)
    session.send('Page.crash').catch(() => {})
    await expect.poll(() => statesOf(panel)).toEqual(['page gone', 'page gone'])
  }))

test('in the back/forward cache streams are frozen, and go on when the page is back', () =>
  withPanel(`${server.url}page?first`, async (page, { panel }) => {
    await read(page, '/held?frozen')
    await held.send('?frozen', 1)
    await told(panel, '?frozen', 'open')
    await page.goto(`${server.url}page?second`)
    await told(panel, '?frozen', 'page gone', /back\/forward cache/)
    await page.goBack({ waitUntil: 'commit' })
    await told(panel, '?frozen', 'open')
    await held.send('?frozen', 2)
    await held.end('?frozen')
    expect((await told(panel, '?frozen', 'completed')).events).toBe('2')
  }))

test('a reload and a navigation of a frame end what they take away', () =>
  withPanel(`${server.url}page?top`, async (page, { panel }) => {
    await page.evaluate((url) => {
      const frame = document.createElement('iframe')
      frame.src = url
      document.body.append(frame)
    }, `${server.otherUrl}page?inner`)
    const inner = await until('the frame', () => page.frames().find((frame) => frame.url().endsWith('?inner')))
    await read(inner, '/held?inner-stream')
    await read(page, '/held?top-stream')
    await held.send('?inner-stream', 1)
    await held.send('?top-stream', 1)
    await told(panel, '?inner-stream', 'open')
    await inner.goto(`${server.otherUrl}page?elsewhere`)
    await told(panel, '?inner-stream', 'page gone')
    await told(panel, '?top-stream', 'open')
    await page.reload()
    const gone = await told(panel, '?top-stream', 'page gone', /\bto http/)
    expect(gone.sentence).toContain('/page?top')
  }))

test('the list is filtered by groups of states and by one state, with the keyboard too', () =>
  withPanel(`${faults.origin}/page`, async (page, { panel }) => {
    await read(page, faults.url({ tag: 'fine' }))
    await read(page, faults.url({ tag: 'torn-off', at: 'event:3', do: 'rst' }))
    await read(page, faults.url({ tag: 'going', at: 'event:3', do: 'stall' }))
    await told(panel, 'tag=fine', 'completed')
    await told(panel, 'tag=torn-off', 'lost')
    await told(panel, 'tag=going', 'open')
    const shown = async () => (await readConnections(panel)).map(({ url }) => new URL(url).searchParams.get('tag'))
    const choice = panel.getByLabel('Filter by state')
    await choice.selectOption({ label: 'Failed (1)' })
    expect(await shown()).toEqual(['torn-off'])
    await choice.selectOption({ label: 'completed (1)' })
    expect(await shown()).toEqual(['fine'])
    await choice.focus()
    await choice.press('Home')
    await until('all of them', async () => (await shown()).length === 3)
    await panel.locator('.toolbar input[type=search]').first().fill('lost')
    expect(await shown()).toEqual(['torn-off'])
  }))

test('the line over the tabs unfolds to the evidence and the call stack', () =>
  withPanel(`${faults.origin}/page`, async (page, { panel }) => {
    const url = faults.url({ tag: 'stopped', everyMs: 20, events: 1_000 })
    await page.evaluate((from) => {
      const controller = new AbortController()
      fetch(from, { signal: controller.signal })
        .then(
          (response) => response.text(),
          () => {},
        )
        .catch(() => {})
      function stopTheAnswer() {
        controller.abort('user pressed stop')
      }
      Object.assign(globalThis, { stopTheAnswer })
    }, url)
    await connectionOf(panel, 'tag=stopped', ({ events }) => Number(events) > 3)
    await page.evaluate(() => (globalThis as unknown as { stopTheAnswer(): void }).stopTheAnswer())
    const row = await told(panel, 'tag=stopped', 'aborted')
    await choose(panel, row)
    const line = panel.locator('.state-head > summary')
    expect(await line.textContent()).toContain(row.sentence)
    await line.focus()
    await line.press('Enter')
    expect(await panel.locator('.state-why').textContent()).toContain('user pressed stop')
    await panel.locator('.state-stack > summary').click()
    expect(await panel.locator('.state-stack pre').textContent()).toContain('stopTheAnswer')
  }))
