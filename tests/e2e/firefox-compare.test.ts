/** A comparison of two chat answers in Firefox' real toolbox, worked by real keys and clicks. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CompareTab } from '../../components/compare/compare-state.ts'
import { builtExtension } from '../helpers/extension.ts'
import { clickWith, press } from '../helpers/firefox-input.ts'
import { launchFirefox, type Firefox } from '../helpers/firefox.ts'
import { SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'

/** The answer says again what was asked for; its ids are new each time. */
function answerTo(word: string, id: string): string {
  const event = (content: string) => {
    const choices = [{ index: 0, delta: { content }, finish_reason: null }]
    return `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created: 1, model: 'm', choices })}\n\n`
  }
  return `${['Red ', `${word} `, 'are ', 'sweet.'].map(event).join('')}data: [DONE]\n\n`
}

let server: StreamServer
let firefox: Firefox

beforeAll(async () => {
  let answers = 0
  server = await startStreamServer({
    '/chat': (response, { text }) => {
      answers += 1
      response.writeHead(200, SSE_HEAD)
      response.end(answerTo((JSON.parse(text) as { ask: string }).ask, `chatcmpl-${answers}`))
    },
  })
  firefox = await launchFirefox({ extension: builtExtension('firefox') })
  await firefox.goto(server.url)
  await firefox.openPanel()
  for (const ask of ['apples', 'grapes'])
    await firefox.inPage(async (word) => {
      const headers = { 'Content-Type': 'application/json' }
      await (await fetch('/chat', { method: 'POST', headers, body: JSON.stringify({ ask: word }) })).text()
    }, ask)
  await until('two answers', async () => {
    const states = await textsOf('[data-connection] [data-column=state]')
    return states.length === 2 && states.every((state) => state === 'completed')
  })
})
afterAll(async () => {
  await firefox?.close()
  await server?.close()
})

const textsOf = (selector: string): Promise<string[]> =>
  firefox.inPanel(
    (wanted) => Array.from(document.querySelectorAll(wanted), ({ textContent }) => (textContent ?? '').trim()),
    selector,
  )
const textsAre = (selector: string, texts: readonly string[]) =>
  until(`${selector} to be ${texts.join(', ')}`, async () => {
    const seen = await textsOf(selector)
    if (seen.join('\n') !== texts.join('\n')) throw new Error(`so far: ${seen.join(', ')}`)
    return true
  })
const isThere = (selector: string) =>
  until(selector, () => firefox.inPanel((wanted) => document.querySelector(wanted) !== null, selector))

async function openTab(name: CompareTab): Promise<void> {
  const nth = await firefox.inPanel(
    (wanted) =>
      Array.from(document.querySelectorAll('.compare [role=tab]')).findIndex(
        ({ textContent }) => textContent === wanted,
      ) + 1,
    name,
  )
  await firefox.clickInPanel(`.compare [role=tab]:nth-child(${nth})`)
  await textsAre('.compare [role=tab][aria-selected=true]', [name])
}

test('two answers are selected, and compared in every way', async () => {
  await firefox.clickInPanel('[data-connection]:nth-of-type(1) [data-column=number]')
  await clickWith(firefox, 'Control', '[data-connection]:nth-of-type(2) [data-column=number]')
  await textsAre('.compare-bar .view-count', ['2 connections selected'])
  await press(firefox, 'c')
  await textsAre('[data-figure=Events] td', ['5', '5'])
  await textsAre('[data-figure=State] td', ['completed', 'completed'])

  await openTab('Timeline')
  await isThere('.compare-marks')
  const drawn = await firefox.inPanel(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.compare .timeline-lanes')
    const { width = 0, height = 0 } = canvas ?? {}
    const { data = [] } = canvas?.getContext('2d')?.getImageData(0, 0, width, height) ?? {}
    return Array.from(data).filter((value, index) => index % 4 === 3 && value > 0).length
  })
  expect(drawn).toBeGreaterThan(100)
  await textsAre('.compare-marks tbody td:nth-child(2)', ['0 ms', '0 ms'])

  await openTab('Events')
  await textsAre('.diff-row:not(.head) [data-column=sign] > :first-child', ['=', '≠', '=', '=', '='])
  await textsAre('.diff-row mark', ['appl', 'grap'])
  await firefox.clickInPanel('.diff-row[data-kind=changed]')
  await until('the pair', async () => (await textsOf('.diff-added')).join().includes('"id": "chatcmpl-2"'))
  await firefox.clickInPanel('.compare-bar-wide > button')
  const copied = await until(
    'the copied text',
    async () => (await firefox.marionette.execute('chrome', CLIPBOARD)) as string,
  )
  expect(copied.split('\n').map((line) => line.slice(0, 12))).toEqual([
    '--- #1 POST ',
    '+++ #2 POST ',
    '- 2 message ',
    '+ 2 message ',
  ])
  expect(copied).toContain('"content":"grapes "')

  await openTab('Message')
  await textsAre('.compare-text :is(del, ins)', ['apples', 'grapes'])

  await openTab('Request')
  await until('the bodies', async () => (await textsOf('.compare .diff-added')).join().includes('"ask": "grapes"'))

  await press(firefox, 'Escape')
  await isThere('.details:not(.compare)')
  expect(await firefox.extensionErrors()).toEqual([])
})

/** In the browser's own window: what the clipboard holds. */
const CLIPBOARD = `
  const transfer = Cc['@mozilla.org/widget/transferable;1'].createInstance(Ci.nsITransferable)
  transfer.init(null)
  transfer.addDataFlavor('text/plain')
  Services.clipboard.getData(transfer, Services.clipboard.kGlobalClipboard)
  const value = {}
  transfer.getTransferData('text/plain', value)
  return value.value.QueryInterface(Ci.nsISupportsString).data`
