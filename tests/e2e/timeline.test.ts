import { expect, test } from 'vitest'
import type { Frame, Locator } from 'playwright-core'
import { choose, connectionOf, isLive, openTab, readConnections, readEvents } from '../helpers/panel-view.ts'
import { until } from '../helpers/until.ts'
import { deliver, held, start, upTo, useStage, withPage } from './stage.ts'

const stage = useStage()

const overviewOf = (panel: Frame) => panel.locator('.timeline-overview .timeline-stage')
const hintOf = (panel: Frame) => panel.locator('.timeline-overview .timeline-hint').textContent()

/** `1:02.050` or `2.050 s` in seconds. */
const toSeconds = (text: string) =>
  text
    .replace(' s', '')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0)

/** Where each lane begins and ends on the axis, in seconds, as the overview's own table tells. */
async function readLanes(panel: Frame): Promise<{ name: string; startS: number; endS: number }[]> {
  const button = panel.locator('.timeline-buttons [aria-label="As a table"]')
  await button.click()
  const rows = await panel.locator('[aria-label=Lanes] .lane-row:not(.head)').evaluateAll((all) =>
    all.map((row) => {
      const text = (column: string) => row.querySelector(`[data-column=${column}]`)?.textContent ?? ''
      return [text('url'), text('start'), text('end')] as const
    }),
  )
  await button.click()
  return rows.map(([name, from, to]) => ({ name, startS: toSeconds(from), endS: toSeconds(to) }))
}

/** The pixel at which a moment stands when all that has ended is in view: an axis has 2 % of room at its end. */
async function placesOn(panel: Frame, lastEndS: number): Promise<{ y: number; xOf: (seconds: number) => number }> {
  const box = await overviewOf(panel).boundingBox()
  if (box === null) throw new Error('no overview')
  return { y: box.y + box.height / 2, xOf: (seconds) => box.x + (seconds / (lastEndS * 1.02)) * box.width }
}

async function drag(panel: Frame, y: number, fromX: number, toX: number): Promise<void> {
  const { mouse } = panel.page()
  await mouse.move(fromX, y)
  await mouse.down()
  await mouse.move((fromX + toX) / 2, y)
  await mouse.move(toX, y)
  await mouse.up()
}

const shownUrls = async (panel: Frame) => (await readConnections(panel)).map(({ url }) => new URL(url).search)

const ended = (panel: Frame, tag: string) => connectionOf(panel, `/held?${tag}`, (seen) => !isLive(seen))

/** How many of a canvas' points have something drawn on them. */
const countDrawn = (canvas: Locator) =>
  canvas.evaluate((element) => {
    const drawn = element as HTMLCanvasElement
    const { data } = drawn.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height) ?? { data: [] }
    let count = 0
    for (let index = 3; index < data.length; index += 4) if ((data[index] ?? 0) > 0) count += 1
    return count
  })

test('dragging over the timeline limits list and events to a span, and Escape lets go of it', async () => {
  await withPage(stage(), stage().server.url, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    await start(page, 'early')
    await deliver(page, 'early', ...upTo(3))
    await held.end('?early')
    await ended(panel, 'early')
    await start(page, 'late')
    for (const n of upTo(3)) await deliver(page, 'late', n)
    await held.end('?late')
    const late = await ended(panel, 'late')
    await choose(panel, late)
    const events = await readEvents(panel)
    expect(events.map(({ data }) => data)).toEqual(['1', '2', '3'])

    const canvas = panel.locator('.timeline-lanes')
    await expect.poll(() => countDrawn(canvas)).toBeGreaterThan(100)
    const [early, other] = await readLanes(panel)
    if (early === undefined || other === undefined) throw new Error('two lanes expected')
    const { y, xOf } = await placesOn(panel, other.endS)
    const [second, third] = [events[1]?.sinceS ?? 0, events[2]?.sinceS ?? 0]
    await drag(panel, y, xOf((early.endS + other.startS) / 2), xOf(other.startS + (second + third) / 2))
    await expect.poll(() => shownUrls(panel)).toEqual(['?late'])
    expect((await readEvents(panel)).map(({ data }) => data)).toEqual(['1', '2'])
    expect(await panel.locator('.timeline-sums').textContent()).toContain('1 connection · 2 events')

    await overviewOf(panel).press('Escape')
    await expect.poll(() => shownUrls(panel)).toEqual(['?early', '?late'])
    expect((await readEvents(panel)).map(({ data }) => data)).toEqual(['1', '2', '3'])
  })
})

