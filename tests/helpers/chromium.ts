/** Real Chromium with our extension, and its real DevTools: the front-end is a Playwright Page, our panel a Frame of it. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type BrowserContext, type CDPSession, type Frame, type Page } from 'playwright-core'
import { ensureChromium, isRoot } from '../../scripts/browsers.ts'
import { PANEL_TITLE } from './extension.ts'
import { createTempDir, removeTempDir } from './temp-dir.ts'
import { until, within } from './until.ts'

// Playwright hides DevTools windows unless this is set before the browser starts.
process.env['PW_CHROMIUM_ATTACH_TO_OTHER'] = '1'

/** A slow, busy machine needs several seconds for DevTools to boot and to load the extension's page. */
const BOOT_TIMEOUT_MS = 30_000
const PANEL_TIMEOUT_MS = 15_000
const CLOSE_TIMEOUT_MS = 10_000
const MARK_TIMEOUT_MS = 1_000

export interface ChromiumOptions {
  /** Folder of the built extension; null starts without one. */
  readonly extension: string | null
  readonly headless?: boolean
  /** DevTools' theme. */
  readonly theme?: 'light' | 'dark'
  /** Where DevTools sits; undocked gives it a window of its own, and clean screenshots. */
  readonly dock?: 'undocked' | 'right' | 'bottom'
  readonly widthPx?: number
  readonly heightPx?: number
  /** A profile to go on with, which the caller removes; without one, a fresh profile is made and removed. */
  readonly profileDir?: string
  /** SHA-256 of the public key of a self-signed certificate that is to be trusted, in Base64. */
  readonly trustedKeyHash?: string
  /** Keeps Playwright from ending the whole program at Ctrl-C, for callers that clean up themselves. */
  readonly handleSignals?: boolean
}

export interface Chromium {
  readonly context: BrowserContext
  /** Commands to the browser itself. */
  readonly cdp: CDPSession
  /** Empty without an extension. */
  readonly extensionId: string
  /** True once the browser is gone, whoever ended it. */
  readonly closed: boolean
  /** A new tab, with `url` loaded if given. */
  newPage(url?: string): Promise<Page>
  openDevTools(page: Page): Promise<DevTools>
  openPanel(page: Page): Promise<DevToolsPanel>
  /** Once the browser is gone: whether it ended in order (window closed, asked to quit) and did not crash. */
  endedInOrder(): Promise<boolean>
  /** Ends the browser and removes its profile. Never throws. */
  close(): Promise<void>
}

export interface DevTools {
  /** The DevTools front-end's own page. */
  readonly frontend: Page
  /** Switches to our panel. */
  showPanel(): Promise<DevToolsPanel>
  closeDevTools(): Promise<void>
}

export interface DevToolsPanel extends DevTools {
  readonly panel: Frame
  /** Writes a PNG of the panel alone. */
  screenshot(path: string): Promise<void>
}

/**
 * Starts a Chromium-based browser with a fresh profile.
 *
 * @throws Error if there is no browser, or it does not start within 30 seconds
 */
