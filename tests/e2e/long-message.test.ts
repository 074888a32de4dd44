/** A very long message that drips into the open Message tab: all of it is there, and can be found, selected and copied. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { documentRecord, head, open, page, reached, welcome } from '../helpers/stream-builders.ts'
import { until } from '../helpers/until.ts'
import { openPlainPanel } from './plain-panel.ts'

const DELTAS = 100_000
const DELTAS_PER_FRAME = 1_000
const FRAMES = DELTAS / DELTAS_PER_FRAME
/** Found once, far from both ends. */
const NEEDLE = 'the needle in the middle'

let chromium: Chromium
let panel: Page

beforeAll(async () => {
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(() => chromium?.close())

beforeEach(async () => {
  panel = await openPlainPanel(chromium, { width: 800, height: 600, theme: 'light' })
  return () => panel.close()
})

/** Paragraphs, lists and code: five characters a delta. */
function toDeltas(): string[] {
  let text = ''
  for (let n = 1; text.length < DELTAS * 5; n += 1) {
    text += `## Part ${n}\n\n${'Words of an answer, *some* of them `code` 😀. '.repeat(1 + (n % 5))}\n\n`
    text += `- one\n- two\n\n\`\`\`ts\nconst part = ${n}\n\`\`\`\n\n`
    if (n === 1_000) text += `${NEEDLE}\n\n`
  }
  return Array.from({ length: DELTAS }, (_, n) => text.slice(n * 5, n * 5 + 5))
}

const deltas = toDeltas()
const whole = deltas.join('')

/** When the deltas of that frame came, counted from 1, on the document's clock. */
const toAtMs = (frame: number) => 200 + frame * 16

/** Opens a live answer in the Message tab. */
async function openAnswer(): Promise<void> {
  const messages = [
    welcome,
    reached('d1'),
    page('d1').batch(documentRecord(), open(), head(), {
      k: 'chunk',
      n: 0,
      atMs: 200,
      c: 1,
      sizeBytes: 0,
      text: 'data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant"}}]}\n\n',
    }),
  ]
  await panel.evaluate((all) => {
    for (const message of all) window.streamscopePlain?.apply(message)
  }, messages)
  await panel.getByRole('tab', { name: 'Message' }).click()
  await panel.locator('.message-body').waitFor()
}

/** Lets the answer grow, some deltas a frame; frames are counted from 1. */
async function drip(first = 1, last = FRAMES): Promise<void> {
  const frames = Array.from({ length: last - first + 1 }, (_, index) => [first + index, toAtMs(first + index)] as const)
  await panel.evaluate(
    async ([all, perFrame, moments]) => {
      for (const [frame, atMs] of moments) {
        const n = 4 + frame
        const from = (frame - 1) * perFrame
        const text = all
          .slice(from, from + perFrame)
          .map((content) =>
            JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content } }] }),
          )
          .map((data) => `data: ${data}\n\n`)
          .join('')
        const chunk = { k: 'chunk', n, atMs, c: 1, sizeBytes: text.length, text }
        const json = JSON.stringify([chunk])
        window.streamscopePlain?.apply({ k: 'batch', doc: 'd1', first: n, last: n, json, part: 0, more: false })
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    },
    [deltas, DELTAS_PER_FRAME, frames] as const,
  )
}

const textOf = (selector: string) =>
  panel.evaluate((wanted) => document.querySelector(wanted)?.textContent ?? '', selector)

/** How far the end of the message is below what is shown, in px. */
const belowPx = () =>
  panel.locator('.message-body').evaluate((body) => Math.round(body.scrollHeight - body.scrollTop - body.clientHeight))

/** The text that the browser would copy. */
const copied = () =>
  panel.evaluate(() => {
    let text: string | null = null
    const keep = (event: ClipboardEvent) => {
      text = event.clipboardData?.getData('text/plain') || (getSelection()?.toString() ?? '')
    }
    addEventListener('copy', keep)
    document.execCommand('copy')
    removeEventListener('copy', keep)
    return text
  })

