import axe from 'axe-core'
import type { Frame, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { CompareTab } from '../../components/compare/compare-state.ts'
import { connectionOf, isLive, readConnections, type ShownConnection } from '../helpers/panel-view.ts'
import { until } from '../helpers/until.ts'
import { mainMessages } from './main-states.ts'
import { deliver, held, start, upTo, useStage, withPage } from './stage.ts'

const stage = useStage()

const row = (panel: Frame | Page, { key }: ShownConnection) =>
  panel.locator(`[data-connection="${key}"] [data-column="number"]`)
const openTab = (panel: Frame | Page, name: CompareTab) => panel.getByRole('tab', { name, exact: true }).click()
const comparison = (panel: Frame | Page) => panel.getByRole('region', { name: 'Comparison' })
const selectedKeys = (panel: Frame) =>
  panel
    .locator('[data-connection][aria-selected=true]')
    .evaluateAll((rows) => rows.map((one) => (one as HTMLElement).dataset['connection'] ?? ''))

/** Sends a message of the demo's chat and waits for the end of the answer. */
async function ask(page: Page, question: string): Promise<void> {
  await page.fill('#chat-message', question)
  await page.click('#chat-send')
  await page.locator('#chat-send:enabled').waitFor()
}

/** The ended chats of the list. */
const chats = (panel: Frame, count: number) =>
  until(`${count} answers of the chat`, async () => {
    const shown = (await readConnections(panel)).filter(({ url }) => new URL(url).pathname === '/chat')
    return shown.length === count && !shown.some(isLive) ? shown : null
  })

/** The figures' table: the cells of each row by its name, without the first connection's differences. */
async function readFigures(panel: Frame): Promise<Map<string, string[]>> {
  const rows = await panel
    .locator('.compare-figures tbody tr')
    .evaluateAll((all) =>
      all.map((one) => [...one.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim() ?? '')),
    )
  return new Map(rows.map(([name = '', ...cells]) => [name, cells]))
}

const diffRows = (panel: Frame) => panel.locator('.diff-row:not(.head)')
const countOf = (text: string, what: RegExp) => Number(what.exec(text)?.[1]?.replaceAll(',', '') ?? 'NaN')

test('two answers of the chat to different questions, side by side', { timeout: 120_000 }, async () => {
  await withPage(stage(), stage().demo.url, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    await ask(page, 'Tell me of red apples')
    await ask(page, 'Tell me of green pears and plums')
    const [first, second] = await chats(panel, 2)
    if (first === undefined || second === undefined) throw new Error('two answers expected')
    await row(panel, first).click()
    await row(panel, second).click({ modifiers: ['ControlOrMeta'] })
    expect(await selectedKeys(panel)).toEqual([first.key, second.key])
    await panel.locator('.compare-bar').getByRole('button', { name: 'Compare' }).click()
    await comparison(panel).waitFor()

    const figures = await readFigures(panel)
    expect(figures.get('Status')).toEqual(['200', '200'])
    expect(figures.get('State')).toEqual(['completed', 'completed'])
    const [base = '', other = ''] = figures.get('Events') ?? []
    const by = Number(second.events) - Number(first.events)
    expect(base).toBe(first.events)
    expect(other.startsWith(`${second.events} ${by > 0 ? '+' : '−'}${Math.abs(by)} (`)).toBe(true)

    await openTab(panel, 'Timeline')
    await panel.getByLabel('Align at').selectOption('first event')
    await expect
      .poll(async () => [...(await readFigures(panel)).values()].map((cells) => cells[3]))
      .toEqual(['0 ms', '0 ms'])
    const drawn = await panel.locator('.compare .timeline-lanes').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement
      const { data } = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] }
      return data.filter((value, index) => index % 4 === 3 && value > 0).length
    })
    expect(drawn).toBeGreaterThan(500)

    await openTab(panel, 'Events')
    await diffRows(panel).first().waitFor()
    const note = (await panel.locator('.compare-note').last().textContent()) ?? ''
    const [same, changed] = [countOf(note, /([\d,]+) the same/), countOf(note, /([\d,]+) changed/)]
    const onlyFirst = countOf(note, new RegExp(`([\\d,]+) only in #${first.number}`))
    const onlySecond = countOf(note, new RegExp(`([\\d,]+) only in #${second.number}`))
    expect(same + changed + onlyFirst).toBe(Number(first.events))
    expect(same + changed + onlySecond).toBe(Number(second.events))
    expect(changed).toBeGreaterThan(0)
    // Their ids differ, and are left aside: that the answer begins is the same.
    expect(await diffRows(panel).first().getAttribute('data-kind')).toBe('same')
    await panel.getByRole('textbox', { name: 'Ignore in JSON' }).fill('created')
    await expect.poll(() => diffRows(panel).first().getAttribute('data-kind')).toBe('changed')
    await diffRows(panel).first().click()
    const pair = panel.getByRole('region', { name: 'Open pair' })
    expect(await pair.locator('.diff-removed').textContent()).toContain('"id": "chatcmpl-')
    expect(await pair.locator('.diff-added').textContent()).toContain('"id": "chatcmpl-')
    await panel.getByRole('button', { name: 'Reset', exact: true }).click()
    await panel.getByLabel('Only differences').check()
    await expect
      .poll(
        async () =>
          new Set(await diffRows(panel).evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['kind']))),
      )
      .not.toContain('same')

    await openTab(panel, 'Message')
    await expect.poll(() => panel.locator('.compare-text ins').allTextContents()).not.toEqual([])
    const removed = (await panel.locator('.compare-text del').allTextContents()).join('')
    const added = (await panel.locator('.compare-text ins').allTextContents()).join('')
    expect(removed).toContain('apples')
    expect(added).toContain('pears')
    const all = (await panel.locator('.compare-text').textContent()) ?? ''
    expect(all).toContain('Each piece of this answer came as an event of its own')

    await openTab(panel, 'Request')
    const authorization = panel.locator('.compare-pairs tr', { hasText: 'authorization' })
    expect(await authorization.getAttribute('data-kind')).toBe('same')
    const body = (await panel.locator('.compare .diff-added').allTextContents()).join('\n')
    expect(body).toContain('green pears and plums')

    await panel.locator('.compare').press('Escape')
    await panel.locator('.details:not(.compare)').waitFor()
  })
})

