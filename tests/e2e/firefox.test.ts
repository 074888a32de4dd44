import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemo, type Demo } from '../helpers/demo.ts'
import { builtExtension } from '../helpers/extension.ts'
import { launchFirefox, type Firefox } from '../helpers/firefox.ts'
import { until, untilFits } from '../helpers/until.ts'

let demo: Demo
let firefox: Firefox

beforeAll(async () => {
  demo = await startDemo()
  firefox = await launchFirefox({ extension: builtExtension('firefox') })
})

afterAll(async () => {
  await firefox?.close()
  await demo?.close()
})

/** The panel's list, a line a connection: method, path, events, state. */
const rows = (): Promise<string[]> =>
  firefox.inPanel(() =>
    Array.from(document.querySelectorAll('[data-connection]'), (row) =>
      ['method', 'url', 'events', 'state']
        .map((column) => row.querySelector(`[data-column="${column}"]`)?.textContent?.trim())
        .join(' '),
    ),
  )

const run = async (id: string): Promise<string> => {
  await firefox.inPage((button) => document.getElementById(button)?.click(), id)
  return until(`the page to finish ${id}`, () =>
    firefox.inPage((button) => {
      const text = document.querySelector(`output[data-for="${button}"]`)?.textContent ?? ''
      return text.includes('[end') && text
    }, id),
  )
}

test('the panel opens in the toolbox and shows what began before it', async () => {
  await firefox.goto(demo.url)
  await run('run-for-await')
  await firefox.openPanel()
  expect(await firefox.inPanel(() => location.pathname)).toBe('/panel.html')
  await untilFits('the stream of before', rows, (seen) => seen.includes('GET /sse 10 completed'))
})

test('a fetch stream and an EventSource come in live, and the page gets all of them', async () => {
  const before = (await rows()).length
  expect(await run('chat-send')).toContain('[end: done]')
  await firefox.inPage(() => document.getElementById('run-eventsource')?.click())
  await untilFits('events while it is open', rows, (seen) => /GET \/sse [1-9]\d* open/.test(seen.at(-1) ?? ''))
  await untilFits('its end', rows, (seen) => /GET \/sse 10 cancelled/.test(seen.at(-1) ?? ''))
  const [chat] = (await rows()).slice(before)
  expect(chat).toMatch(/^POST \/chat \d\d+ completed$/)
})

test.for([
  'run-pipe-through',
  'run-byob',
  'run-tee',
  'run-text',
  'run-clone',
  'run-xhr',
  'run-ndjson',
  'run-wrong-type',
])('%s is seen in Firefox, too', async (id) => {
  const before = (await rows()).length
  expect(await run(id)).toContain('[end: done]')
  await untilFits(`the row of ${id}`, rows, (seen) => seen[before]?.endsWith('10 completed') ?? false)
})

test('a navigation is survived: the new page streams into the same panel', async () => {
  const before = (await rows()).length
  await firefox.inPage(() => document.getElementById('run-eventsource')?.click())
  await untilFits('the stream to begin', rows, (seen) => seen.length > before)
  await firefox.goto(`${demo.url}?again`)
  await untilFits('the old stream to end', rows, (seen) => seen[before]?.endsWith(' page gone') ?? false)
  await run('run-for-await')
  await untilFits('the new stream', rows, (seen) => seen.at(-1) === 'GET /sse 10 completed')
  expect(await firefox.extensionErrors()).toEqual([])
})

test('an update of the add-on leaves the page patched once, and what it recorded is still there', async () => {
  await firefox.closeToolbox()
  await firefox.goto(`${demo.url}?update`)
  const output = await run('run-tee')
  const nativeName = await firefox.inPage(() => String(window.fetch))
  await firefox.updateAddon()
  expect(await run('run-tee')).toBe(output)
  expect(await firefox.inPage(() => String(window.fetch))).toBe(nativeName)
  await firefox.openPanel()
  await untilFits(
    'the streams of before and after the update, once each',
    rows,
    (seen) => seen.length === 2 && seen.every((row) => row === 'GET /sse 10 completed'),
  )
})
