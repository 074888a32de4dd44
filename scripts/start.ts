/**
 * `npm start`: the extension in a real browser, with the demo page and DevTools open on our panel.
 * Without a display, or with `--tour`, it presses the demo's buttons in a headless browser and prints what the panel shows.
 */

import type { BrowserContext, Page } from 'playwright-core'
import { launchChromium, type Chromium } from '../tests/helpers/chromium.ts'
import { startDemo, type Demo } from '../tests/helpers/demo.ts'
import { builtExtension } from '../tests/helpers/extension.ts'
import { ensureChromium } from './browsers.ts'
import { onStopSignal, run, stopAll } from './run.ts'
import { takeTour } from './tour.ts'

// Promises, so that what is still starting when Ctrl-C comes is ended too.
let demo: Promise<Demo> | null = null
let chromium: Promise<Chromium> | null = null
let ending = false

async function cleanUp(): Promise<void> {
  ending = true
  await stopAll()
  const [browser, server] = await Promise.allSettled([chromium, demo])
  if (browser.status === 'fulfilled') await browser.value?.close()
  if (server.status === 'fulfilled') await server.value?.close()
}

function hasDisplay(): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

async function build(): Promise<string> {
  console.log('Building the extension …')
  const { code, output } = await run('wxt', ['build', '-b', 'chrome'])
  if (code !== 0) throw new Error(`The build failed:\n${output.trimEnd()}`)
  return builtExtension('chrome')
}

function firstPage(context: BrowserContext): Page | Promise<Page> {
  return context.pages()[0] ?? context.newPage()
}

/** Resolves when somebody has closed the window; rejects if the browser died instead. */
async function untilClosed(browser: Chromium, page: Page): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  page.once('close', () => resolve())
  browser.context.once('close', () => resolve())
  if (page.isClosed() || browser.closed) resolve()
  await promise
  // On a Mac the program outlives its last window.
  if (ending || (await browser.endedInOrder()) || !browser.closed) return
  throw new Error('The browser ended unexpectedly.')
}

async function main(): Promise<void> {
  const show = hasDisplay() && !process.argv.includes('--tour')
  const { name, path } = ensureChromium()
  const extension = await build()
  if (ending) return
  demo = startDemo()
  const { url, trustedKeyHash } = await demo
  console.log(`Starting ${name} (${path}) …`)
  chromium = launchChromium({
    extension,
    headless: !show,
    dock: show ? 'bottom' : 'undocked',
    heightPx: 1000,
    trustedKeyHash,
    handleSignals: false,
  })
  const browser = await chromium
  const page = await firstPage(browser.context)
  await page.goto(url)
  const devTools = await browser.openPanel(page)
  if (show) {
    console.log(`The demo is at ${url} and DevTools shows Streamscope. Press a button in the page.`)
    console.log('To end: close the window, or press Ctrl-C here.')
    await untilClosed(browser, page)
  } else {
    console.log(`No display here, so this is a tour: pressing the buttons of ${url} one after another.`)
    await takeTour(page, devTools)
  }
}

async function explain(error: unknown): Promise<void> {
  const browser = await chromium?.catch(() => null)
  if (browser?.closed) console.error('The browser ended unexpectedly.')
  else console.error(error instanceof Error ? error.message : error)
}

onStopSignal(cleanUp)
try {
  await main()
} catch (error) {
  // After Ctrl-C, everything that was under way fails; that is no news.
  if (!ending) {
    process.exitCode = 1
    await explain(error)
  }
} finally {
  if (!ending) await cleanUp()
}
