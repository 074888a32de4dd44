/** The Events tab in real DevTools: filter, find, columns and the open event, by real keys and clicks. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Frame } from 'playwright-core'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { choose, connectionOf, readEvents, reloadPanel } from '../helpers/panel-view.ts'
import { startStreamServer, type StreamServer } from '../helpers/stream-server.ts'

const WORDS = ['alpha', 'beta', 'gamma', 'delta']
const EVENTS = Array.from({ length: 400 }, (_, index) => {
  const type = index % 5 === 0 ? 'event: tick\n' : ''
  return `${type}id: ${index}\ndata: {"items":[{"in":{"word":"${WORDS[index % 4]}"}}],"n":${index}}\n\n`
})

let server: StreamServer
let chromium: Chromium

beforeAll(async () => {
  server = await startStreamServer({
    '/page': (response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><title>events</title>')
    },
    '/events': (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(`: hello\n\n${EVENTS.join('')}`)
    },
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

async function withEvents(use: (panel: Frame) => Promise<void>): Promise<void> {
  const page = await chromium.newPage(`${server.url}page`)
  try {
    const { panel } = await chromium.openPanel(page)
    await page.evaluate(async () => void (await (await fetch('/events')).text()))
    await openEvents(panel)
    await use(panel)
  } finally {
    await page.close()
  }
}

async function openEvents(panel: Frame): Promise<void> {
  await choose(panel, await connectionOf(panel, '/events', ({ state }) => state === 'completed'))
  await panel.locator('.events[role=grid]').waitFor()
}

const field = (panel: Frame) => panel.getByRole('combobox', { name: 'Filter events' })
const countOf = (panel: Frame) => panel.locator('.events-bar .view-count').textContent()

test('what is typed filters at once; a mistake is said and changes nothing', () =>
  withEvents(async (panel) => {
    await field(panel).pressSequentially('items[0].in.word:beta')
    await expect.poll(() => countOf(panel)).toBe('100 of 400 events and 1 other')
    expect((await readEvents(panel)).map(({ index }) => index)).toEqual(
      Array.from({ length: 100 }, (_, index) => index * 4 + 2),
    )
    await field(panel).pressSequentially(' nokey:1')
    await panel.locator('.filter-errors').getByText('There is no key “nokey”').waitFor()
    expect(await countOf(panel)).toBe('100 of 400 events and 1 other')
    await field(panel).press('Escape')
    await expect.poll(() => countOf(panel)).toBe('400 events and 1 other')
  }))

test('a key and a value are completed by the keyboard', () =>
  withEvents(async (panel) => {
    await field(panel).pressSequentially('ty')
    await panel.getByRole('option', { name: 'type:' }).waitFor()
    await field(panel).press('Tab')
    await panel.getByRole('option', { name: 'tick' }).waitFor()
    await field(panel).pressSequentially('ti')
    await field(panel).press('ArrowDown')
    await field(panel).press('Enter')
    expect(await field(panel).inputValue()).toBe('type:tick ')
    await expect.poll(() => countOf(panel)).toBe('80 of 400 events and 1 other')
    await field(panel).fill('')
  }))

test('Ctrl+F finds in the rows and goes from one to the next', () =>
  withEvents(async (panel) => {
    await panel.locator('.events[role=grid]').press('Control+f')
    const find = panel.getByRole('textbox', { name: 'Find', exact: true })
    await find.pressSequentially('gamma')
    await expect.poll(() => panel.locator('.find-count').textContent()).toBe('100 rows')
    await find.press('Enter')
    await find.press('Enter')
    expect(await panel.locator('.find-count').textContent()).toBe('2 of 100')
    expect(await panel.locator('[data-entry][aria-selected=true] mark').textContent()).toBe('gamma')
    expect(await panel.locator('[data-entry][aria-selected=true]').getAttribute('data-entry')).toBe('7')
    await find.press('Shift+Enter')
    await find.press('Shift+Enter')
    await panel.locator('[data-entry="399"][aria-selected=true]').waitFor()
    await find.press('Escape')
    await panel.locator('.find-bar').waitFor({ state: 'detached' })
  }))

test('columns that are moved, made wider and sorted stay so when the panel is opened anew', () =>
  withEvents(async (panel) => {
    const head = (column: string) => panel.locator(`.event-row > [role=columnheader][data-column=${column}]`)
    const box = async (column: string) => (await head(column).boundingBox()) ?? { x: 0, width: 0, y: 0, height: 0 }
    const before = await box('type')
    await head('type')
      .locator('.head-handle')
      .dragTo(head('type'), { targetPosition: { x: before.width - 25, y: 8 } })
    await expect.poll(async () => (await box('type')).width).toBeLessThan(before.width - 10)
    const narrowed = (await box('type')).width
    await head('id')
      .locator('button')
      .dragTo(head('type'), { targetPosition: { x: 4, y: 8 } })
    await expect.poll(async () => (await box('id')).x < (await box('type')).x).toBe(true)
    await head('data').locator('button').click()
    await head('data').locator('button').click()
    await expect.poll(() => head('data').getAttribute('aria-sort')).toBe('descending')
    const first = () => panel.locator('[data-entry]').first().getAttribute('data-entry')
    await expect.poll(first).toBe('99')

    await reloadPanel(panel)
    await openEvents(panel)
    expect((await box('type')).width).toBe(narrowed)
    expect((await box('id')).x).toBeLessThan((await box('type')).x)
    await expect.poll(first).toBe('99')
    await panel.getByRole('button', { name: 'Columns' }).click()
    await panel.locator('.columns-menu').getByRole('button', { name: 'Reset' }).click()
    await expect.poll(first).toBe('0')
  }))

test('an open event is compared with the one before it, and its tree is searched', () =>
  withEvents(async (panel) => {
    await panel.locator('.events[role=grid]').press('Home')
    await panel.locator('[data-entry="2"] [data-column=data]').click()
    const detail = panel.locator('.event-detail')
    await detail.getByRole('textbox', { name: 'Search in the tree' }).fill('beta')
    await detail.getByRole('textbox', { name: 'Search in the tree' }).press('Enter')
    expect(await detail.locator('.json-path').textContent()).toBe('$.items[0].in.word')
    await panel.locator('[data-entry="3"] [data-column=data]').click()
    await detail.locator('.view-select').selectOption('Diff')
    expect(await detail.locator('.diff-removed').first().textContent()).toContain('"beta"')
    expect(await detail.locator('.diff-added').first().textContent()).toContain('"gamma"')
  }))

test('an event is found in all connections and opened', () =>
  withEvents(async (panel) => {
    await panel.getByRole('button', { name: 'Search all' }).click()
    await panel.getByRole('combobox', { name: 'Search all events' }).pressSequentially('.n:=217')
    await panel.locator('[data-found]').click()
    await expect.poll(() => panel.locator('.event-detail .detail-name').textContent()).toBe('#218 message')
  }))
