/** The switch in Firefox: where capture is off, a page has the browser's own functions from its first script on. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtExtension } from '../helpers/extension.ts'
import { launchFirefox, type Firefox } from '../helpers/firefox.ts'
import { proxiesAmongInFirefox } from '../helpers/native-functions.ts'
import { startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { until, untilFits } from '../helpers/until.ts'
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
  untilFits(
    `the panel to say "${text}"`,
    () => firefox.inPanel(() => document.body.textContent),
    (seen) => seen.includes(text),
  )
const read = (url: string) => firefox.inPage(async (at) => (await fetch(at)).text(), url)
const rowsAre = (...paths: readonly string[]) =>
  untilFits(
    `the rows ${paths.join(', ')}`,
    () =>
      firefox.inPanel(() =>
        Array.from(document.querySelectorAll('[data-connection] [data-column=url]'), (cell) => cell.textContent.trim()),
      ),
    (seen) => seen.join() === paths.join(),
  )

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
  await rowsAre('/sse?other')

  await firefox.goto(`${server.url}page`)
  await panelSays('Streamscope is off for 127.0.0.1.')
  await firefox.closeToolbox()
  await firefox.updateAddon()
  expect(await replacedIn()).toEqual(NONE)
  await firefox.reload()
  expect(await replacedIn()).toEqual(NONE)
})

// Firefox gives each site a process of its own, and lets DevTools call while the scripts of its first document still come.
test('a site that is visited for the first time is known to the open panel as what it is: captured, or switched off', async () => {
  const site = (name: string) => server.otherUrl.replace('localhost', `${name}.localhost`)
  await firefox.openPanel()
  const paths: string[] = []
  for (const name of ['a', 'b', 'c', 'd']) {
    await firefox.goto(`${site(name)}page`)
    paths.push(`/sse?${name}`)
    expect(await read(`/sse?${name}`)).toBe('data: 1\n\n')
    await rowsAre(...paths)
  }
  await choose('Off everywhere')
  await panelSays('This page is still captured.')
  for (const name of ['e', 'f']) {
    await firefox.goto(`${site(name)}page`)
    // It knows of the new page, and says nothing of the one before any more.
    await panelSays(`Off for ${name}.localhost`)
    await panelSays('Streamscope is off everywhere.')
  }
  await choose('On for')
  await panelSays('Nothing of this page is captured.')
  await firefox.closeToolbox()
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
  await rowsAre('/sse?again')
  expect(await firefox.extensionErrors()).toEqual([])
})
