/** More text than a panel may hold, in Firefox' own storage. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtExtension } from '../helpers/extension.ts'
import { launchFirefox, type Firefox } from '../helpers/firefox.ts'
import { SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { untilFits } from '../helpers/until.ts'

const COUNT = 3_000

let server: StreamServer
let firefox: Firefox

beforeAll(async () => {
  server = await startStreamServer({
    '/long': (response) => {
      response.writeHead(200, SSE_HEAD)
      for (let n = 0; n < COUNT; n += 1) response.write(`data: {"n":${n},"pad":"${'.'.repeat(1_000)}"}\n\n`)
      response.end()
    },
  })
  firefox = await launchFirefox({ extension: builtExtension('firefox') })
})
afterAll(async () => {
  await firefox?.close()
  await server?.close()
})

const textHas = (selector: string, part: string): Promise<string> =>
  untilFits(
    `${part} in ${selector}`,
    () => firefox.inPanel((wanted) => document.querySelector(wanted)?.textContent ?? '', selector),
    (seen) => seen.includes(part),
  )

test('in Firefox too, texts beyond the bound go to the storage and come back when they are looked at', async () => {
  await firefox.goto(server.url)
  await firefox.openPanel()
  await firefox.inPanel((textBound) => void chrome.storage.local.set({ textBound }), {
    bytes: 2 ** 20,
    beyond: 'store',
  })
  await firefox.inPage(() => void fetch('/long').then((response) => response.text()))
  await textHas('.texts-notice', 'are in the browser’s storage')
  await firefox.inPanel(() => {
    const tab = Array.from(document.querySelectorAll<HTMLElement>('[role=tab]')).find(
      ({ textContent }) => textContent === 'Events',
    )
    tab?.click()
  })
  await textHas('.view-count', '3,000 events')
  await firefox.inPanel(() => {
    const list = document.querySelector('.events[role=grid]')
    list?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }))
  })
  await textHas('[data-entry="0"] [data-column=data]', '{"n":0,"pad":"...')
  expect(await firefox.extensionErrors()).toEqual([])
})