test('a message of 100,000 deltas is whole in the open tab, and its end stays in view', async () => {
  await openAnswer()
  await drip()
  await until('the whole text', async () => (await textOf('.turn-part .grown-text')) === whole)
  await until('the end in view', async () => (await belowPx()) <= 4)
  // Blocks are told apart by their elements; a reader of the screen finds all text in them.
  const body = panel.locator('.turn-part .grown-text')
  expect(await body.locator('[data-from]').count()).toBeGreaterThan(100)
  expect(await body.getByText(NEEDLE).count()).toBe(1)
})

test('its text is found, selected across blocks, and copied as it came', async () => {
  await openAnswer()
  await drip()
  await until('the whole text', async () => (await textOf('.turn-part .grown-text')) === whole)
  const isFound = await panel.evaluate(
    (wanted) => (globalThis as unknown as { find(text: string): boolean }).find(wanted),
    NEEDLE,
  )
  expect(isFound).toBe(true)
  expect(await panel.evaluate(() => getSelection()?.toString())).toBe(NEEDLE)
  await panel.evaluate(() => {
    const blocks = [...document.querySelectorAll('.grown-text [data-from]')]
    const [first, last] = [blocks[3]?.firstChild, blocks[40]?.firstChild]
    if (first && last) getSelection()?.setBaseAndExtent(first, 10, last, 20)
  })
  const [from, to] = await panel.evaluate(() =>
    [3, 40].map((index) =>
      Number(document.querySelectorAll('.grown-text [data-from]')[index]?.getAttribute('data-from')),
    ),
  )
  const expected = whole.slice((from ?? 0) + 10, (to ?? 0) + 20)
  expect(expected.length).toBeGreaterThan(100_000)
  expect((await copied()) === expected).toBe(true)
  await panel.evaluate(() => {
    DataTransfer.prototype.setData = (_type, text) => Object.assign(globalThis, { pasted: text })
  })
  await panel.getByRole('button', { name: 'Copy text' }).click()
  expect((await panel.evaluate(() => (globalThis as { pasted?: string }).pasted)) === whole).toBe(true)
})

test('who scrolled up is left there while more comes, and the end is followed again from the end on', async () => {
  await openAnswer()
  await drip(1, 60)
  await until('the end in view', async () => (await belowPx()) <= 4)
  await panel.locator('.message-body').hover()
  await panel.mouse.wheel(0, -3_000)
  await until('a place further up', async () => (await belowPx()) >= 2_900)
  await drip(61, 80)
  expect(await belowPx()).toBeGreaterThan(10_000)
  await panel.locator('.message-body').press('End')
  await until('the end in view', async () => (await belowPx()) <= 4)
  await drip(81)
  await until(
    'the end of the whole in view',
    async () => (await textOf('.turn-part .grown-text')) === whole && (await belowPx()) <= 4,
  )
})

test('rendered as Markdown all of it is there, and the scrubber goes back in it and forward', async () => {
  await openAnswer()
  await panel.getByLabel('Markdown', { exact: true }).check()
  await drip()
  const headings = panel.locator('.markdown [role=heading]')
  const parts = (frames = Infinity) => whole.slice(0, frames * DELTAS_PER_FRAME * 5).match(/^## /gm)?.length ?? 0
  await until('all headings', async () => (await headings.count()) === parts())
  await until('the end in view', async () => (await belowPx()) <= 4)
  expect(await panel.locator('.markdown').getByText(NEEDLE).count()).toBe(1)
  const range = panel.locator('.scrubber input[type=range]')
  /** To the moment when so many frames had come. */
  const move = (frames: number) =>
    range.evaluate((input, atMs) => {
      if (!(input instanceof HTMLInputElement)) return
      input.value = String(atMs)
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }, toAtMs(frames))
  const shown = () => headings.evaluateAll((all) => all.filter((one) => one.closest('[hidden]') === null).length)
  for (const frames of [25, 75, 30]) {
    await move(frames)
    await until(`the first ${frames} frames`, async () => (await shown()) === parts(frames))
  }
  await panel.getByRole('button', { name: 'Now', exact: true }).click()
  await until('all of it', async () => (await shown()) === parts())
})
