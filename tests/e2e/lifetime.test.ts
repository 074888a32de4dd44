import { expect, test } from 'vitest'
import { readConnections, readDividers, readNotices, reloadPanel } from '../helpers/panel-view.ts'
import { until } from '../helpers/until.ts'
import { deliver, dataOf, held, start, upTo, useStage, withPage } from './stage.ts'

const stage = useStage()

test('DevTools opened late shows a stream that had begun and one that had ended, whole', () =>
  withPage(stage(), `${stage().server.url}page`, async (page) => {
    await start(page, 'late-over')
    await deliver(page, 'late-over', ...upTo(40))
    await held.end('?late-over')
    await start(page, 'late-live')
    await start(page, 'late-source', 'EventSource')
    await deliver(page, 'late-live', ...upTo(30))
    await deliver(page, 'late-source', ...upTo(30))

    const { panel } = await stage().chromium.openPanel(page)
    expect(await dataOf(panel, 'late-over', 40, 'completed')).toEqual(upTo(40))
    expect(await dataOf(panel, 'late-live', 30, 'open')).toEqual(upTo(30))
    expect(await dataOf(panel, 'late-source', 30, 'open')).toEqual(upTo(30))
    await deliver(page, 'late-live', 31, 32)
    await deliver(page, 'late-source', 31, 32)
    expect(await dataOf(panel, 'late-live', 32)).toEqual(upTo(32))
    expect(await dataOf(panel, 'late-source', 32)).toEqual(upTo(32))
    expect(await readNotices(panel)).toBe('')
  }))

test('the panel shown late, with DevTools open before: all is there, over a navigation too', () =>
  withPage(stage(), `${stage().server.url}page?before`, async (page) => {
    const devTools = await stage().chromium.openDevTools(page)
    await start(page, 'hidden-1')
    await deliver(page, 'hidden-1', ...upTo(5))
    await page.goto(`${stage().server.url}page?after`)
    await start(page, 'hidden-2')
    await deliver(page, 'hidden-2', ...upTo(5))

    const { panel } = await devTools.showPanel()
    expect(await dataOf(panel, 'hidden-1', 5, 'page gone')).toEqual(upTo(5))
    expect(await dataOf(panel, 'hidden-2', 5, 'open')).toEqual(upTo(5))
    expect(await readDividers(panel)).toEqual([expect.stringContaining(`Navigated to ${stage().server.url}page?after`)])
  }))

test('the background worker killed in mid-stream: nothing stops, and nothing wakes it', () =>
  withPage(stage(), `${stage().server.url}page`, async (page) => {
    const { cdp, extensionId } = stage().chromium
    const workers = async () => {
      const { targetInfos } = await cdp.send('Target.getTargets')
      return targetInfos.filter(({ type, url }) => /worker|background/.test(type) && url.includes(extensionId))
    }
    const { panel } = await stage().chromium.openPanel(page)
    await start(page, 'workers')
    await deliver(page, 'workers', 1)
    expect(await dataOf(panel, 'workers', 1)).toEqual([1])

    for (const { targetId } of await workers()) await cdp.send('Target.closeTarget', { targetId })
    await until('the worker to be gone', async () => (await workers()).length === 0)
    await deliver(page, 'workers', 2, 3)
    expect(await dataOf(panel, 'workers', 3)).toEqual([1, 2, 3])
    await page.reload()
    await start(page, 'workers-after')
    await deliver(page, 'workers-after', 1)
    expect(await dataOf(panel, 'workers-after', 1)).toEqual([1])
    expect(await workers()).toEqual([])
  }))

test('DevTools closed and opened again in mid-stream: nothing is lost or doubled', () =>
  withPage(stage(), `${stage().server.url}page`, async (page) => {
    await start(page, 'reopen')
    const before = await stage().chromium.openPanel(page)
    await deliver(page, 'reopen', ...upTo(10))
    expect(await dataOf(before.panel, 'reopen', 10)).toEqual(upTo(10))
    await before.closeDevTools()
    await deliver(page, 'reopen', 11, 12)
    const { panel } = await stage().chromium.openPanel(page)
    await deliver(page, 'reopen', 13, 14)
    await held.end('?reopen')
    expect(await dataOf(panel, 'reopen', 14, 'completed')).toEqual(upTo(14))
  }))

test('the panel reloaded in mid-stream: nothing is lost or doubled', () =>
  withPage(stage(), `${stage().server.url}page`, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    await start(page, 'reload')
    await deliver(page, 'reload', ...upTo(10))
    expect(await dataOf(panel, 'reload', 10)).toEqual(upTo(10))
    await reloadPanel(panel)
    await deliver(page, 'reload', 11, 12)
    expect(await dataOf(panel, 'reload', 12, 'open')).toEqual(upTo(12))
  }))

test('two tabs, each with DevTools: each shows its own streams only', () =>
  withPage(stage(), `${stage().server.url}page?one`, (one) =>
    withPage(stage(), `${stage().server.url}page?two`, async (two) => {
      const first = await stage().chromium.openPanel(one)
      const second = await stage().chromium.openPanel(two)
      await start(one, 'tab-one')
      await start(two, 'tab-two')
      await deliver(one, 'tab-one', 1, 2)
      await deliver(two, 'tab-two', 1, 2, 3)
      expect(await dataOf(first.panel, 'tab-one', 2)).toEqual([1, 2])
      expect(await dataOf(second.panel, 'tab-two', 3)).toEqual([1, 2, 3])
      expect(await readConnections(first.panel)).toHaveLength(1)
      expect(await readConnections(second.panel)).toHaveLength(1)
      // The neighbour's end is not noticed.
      await first.closeDevTools()
      await deliver(two, 'tab-two', 4)
      expect(await dataOf(second.panel, 'tab-two', 4)).toEqual([1, 2, 3, 4])
    }),
  ))

test('with DevTools closed the page asks once how much it may keep, and sends nothing; opened, it does', () =>
  withPage(stage(), undefined, async (page) => {
    // Runs before content scripts, so that what capture takes for the browser's own counts for us.
    await page.addInitScript(() => {
      const counter = { records: 0 }
      const { dispatchEvent } = EventTarget.prototype
      EventTarget.prototype.dispatchEvent = function (event) {
        if (event.type === 'records') counter.records += 1
        return Reflect.apply(dispatchEvent, this, [event])
      }
      Object.assign(globalThis, { counter })
    })
    await page.goto(`${stage().server.url}page?quiet`)
    const sent = () => page.evaluate(() => (globalThis as unknown as { counter: { records: number } }).counter.records)
    const run = async (tag: string) => {
      await start(page, tag)
      await deliver(page, tag, ...upTo(20))
      await held.end(`?${tag}`)
      return sent()
    }
    // Capture and bridge meet once as the document begins.
    const atStart = await sent()
    const asked = await run('quiet-0')
    expect(asked).toBe(atStart + 1)
    expect(await run('quiet-1')).toBe(asked)
    const { panel, closeDevTools } = await stage().chromium.openPanel(page)
    expect(await dataOf(panel, 'quiet-1', 20, 'completed')).toEqual(upTo(20))
    const opened = await run('quiet-2')
    expect(opened).toBeGreaterThan(asked)
    expect(await dataOf(panel, 'quiet-2', 20, 'completed')).toEqual(upTo(20))
    await closeDevTools()
    // The port's end reaches the page a moment later; from then on all is quiet.
    let count = 0
    await until('a stream that nobody is told of', async () => {
      const before = await sent()
      return (await run(`quiet-after-${(count += 1)}`)) === before
    })
    const quiet = await sent()
    expect(await run('quiet-last')).toBe(quiet)
  }))
