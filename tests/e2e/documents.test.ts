import { expect, test } from 'vitest'
import { choose, connectionOf, eventsOf, readConnections, readDividers } from '../helpers/panel-view.ts'
import { until } from '../helpers/until.ts'
import { deliver, dataOf, held, start, upTo, useStage, withPage } from './stage.ts'

const stage = useStage()

test('a navigation in mid-stream ends it as page gone, and the divider names the new URL', () =>
  withPage(stage(), `${stage().server.url}page?from`, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    await start(page, 'leaving')
    await deliver(page, 'leaving', 1, 2)
    await connectionOf(panel, '/held?leaving', ({ events }) => events === '2')
    await page.goto(`${stage().server.url}other?to`)
    const gone = await connectionOf(panel, '/held?leaving', ({ state }) => state === 'page gone')
    expect(gone.sentence).toContain('after 2 events')
    expect(await readDividers(panel)).toEqual([expect.stringContaining(`Navigated to ${stage().server.url}other?to`)])
    await start(page, 'arrived')
    await deliver(page, 'arrived', 1)
    expect(await dataOf(panel, 'arrived', 1, 'open')).toEqual([1])
    expect(await dataOf(panel, 'leaving', 2, 'page gone')).toEqual([1, 2])

    await panel.getByLabel('Preserve log').uncheck()
    await page.goto(`${stage().server.url}page?third`)
    await until('the old rows to go', async () => (await readConnections(panel)).length === 0)
    expect(await readDividers(panel)).toEqual([])
    await start(page, 'alone')
    await deliver(page, 'alone', 1)
    expect(await dataOf(panel, 'alone', 1)).toEqual([1])
    expect(await readConnections(panel)).toHaveLength(1)
  }))

test('back through the back/forward cache: the restored document is shown on, nothing twice', () =>
  withPage(stage(), `${stage().server.url}page?cached`, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    await start(page, 'cache-1')
    await deliver(page, 'cache-1', 1, 2)
    await held.end('?cache-1')
    expect(await dataOf(panel, 'cache-1', 2, 'completed')).toEqual([1, 2])
    await page.evaluate(() => Object.assign(globalThis, { kept: true }))
    await page.goto(`${stage().server.url}other?between`)
    await start(page, 'cache-2')
    await deliver(page, 'cache-2', 1)
    expect(await dataOf(panel, 'cache-2', 1)).toEqual([1])

    await page.goBack({ waitUntil: 'commit' })
    await until('the first document to be back', () => page.evaluate(() => location.search === '?cached'))
    expect(await page.evaluate(() => 'kept' in globalThis)).toBe(true)
    await start(page, 'cache-3')
    await deliver(page, 'cache-3', 1, 2, 3)
    expect(await dataOf(panel, 'cache-3', 3, 'open')).toEqual([1, 2, 3])
    expect(
      (await readConnections(panel)).map(({ url, events, state }) => [new URL(url).search, events, state]),
    ).toEqual([
      ['?cache-1', '2', 'completed'],
      ['?cache-2', '1', 'page gone'],
      ['?cache-3', '3', 'open'],
    ])
    expect(await dataOf(panel, 'cache-1', 2)).toEqual([1, 2])
  }))

test('a frame of another origin is shown by name; removed in mid-stream it ends as page gone', () =>
  withPage(stage(), `${stage().server.url}page`, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    await page.evaluate((url) => {
      const frame = document.createElement('iframe')
      frame.src = url
      document.body.append(frame)
    }, `${stage().server.otherUrl}frame?framed`)
    await held.send('?framed', 1, 2)
    expect(await dataOf(panel, 'framed', 2, 'open')).toEqual([1, 2])
    const row = await connectionOf(panel, '/held?framed')
    expect(row.frame).toBe(new URL(stage().server.otherUrl).host)
    expect(row.url).toBe(`${stage().server.otherUrl}held?framed`)
    await page.evaluate(() => document.querySelector('iframe')?.remove())
    await connectionOf(panel, '/held?framed', ({ state }) => state === 'page gone')
    expect(await dataOf(panel, 'framed', 2)).toEqual([1, 2])
    // The page itself is still there.
    await start(page, 'around')
    await deliver(page, 'around', 1)
    expect(await dataOf(panel, 'around', 1, 'open')).toEqual([1])
  }))

test("the demo's page of frames: only the frame's own stream, whole", () =>
  withPage(stage(), undefined, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    await page.goto(`${stage().demo.url}frames`)
    const row = await connectionOf(panel, '/sse', ({ state }) => state === 'completed')
    expect(row.frame).toBe(new URL(stage().demo.crossOrigin).host)
    expect((await eventsOf(panel, row)).map(({ id }) => Number(id))).toEqual(upTo(10))
    expect(await readConnections(panel)).toHaveLength(1)
  }))

test('a page under a strict script policy and Trusted Types is shown like any other', () =>
  withPage(stage(), undefined, async (page) => {
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(`${stage().demo.url}csp?count=5&interval=5`)
    const { panel } = await stage().chromium.openPanel(page)
    for (const id of ['run-for-await', 'run-ndjson', 'run-xhr']) {
      await page.locator(`#${id}`).click()
      await page.locator(`output[data-for="${id}"][data-state="done"]`).waitFor({ state: 'attached' })
    }
    const rows = await until('three ended streams', async () => {
      const now = await readConnections(panel)
      return now.length === 3 && now.every(({ state }) => state === 'completed') ? now : null
    })
    expect(rows.map(({ transport, events }) => [transport, events])).toEqual([
      ['fetch', '5'],
      ['fetch', '5'],
      ['XHR', '5'],
    ])
    for (const row of rows) expect(await eventsOf(panel, row)).toHaveLength(5)
    expect(complaints).toEqual([])
  }))

test('a stream that an about:blank frame starts at once is seen', () =>
  withPage(stage(), `${stage().server.url}page`, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    await page.evaluate(() => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      // In the same task: no script of ours has had a later chance.
      void frame.contentWindow?.fetch('/held?blank').then((response) => response.text())
    })
    await held.send('?blank', 1, 2, 3)
    expect(await dataOf(panel, 'blank', 3, 'open')).toEqual([1, 2, 3])
    const row = await connectionOf(panel, '/held?blank')
    expect(row.frame).not.toBe('')
    await choose(panel, row)
  }))
