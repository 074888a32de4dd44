import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemo, type Demo } from '../helpers/demo.ts'
import { builtExtension } from '../helpers/extension.ts'
import { launchFirefox, type Firefox } from '../helpers/firefox.ts'
import { until } from '../helpers/until.ts'

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
  await until('the stream of before', async () => (await rows()).includes('GET /sse 10 completed'))
})

test('a fetch stream and an EventSource come in live, and the page gets all of them', async () => {
  const before = (await rows()).length
  expect(await run('chat-send')).toContain('[end: done]')
  await firefox.inPage(() => document.getElementById('run-eventsource')?.click())
  await until('events while it is open', async () => /GET \/sse [1-9]\d* open/.test((await rows()).at(-1) ?? ''))
  await until('its end', async () => /GET \/sse 10 cancelled/.test((await rows()).at(-1) ?? ''))
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
  await until(`the row of ${id}`, async () => (await rows())[before]?.endsWith('10 completed'))
})

test('a navigation is survived: the new page streams into the same panel', async () => {
  const before = (await rows()).length
  await firefox.inPage(() => document.getElementById('run-eventsource')?.click())
  await until('the stream to begin', async () => (await rows()).length > before)
  await firefox.goto(`${demo.url}?again`)
  await until('the old stream to end', async () => (await rows())[before]?.endsWith(' page gone'))
  await run('run-for-await')
  await until('the new stream', async () => (await rows()).at(-1) === 'GET /sse 10 completed')
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
  await until('the streams of before and after the update, once each', async () => {
    const all = await rows()
    return all.length === 2 && all.every((row) => row === 'GET /sse 10 completed')
  })
})
