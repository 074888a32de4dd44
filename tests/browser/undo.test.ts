import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { launchChromium, type Chromium } from '../helpers/chromium.ts'
import { pieces, SSE_HEAD, startStreamServer, type StreamServer } from '../helpers/stream-server.ts'

let chromium: Chromium
let server: StreamServer
let script = ''

/** Capture as a function of the page, so that its undo can be called. */
async function bundleInstall(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'import.meta.env.FIREFOX': 'false' },
    build: { write: false, lib: { entry: 'lib/capture/install.ts', formats: ['iife'], name: 'capture' } },
  })
  const [output] = [built].flat()
  const code = output && 'output' in output ? output.output[0].code : ''
  return `${code}\nglobalThis.capture = capture`
}

beforeAll(async () => {
  server = await startStreamServer({ '/sse': pieces(SSE_HEAD, 'data: 1\n\n') })
  chromium = await launchChromium({ extension: null })
  script = await bundleInstall()
})
afterAll(async () => {
  await chromium?.close()
  await server?.close()
})

/** Every property of the window's classes and their prototypes, with what stands in each slot. Runs in the page. */
const SLOTS = `(() => {
  const slots = new Map()
  const add = (name, owner) => { for (const key of Reflect.ownKeys(owner)) { const found = Reflect.getOwnPropertyDescriptor(owner, key); for (const slot of ['value', 'get', 'set']) if (typeof found[slot] === 'function') slots.set(name + '.' + String(key) + '.' + slot, found[slot]) } }
  add('window', window)
  for (const name of Object.getOwnPropertyNames(window)) { const made = Reflect.getOwnPropertyDescriptor(window, name).value; if (typeof made === 'function' && made.prototype) add(name, made.prototype) }
  add('iterator', Object.getPrototypeOf(new ReadableStream().values()))
  return slots
})()`

test('undo puts every native function back', async () => {
  const page = await chromium.newPage(server.url)
  await page.evaluate(`globalThis.before = ${SLOTS}`)
  await page.addScriptTag({ content: script })
  const differing = `(() => { const now = ${SLOTS}; return [...before].filter(([name, native]) => now.get(name) !== native).map(([name]) => name) })()`
  await page.evaluate('globalThis.undo = capture.install()')
  // Iterators are reached with the first one that is made while there is a stream.
  await page.evaluate("fetch('/sse').then(() => null)")
  const patched = await page.evaluate(differing)
  await page.evaluate('undo()')
  for (const name of [
    'window.fetch.value',
    'Response.body.get',
    'ReadableStream.getReader.value',
    'iterator.next.value',
  ])
    expect(patched).toContain(name)
  expect(await page.evaluate(differing)).toEqual([])
})

test('what a page kept from before the undo goes on working', async () => {
  const page = await chromium.newPage(server.url)
  await page.addScriptTag({ content: script })
  const got = await page.evaluate(`(async () => {
    const undo = capture.install()
    const kept = fetch
    const response = await kept('/sse?one')
    undo()
    return [await response.text(), await (await kept('/sse?two')).text()]
  })()`)
  expect(got).toEqual(['data: 1\n\n', 'data: 1\n\n'])
})

/** How many functions lie between the browser and the page where the browser calls a getter of the page. Runs in the page. */
const DEPTH = `(() => {
  let depth = 0
  structuredClone({ get seen() { depth = new Error().stack.split('\\n').length } })
  return depth
})()`

test('as long as there is no stream, the calls of the page go straight to the browser', async () => {
  const page = await chromium.newPage(server.url)
  const native = await page.evaluate(DEPTH)
  await page.addScriptTag({ content: script })
  await page.evaluate('globalThis.undo = capture.install()')
  expect(await page.evaluate(DEPTH)).toBe(native)
  await page.evaluate("fetch('/sse').then(() => null)")
  expect(await page.evaluate(DEPTH)).toBeGreaterThan(Number(native))
  await page.evaluate('undo()')
  expect(await page.evaluate(DEPTH)).toBe(native)
})
