import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '../conformance/bundle.ts'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { readRecords } from '../helpers/records.ts'
import { pieces, SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
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

test.for(['nobody', 'Sentry', 'Datadog RUM', 'OpenTelemetry fetch', 'zone.js', 'MSW', 'axios'])(
  'with %s in the page each connection is recorded once, and whole',
  async (name) => {
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
    await page.close()
  },
)