test('three runs: how their figures spread', { timeout: 120_000 }, async () => {
  await withPage(stage(), stage().demo.url, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    for (const n of upTo(3)) await ask(page, `Question number ${n}`)
    const runs = await chats(panel, 3)
    const [first, last] = [runs[0], runs[2]]
    if (first === undefined || last === undefined) throw new Error('three answers expected')
    await row(panel, first).click()
    await row(panel, last).click({ modifiers: ['Shift'] })
    expect(await selectedKeys(panel)).toEqual(runs.map(({ key }) => key))
    await panel.locator('.connections').press('c')
    await openTab(panel, 'Runs')
    expect(await panel.locator('.compare-states').textContent()).toBe('3 completed')
    const rows = await readFigures(panel)
    for (const name of [
      'First byte (TTFB)',
      'First event (TTFE)',
      'First text (TTFT)',
      'Duration',
      'Tokens a second',
    ]) {
      const [count, ...spread] = rows.get(name) ?? []
      expect([name, count, spread.slice(0, 4).filter((words) => /\d/.test(words)).length]).toEqual([name, '3', 4])
    }
    // The least and the most are figures that the Figures tab has.
    const [, least, , , most] = rows.get('Events') ?? []
    const events = runs.map(({ events: count }) => Number(count))
    expect([least, most]).toEqual([String(Math.min(...events)), String(Math.max(...events))])
  })
})

test('by keys alone: select, compare, go back; and streams that live grow in it', { timeout: 120_000 }, async () => {
  await withPage(stage(), stage().server.url, async (page) => {
    const { panel } = await stage().chromium.openPanel(page)
    for (const tag of ['one', 'two', 'three']) {
      await start(page, tag)
      await deliver(page, tag, 1, 2)
    }
    await connectionOf(panel, '/held?three', ({ events }) => events === '2')
    const all = await readConnections(panel)
    const list = panel.locator('.connections')
    await list.press('Home')
    await list.press('ControlOrMeta+ArrowDown')
    await list.press('ControlOrMeta+ArrowDown')
    await list.press('ControlOrMeta+Space')
    expect(await selectedKeys(panel)).toEqual([all[0]?.key, all[2]?.key])
    await list.press('Home')
    await list.press('Shift+ArrowDown')
    expect(await selectedKeys(panel)).toEqual([all[0]?.key, all[1]?.key])
    await list.press('Shift+ArrowUp')
    expect(await selectedKeys(panel)).toEqual([all[0]?.key])
    await list.press('Shift+ArrowDown')
    await list.press('c')
    await openTab(panel, 'Events')
    await expect.poll(() => diffRows(panel).count()).toBe(2)
    await deliver(page, 'two', 3)
    await expect.poll(() => diffRows(panel).count()).toBe(3)
    expect(await diffRows(panel).last().getAttribute('data-kind')).toBe('only second')
    const note = panel.locator('.compare-note').last()
    await expect.poll(() => note.textContent()).toContain('Still live')
    await deliver(page, 'one', 3)
    await Promise.all(['one', 'two', 'three'].map((tag) => held.end(`?${tag}`)))
    await expect.poll(() => note.textContent()).not.toContain('Still live')
    await expect.poll(() => note.textContent()).toContain('3 the same')
    await panel.getByRole('tab', { name: 'Events' }).press('Escape')
    await comparison(panel).waitFor({ state: 'detached' })
    expect(await panel.evaluate(() => document.activeElement?.classList.contains('connections'))).toBe(true)
  })
})

const LOOKS = [
  { width: 1200, height: 700, theme: 'light' },
  { width: 400, height: 700, theme: 'dark' },
  { width: 900, height: 200, theme: 'light' },
  { width: 900, height: 200, theme: 'dark' },
] as const

test.each(LOOKS)(
  'axe finds nothing in a comparison at $width by $height, $theme',
  { timeout: 120_000 },
  async (look) => {
    const { chromium } = stage()
    const panel = await chromium.newPage()
    await panel.setViewportSize({ width: look.width, height: look.height })
    await panel.emulateMedia({ colorScheme: look.theme, reducedMotion: 'reduce' })
    await panel.goto(`chrome-extension://${chromium.extensionId}/panel.html#plain`)
    await panel.locator('.hint').waitFor()
    await panel.evaluate((messages) => {
      for (const message of messages) window.streamscopePlain?.apply(message)
    }, mainMessages(Date.now()))
    await panel.evaluate(axe.source)
    const rows = panel.locator('[data-connection] [data-column=number]')
    await rows.first().click()
    await rows.nth(1).click({ modifiers: ['ControlOrMeta'] })
    await panel.locator('.connections').press('Shift+ArrowDown')
    await panel.locator('.connections').press('c')
    const found: string[] = []
    for (const name of ['Figures', 'Timeline', 'Events', 'Message', 'Request', 'Runs'] as const) {
      await openTab(panel, name)
      if (name === 'Events') await panel.locator('.diff-row:not(.head)').first().click()
      const { violations } = await panel.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
      )
      found.push(
        ...violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${name}: ${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
        ),
      )
    }
    expect(found).toEqual([])
    await panel.close()
  },
)
