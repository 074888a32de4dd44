import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '../conformance/bundle.ts'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { readRecords } from '../helpers/records.ts'
import { pieces, SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { createTempDir, removeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { only, text } from './setup.ts'

let chromium: Chromium
let server: StreamServer

beforeAll(async () => {
  const script = await bundle('tests/coexistence/libraries.ts')
  const worker = readFileSync('node_modules/msw/lib/mockServiceWorker.js', 'utf8')
  const serve =
    (type: string, body: string): Parameters<typeof startStreamServer>[0][string] =>
    (response) => {
      response.writeHead(200, { 'content-type': type })
      response.end(body)
    }
  server = await startStreamServer({
    '/page': serve('text/html', '<!doctype html><script src="/libraries.js"></script>'),
    '/libraries.js': serve('text/javascript', script),
    '/mockServiceWorker.js': serve('text/javascript', worker),
    '/echo': serve('application/json', '{}'),
    '/sse': pieces(SSE_HEAD, 'data: 1\n\n', 'data: 2\n\n'),
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

/** Each with what it may hide, as far as that can be told. */
test.for([
  ['nobody', []],
  ['Sentry', ['replaced fetch', 'replaced XMLHttpRequest.prototype.open', 'replaced XMLHttpRequest.prototype.send']],
  [
    'Datadog RUM',
    ['replaced fetch', 'replaced XMLHttpRequest.prototype.open', 'replaced XMLHttpRequest.prototype.send'],
  ],
  ['OpenTelemetry fetch', ['replaced fetch']],
  ['zone.js', ['replaced fetch', 'replaced XMLHttpRequest.prototype.open', 'replaced XMLHttpRequest.prototype.send']],
  ['MSW', ['service-worker /mockServiceWorker.js']],
  ['axios', []],
] as const)('with %s in the page each connection is recorded once, and whole', async ([name, notes]) => {
  const page = await chromium.newPage(`${server.url}page?${encodeURIComponent(name)}`)
  const records = await readRecords(chromium.context, chromium.extensionId, page)
  const got = await page.evaluate(`(async () => {
      await libraries[${JSON.stringify(name)}]()
      const fetched = await (await fetch('/sse?by=fetch')).text()
      const sent = await new Promise((resolve) => { const xhr = new XMLHttpRequest(); xhr.open('GET', '/sse?by=xhr'); xhr.onload = () => resolve(xhr.responseText); xhr.send() })
      await new Promise((resolve) => { const source = new EventSource('/sse?by=source'); let events = 0; source.onmessage = () => { if (++events === 2) { source.close(); resolve() } } })
      return [fetched, sent]
    })()`)
  const whole = 'data: 1\n\ndata: 2\n\n'
  expect(got).toEqual([whole, whole])
  for (const by of ['fetch', 'xhr']) expect(text(await records.ended(`by=${by}`))).toBe(whole)
  expect(only(await records.ended('by=source'), 'event').map(({ data }) => data)).toEqual(['1', '2'])
  const opened = only(await records.all(), 'open').filter(({ url }) => url.includes('/sse'))
  expect(opened.map(({ url }) => new URL(url).search)).toEqual(['?by=fetch', '?by=xhr', '?by=source'])
  await records.close()
  expect(await notesOf(page)).toEqual(notes)
  await page.evaluate(async () => {
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister()
  })
  await page.close()
})

/** What the page is said to hide, after it was looked at once more. */
async function notesOf(page: Page): Promise<string[]> {
  const records = await readRecords(chromium.context, chromium.extensionId, page)
  // A new listener makes capture look at once; what comes after is numbered after what was found.
  await until('the first records', async () => (await records.all()).length > 0)
  await page.evaluate("(async () => (await fetch('/sse?by=last')).text())()")
  await records.ended('by=last')
  const found = only(await records.all(), 'document-note')
  await records.close()
  return found.map(({ note, detail }) => `${note} ${detail.replace(server.url, '/')}`)
}

test('a Response that page code makes itself, and one that it makes of another, are said to be', async () => {
  const page = await chromium.newPage(`${server.url}page?made-up`)
  const records = await readRecords(chromium.context, chromium.extensionId, page)
  await page.evaluate(`(async () => {
    const headers = { 'content-type': 'text/event-stream' }
    new Response('data: 1', { headers: { 'content-type': 'text/plain' } })
    new Response(new ReadableStream(), { headers })
    const { body } = await fetch('/sse?by=rebuilt')
    await new Response(body, { headers }).text()
  })()`)
  const own = await records.ended('by=rebuilt')
  expect(only(own, 'note').map(({ note }) => note)).toContain('rebuilt')
  const found = only(await records.all(), 'document-note').map(({ note, detail }) => [note, detail])
  expect(found).toEqual([['made-up', 'Content-Type: text/event-stream']])
  await records.close()
  await page.close()
})

test('a copy of a body that keeps the connection open when the page lets go of the other is said to', async () => {
  const page = await chromium.newPage(`${server.url}page?held-open`)
  const records = await readRecords(chromium.context, chromium.extensionId, page)
  await page.evaluate(`(async () => {
    const response = await fetch('/sse?by=clone')
    window.copy = response.clone()
    void response.body.cancel()
  })()`)
  const own = await records.when('by=clone', (seen) => only(seen, 'note').some(({ note }) => note === 'held-open'))
  expect(only(own, 'note').find(({ note }) => note === 'held-open')?.detail).toBe('body.cancel')
  expect(only(own, 'end')).toEqual([])
  await records.close()
  await page.close()
})

test('a function that was frozen or wrapped before capture came is said to be', async () => {
  const extension = earlierExtension(
    "Object.defineProperty(window, 'EventSource', { writable: false, configurable: false }); const native = fetch; window.fetch = (...all) => native(...all)",
  )
  await chromium.cdp.send('Extensions.loadUnpacked', { path: extension })
  const page = await chromium.newPage(`${server.url}page?earlier`)
  expect(await notesOf(page)).toEqual(['wrapped-before fetch', 'unpatched EventSource'])
  await page.close()
  removeTempDir(extension)
})

/** Browsers run extensions' scripts by the order of their ids, which they make of an unpacked one's path. */
function earlierExtension(script: string): string {
  for (;;) {
    const path = createTempDir('earlier')
    if (createHash('sha256').update(path).digest('hex').startsWith('0')) {
      writeFileSync(
        join(path, 'manifest.json'),
        JSON.stringify({
          manifest_version: 3,
          name: 'Earlier',
          version: '1',
          content_scripts: [{ matches: ['<all_urls>'], js: ['page.js'], run_at: 'document_start', world: 'MAIN' }],
        }),
      )
      writeFileSync(join(path, 'page.js'), script)
      return path
    }
    removeTempDir(path)
  }
}
