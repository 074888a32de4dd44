/** The switch in Firefox: where capture is off, a page has the browser's own functions from its first script on. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtExtension } from '../helpers/extension.ts'
import { launchFirefox, type Firefox } from '../helpers/firefox.ts'
import { proxiesAmongInFirefox } from '../helpers/native-functions.ts'
import { startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'
import { PLACES, SWITCH_ANSWERS } from './switch-page.ts'

let server: StreamServer
let firefox: Firefox

beforeAll(async () => {
  server = await startStreamServer(SWITCH_ANSWERS)
  firefox = await launchFirefox({ extension: builtExtension('firefox') })
})
afterAll(async () => {
  await firefox?.close()
  await server?.close()
})

const NONE = Object.fromEntries(PLACES.map((place) => [place, []]))

async function replacedIn(): Promise<Record<string, string[]>> {
  await until('the page to look', () => firefox.inPage(() => 'looked' in window))
  const found: Record<string, string[]> = {}
  for (const place of PLACES) found[place] = await proxiesAmongInFirefox(firefox, place)
  return found
}
const panelSays = (text: string) =>
  until(`the panel to say "${text}"`, () => firefox.inPanel((part) => document.body.textContent.includes(part), text))
const read = (url: string) => firefox.inPage(async (at) => (await fetch(at)).text(), url)
const rows = () => firefox.inPanel(() => document.querySelectorAll('[data-connection]').length)

/** Chooses an option of the switch, once it is there: the panel must know the page's site first. */
const choose = (option: string) =>
  until(`the option "${option}"`, () =>
    firefox.inPanel((name) => {
      const find = (selector: string, text: string) =>
        Array.from(document.querySelectorAll<HTMLElement>(selector)).find((element) =>
          element.textContent.trim().startsWith(text),
        )
      const label = find('.capture-switch label', name)
      if (!label) return false
      find('button', 'Capture')?.click()
      label.click()
      return true
    }, option),
  )

test('a site that is switched off has native functions after a reload, other sites and a site switched on again have not', async () => {
  await firefox.goto(`${server.url}page`)
  expect((await replacedIn())['first script']).toContain('window.fetch.value')
  await firefox.openPanel()
  await choose('Off for 127.0.0.1')
  await panelSays('This page is still captured.')
  await firefox.reload()
  await panelSays('Streamscope is off for 127.0.0.1.')
  expect(await replacedIn()).toEqual(NONE)
  expect(await read('/sse?off')).toBe('data: 1\n\n')

  await firefox.goto(`${server.otherUrl}page`)
  expect((await replacedIn())['first script']).toContain('window.fetch.value')
  await read('/sse?other')
  await until('the row of the other site', async () => (await rows()) === 1)

  await firefox.goto(`${server.url}page`)
  await panelSays('Streamscope is off for 127.0.0.1.')
  await firefox.closeToolbox()
  await firefox.updateAddon()
  expect(await replacedIn()).toEqual(NONE)
  await firefox.reload()
  expect(await replacedIn()).toEqual(NONE)
})

test('everywhere off, and on again', async () => {
  await firefox.goto(`${server.otherUrl}page`)
  await firefox.openPanel()
  await choose('Off everywhere')
  await panelSays('This page is still captured.')
  await firefox.reload()
  await panelSays('Streamscope is off everywhere.')
  expect(await replacedIn()).toEqual(NONE)
  await choose('On for')
  await panelSays('Nothing of this page is captured.')
  await firefox.reload()
  expect((await replacedIn())['first script']).toContain('window.fetch.value')
  await read('/sse?again')
  await until('its row', async () => (await rows()) === 1)
  expect(await firefox.extensionErrors()).toEqual([])
})
