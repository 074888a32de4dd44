import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { builtExtension } from '../helpers/extension.ts'
import { readRecords } from '../helpers/records.ts'
import { SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'
import { only, text } from './setup.ts'

/** More than a journal holds; no event is like another, and most characters have three bytes. */
const LARGE = Array.from({ length: 60_000 }, (_, i) => `data: ${i} ${'日本'.repeat(25)}\n\n`).join('')

let chromium: Chromium
let server: StreamServer

beforeAll(async () => {
  server = await startStreamServer({
    '/large': (response) => {
      response.writeHead(200, SSE_HEAD)
      response.end(LARGE)
    },
  })
  chromium = await launchChromium({ extension: builtExtension('chrome') })
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

test('of more than the journal holds, the last part is there to the letter, and what went is counted', async () => {
  const page = await chromium.newPage(server.url)
  // Reads of all sizes; and the page overwrites at once what it got.
  const readBytes = await page.evaluate(async () => {
    const reader = (await fetch('/large')).body?.getReader({ mode: 'byob' })
    const sizes = [7, 65_536, 300_000]
    let total = 0
    for (let i = 0; reader; i++) {
      const { done, value } = await reader.read(new Uint8Array(sizes[i % 3] ?? 1))
      if (done) break
      total += value.length
      value.fill(0)
    }
    return total
  })
  expect(readBytes).toBe(Buffer.byteLength(LARGE))

  const records = await readRecords(chromium.context, chromium.extensionId, page)
  const all = await records.ended('/large')
  const kept = text(all)
  expect(LARGE.endsWith(kept)).toBe(true)
  expect(kept.length).toBeGreaterThan(LARGE.length / 2)
  const keptBytes = only(all, 'chunk').reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const lostBytes = only(all, 'dropped').reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  expect(keptBytes).toBeLessThan(readBytes)
  // What a record costs beside its bytes is counted, too.
  expect(lostBytes).toBeGreaterThan(readBytes - keptBytes)
  await page.close()
})

test('any view that a page reads into is recorded as the bytes it got', async () => {
  const page = await chromium.newPage(server.url)
  const records = await readRecords(chromium.context, chromium.extensionId, page)
  await page.evaluate(async () => {
    const reader = (await fetch('/large?views')).body?.getReader({ mode: 'byob' })
    await reader?.read(new Uint16Array(32), { min: 32 })
    await reader?.read(new DataView(new ArrayBuffer(64)))
    await reader?.cancel()
  })
  const all = await records.ended('?views')
  expect(only(all, 'chunk').map(({ sizeBytes }) => sizeBytes)).toEqual([64, 64])
  expect(LARGE.startsWith(text(all).slice(0, 20))).toBe(true)
})

test('the bound that the user set holds from the first stream on', async () => {
  const settings = await chromium.newPage(`chrome-extension://${chromium.extensionId}/panel.html#plain`)
  await settings.evaluate(() => chrome.storage.local.set({ journalBytes: 2 ** 21 }))
  const page = await chromium.newPage(`${server.url}?bound`)
  await page.evaluate(async () => (await fetch('/large?bound')).text())
  const records = await readRecords(chromium.context, chromium.extensionId, page)
  const all = await records.ended('/large?bound')
  const keptBytes = only(all, 'chunk').reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  expect(keptBytes).toBeGreaterThan(0)
  expect(keptBytes).toBeLessThan(2 ** 21)
  expect(LARGE.endsWith(text(all))).toBe(true)
  await settings.evaluate(() => chrome.storage.local.remove('journalBytes'))
  await settings.close()
  await page.close()
})