export async function launchChromium(options: ChromiumOptions): Promise<Chromium> {
  const { headless = true, widthPx = 1400, heightPx = 900, handleSignals = true } = options
  const browser = ensureChromium()
  const profileDir = options.profileDir ?? createTempDir('chromium')
  prepareProfile(profileDir, options)
  const removeProfile = () => {
    if (options.profileDir === undefined) removeTempDir(profileDir)
  }
  process.once('exit', removeProfile)

  const context = await chromium
    .launchPersistentContext(profileDir, {
      executablePath: browser.path,
      // Playwright's own headless switch differs between versions; Chromium's is given below.
      headless: false,
      timeout: BOOT_TIMEOUT_MS,
      // Pages and DevTools shall look and behave as in a user's browser: no emulated size, theme or motion.
      viewport: null,
      colorScheme: null,
      reducedMotion: null,
      forcedColors: null,
      contrast: null,
      chromiumSandbox: !isRoot(),
      // With bfcache on, Playwright's `goBack()` returns only with `{ waitUntil: 'commit' }`.
      ignoreDefaultArgs: ['--disable-extensions', '--disable-back-forward-cache'],
      handleSIGINT: handleSignals,
      handleSIGTERM: handleSignals,
      handleSIGHUP: handleSignals,
      args: [
        '--disable-gpu',
        '--disable-quic',
        // Branded Chrome ignores --load-extension; with this switch the debugging pipe loads it everywhere.
        '--enable-unsafe-extension-debugging',
        `--window-size=${widthPx},${heightPx}`,
        ...(options.trustedKeyHash ? [`--ignore-certificate-errors-spki-list=${options.trustedKeyHash}`] : []),
        ...(headless ? ['--headless=new', '--force-device-scale-factor=1'] : []),
      ],
    })
    .catch((error: unknown) => {
      removeProfile()
      throw error
    })

  let closed = false
  context.once('close', () => {
    closed = true
  })
  const close = async () => {
    // A browser that died or hangs may refuse; Playwright kills it when the program ends.
    await within('Chromium to close', context.close(), CLOSE_TIMEOUT_MS).catch(() => {})
    removeProfile()
    process.off('exit', removeProfile)
  }
  try {
    const root = context.browser()
    if (!root) throw new Error('The browser ended while starting.')
    const cdp = await root.newBrowserCDPSession()
    const extensionId = options.extension ? await loadExtension(cdp, options.extension) : ''
    return {
      context,
      cdp,
      extensionId,
      get closed() {
        return closed
      },
      newPage: (url) => newPage(context, url),
      openDevTools: (page) => openDevTools(cdp, page),
      openPanel: async (page) => (await openDevTools(cdp, page)).showPanel(),
      endedInOrder: () => endedInOrder(profileDir),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function prepareProfile(dir: string, { theme = 'light', dock = 'undocked' }: ChromiumOptions): void {
  if (existsSync(join(dir, 'Default'))) return
  // DevTools keeps its settings as JSON texts inside the profile's JSON.
  const preferences = {
    currentDockState: JSON.stringify(dock),
    'ui-theme': JSON.stringify(theme === 'dark' ? 'dark' : 'default'),
  }
  mkdirSync(join(dir, 'Default'), { recursive: true })
  writeFileSync(join(dir, 'Default', 'Preferences'), JSON.stringify({ devtools: { preferences } }))
}

/** Chromium marks its profile as crashed while it runs, and takes the mark away last; that may come after the pipe is closed. */
async function endedInOrder(profileDir: string): Promise<boolean> {
  const readMark = () => {
    const text = readFileSync(join(profileDir, 'Default', 'Preferences'), 'utf8')
    const { profile } = JSON.parse(text) as { profile?: { exit_type?: string } }
    return profile?.exit_type === 'Normal'
  }
  return until('the mark of an orderly end', readMark, MARK_TIMEOUT_MS).catch(() => false)
}

async function loadExtension(cdp: CDPSession, path: string): Promise<string> {
  const { id } = await within('the extension to load', cdp.send('Extensions.loadUnpacked', { path }), BOOT_TIMEOUT_MS)
  return id
}

async function newPage(context: BrowserContext, url?: string): Promise<Page> {
  const page = await context.newPage()
  if (url) await page.goto(url)
  return page
}

async function targetIdOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  try {
    const { targetInfo } = await session.send('Target.getTargetInfo')
    return targetInfo.targetId
  } finally {
    // The page may have gone meanwhile, and its session with it.
    await session.detach().catch(() => {})
  }
}

async function openDevTools(cdp: CDPSession, page: Page): Promise<DevTools> {
  const { targetId } = await cdp.send('Target.openDevTools', { targetId: await targetIdOf(page) })
  const frontend = await until('the DevTools window', () => findPage(page.context(), targetId), BOOT_TIMEOUT_MS)
  // Asking for the views earlier throws inside DevTools; its tab strip is there once it has booted.
  await frontend.locator('#tab-elements').first().waitFor({ state: 'attached', timeout: BOOT_TIMEOUT_MS })
  const viewId = await until(
    'our panel in DevTools',
    () => frontend.evaluate<string | null>(FIND_PANEL),
    BOOT_TIMEOUT_MS,
  )
  const devTools: DevTools = {
    frontend,
    showPanel: () => showPanel(devTools, viewId),
    closeDevTools: async () => {
      const gone = frontend.isClosed()
        ? Promise.resolve()
        : frontend.waitForEvent('close', { timeout: CLOSE_TIMEOUT_MS })
      await cdp.send('Target.closeTarget', { targetId })
      await gone
    },
  }
  return devTools
}

async function findPage(context: BrowserContext, targetId: string): Promise<Page | null> {
  for (const page of context.pages()) {
    if (page.url().startsWith('devtools://') && (await targetIdOf(page)) === targetId) return page
  }
  return null
}

async function showPanel(devTools: DevTools, viewId: string): Promise<DevToolsPanel> {
  const { frontend } = devTools
  await frontend.evaluate(toShowView(viewId))
  const isPanel = (frame: Frame) => /^chrome-extension:\/\/[a-p]+\/panel\.html/.test(frame.url())
  const panel = await until('the panel to load', () => frontend.frames().find(isPanel), PANEL_TIMEOUT_MS)
  await panel.waitForLoadState('load', { timeout: PANEL_TIMEOUT_MS })
  await until('the panel to get its size', () => panel.evaluate(() => innerWidth > 0), PANEL_TIMEOUT_MS)
  return {
    ...devTools,
    panel,
    screenshot: async (path) => {
      const frame = await panel.frameElement()
      const box = await frame.boundingBox()
      if (!box) throw new Error('The panel is not visible.')
      await frontend.screenshot({ path, clip: box, timeout: PANEL_TIMEOUT_MS })
    },
  }
}

// Scripts for the DevTools front-end. They are text because test runners rewrite "import()" in functions.

const VIEW_MANAGER = `import('devtools://devtools/bundled/ui/legacy/legacy.js')
  .then((module) => module.ViewManager.ViewManager.instance())`

/** DevTools names an extension's panel by its origin and its title without white space. */
const FIND_PANEL = `${VIEW_MANAGER}.then((manager) => [...manager.views.keys()]
  .find((id) => id.startsWith('chrome-extension://') && id.endsWith(${JSON.stringify(PANEL_TITLE)})) ?? null)`

function toShowView(id: string): string {
  return `${VIEW_MANAGER}.then((manager) => manager.showView(${JSON.stringify(id)})).then(() => null)`
}
