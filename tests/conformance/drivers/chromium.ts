/** Chromium by playwright-core; DevTools and its panel by the protocol. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import type { Browser, Driver, Tab, Wanted } from '../driver.ts'

// Read by playwright-core when it is loaded: makes DevTools' own window a page that can be driven.
process.env['PW_CHROMIUM_ATTACH_TO_OTHER'] = '1'

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--js-flags=--expose-gc',
]

/** The installed browser: STREAMSCOPE_CHROMIUM, or the first usual path that exists. */
function executable(): string | null {
  const usual = [
    process.env['STREAMSCOPE_CHROMIUM'] ?? '',
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/usr/bin/brave-browser',
  ]
  return usual.find((path) => path !== '' && existsSync(path)) ?? null
}

async function memoryOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const usage = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number
    backingStorageSize?: number
    embedderHeapUsedSize?: number
  }
  return usage.usedSize + (usage.backingStorageSize ?? 0) + (usage.embedderHeapUsedSize ?? 0)
}

async function openPanel(context: BrowserContext, page: Page, extension: string | null): Promise<void> {
  const session = await context.newCDPSession(page)
  const { targetInfo } = await session.send('Target.getTargetInfo')
  const opened = context.waitForEvent('page', (other) => other.url().startsWith('devtools://'))
  const whole = await context.browser()?.newBrowserCDPSession()
  // Newer than the protocol's types that come with the library.
  await whole?.send('Target.openDevTools' as 'Target.activateTarget', { targetId: targetInfo.targetId })
  const front = await opened
  if (extension === null) return await front.locator('#tab-elements').first().waitFor({ state: 'attached' })
  const manager = `import('devtools://devtools/bundled/ui/legacy/legacy.js').then((m) => m.ViewManager.ViewManager.instance())`
  const shown = `${manager}.then((views) => {
    const id = [...views.views.keys()].find((key) => key.startsWith('chrome-extension://'))
    return id === undefined ? false : views.showView(id).then(() => true)
  }).catch(() => false)`
  const giveUpAt = Date.now() + 20_000
  while ((await front.evaluate(shown)) !== true) {
    if (Date.now() > giveUpAt) throw new Error('DevTools did not offer the panel of the extension within 20 s')
    await front.waitForTimeout(100)
  }
}

async function launch({ extension, panel }: Wanted): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  const profile = mkdtempSync(join(tmpdir(), 'streamscope-conformance-'))
  const executablePath = executable()
  if (executablePath === null) throw new Error('No Chromium found')
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    ignoreDefaultArgs: ['--disable-extensions'],
    args:
      extension === null
        ? FLAGS
        : [...FLAGS, `--load-extension=${extension}`, `--disable-extensions-except=${extension}`],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  const session = await context.newCDPSession(page)
  if (panel) {
    await page.goto('about:blank')
    await openPanel(context, page, extension)
  }
  const tab: Tab = {
    go: async (url) => void (await page.goto(url)),
    // Not by the library's own evaluate: that runs its code in the page, which a page with poisoned built-ins breaks.
    async evaluate(expression) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      })
      if (exceptionDetails !== undefined)
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value as unknown
    },
    click: (selector) => page.click(selector),
    memory: () => memoryOf(session),
  }
  return {
    name: `Chromium ${context.browser()?.version() ?? ''}`,
    tab,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

export const chromium: Driver = {
  name: 'chromium',
  build: '.output/chrome-mv3',
  missing: () => Promise.resolve(executable() === null ? 'no Chromium, Chrome or Brave is installed' : null),
  launch,
}