test('the wheel zooms about the pointer, the other way shows all again', async () => {
  await withPage(stage(), stage().server.url, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    await start(page, 'zoom')
    for (const n of upTo(4)) await deliver(page, 'zoom', n)
    await held.end('?zoom')
    await ended(panel, 'zoom')
    const box = await overviewOf(panel).boundingBox()
    if (box === null) throw new Error('no overview')
    const { mouse } = panel.page()
    const underPointer = async () => {
      const text = (await panel.locator('.timeline-overview .timeline-tip').textContent()) ?? ''
      return toSeconds(/^[\d:.]+/.exec(text)?.[0] ?? '')
    }
    await mouse.move(box.x + box.width * 0.7, box.y + box.height - 4)
    await panel.locator('.timeline-overview .timeline-tip').waitFor()
    const before = await underPointer()
    for (const _ of upTo(4)) await mouse.wheel(0, -100)
    await expect.poll(() => hintOf(panel)).toMatch(/^Shown: /)
    // To the millisecond that is written.
    await expect.poll(underPointer).toBeCloseTo(before, 2)
    for (const _ of upTo(8)) await mouse.wheel(0, 100)
    await expect.poll(() => hintOf(panel)).not.toMatch(/^Shown: /)
  })
})

test('the Timeline tab tells the pace of the server, and its longest gap jumps to the event after it', async () => {
  await withPage(stage(), stage().server.url, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    await start(page, 'pace')
    for (const n of upTo(5)) await deliver(page, 'pace', n)
    await choose(panel, await connectionOf(panel, '/held?pace', ({ events }) => events === '5'))
    await openTab(panel, 'Timeline')
    const gaps = () => panel.locator('.longest-gaps tr').allTextContents()
    // The silence that lasts becomes the longest by and by.
    await until('the silence to be the longest', async () => (await gaps())[0]?.includes('after #5, until now'), 60_000)
    await deliver(page, 'pace', 6)
    await held.end('?pace')
    await ended(panel, 'pace')
    await expect.poll(async () => (await gaps())[0]).toContain('before #6')

    const figures = Object.fromEntries(
      await panel
        .locator('[data-figure]')
        .evaluateAll((rows) =>
          rows.map((row) => [(row as HTMLElement).dataset['figure'] ?? '', row.querySelector('td')?.textContent ?? '']),
        ),
    )
    expect(figures).toMatchObject({ Events: '6', Heartbeats: '0', Bytes: '54 B' })
    expect(figures['Gap, longest']).toBe((await gaps())[0]?.split('before')[0])
    const ms = (name: string) => toMs(figures[name] ?? '')
    expect(ms('Head')).toBeLessThanOrEqual(ms('First byte (TTFB)'))
    expect(ms('First byte (TTFB)')).toBeLessThanOrEqual(ms('First event (TTFE)'))
    expect(ms('Gap, median')).toBeLessThanOrEqual(ms('Gap, p95'))
    expect(ms('Gap, p95')).toBeLessThanOrEqual(ms('Gap, longest'))
    expect(ms('First event (TTFE)') + ms('Gap, longest')).toBeLessThanOrEqual(ms('Duration') * 1.01)

    await panel.locator('.longest-gaps button').first().click()
    const row = panel.locator('[data-entry][aria-selected=true]')
    await row.waitFor()
    expect(await row.getAttribute('data-entry')).toBe('5')
    expect(await panel.locator('.event-detail pre, .event-detail [role=treeitem]').first().textContent()).toContain('6')
  })
})

/** `0.4 ms`, `812 ms`, `3.24 s` in ms. */
function toMs(text: string): number {
  const [value = '', unit = ''] = text.split(' ')
  return Number(value) * (unit === 's' ? 1000 : 1)
}
