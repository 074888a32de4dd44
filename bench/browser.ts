/**
 * One browser a variant, driven by nothing but what is measured. Playwright would switch on the Network domain for every
 * page: its message per chunk costs more than capture does, and would hide it.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { ensureChromium, isRoot } from '../scripts/browsers.ts'
import { PANEL_TITLE } from '../tests/helpers/extension.ts'
import { until, within } from '../tests/helpers/until.ts'
import { evaluate, openPipe, type Pipe, type Session } from './cdp.ts'

export const VARIANTS = ['native', 'devtools', 'closed', 'open'] as const
/** Without the extension, or with it (`closed`, `open`); DevTools open in `devtools` and `open`. */
export type Variant = (typeof VARIANTS)[number]

const BOOT_TIMEOUT_MS = 30_000
const PAGE_TIMEOUT_MS = 20_000

export interface Browser {
  readonly variant: Variant
  readonly pipe: Pipe
  readonly page: Session
  /** Null in variants without it. */
  readonly panel: Session | null
  /** Loads `url` into the page, once more if it is there already, and waits until all is quiet. */
  load(url: string): Promise<void>
  close(): Promise<void>
}

/** @throws Error if the browser, its DevTools or our panel does not come up */
export async function openBrowser(variant: Variant, extension: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'streamscope-bench-'))
  // The panel stands in a window of its own: docked, it would make the page smaller than without DevTools.
  const preferences = { devtools: { preferences: { currentDockState: '"undocked"' } } }
  mkdirSync(join(profile, 'Default'))
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
  const args = [
    '--headless=new',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-field-trial-config',
    '--disable-breakpad',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--enable-unsafe-extension-debugging',
    '--remote-debugging-pipe',
    '--window-size=1400,900',
    `--user-data-dir=${profile}`,
    ...(isRoot() ? ['--no-sandbox'] : []),
    'about:blank',
  ]
  const child = spawn(ensureChromium().path, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  const pipe = openPipe(child.stdio[3] as Writable, child.stdio[4] as Readable)
  const close = async (): Promise<void> => {
    const orderly = Promise.all([pipe.send('Browser.close'), exited])
    await within('Chromium to close', orderly, 5_000).catch(() => child.kill('SIGKILL'))
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  try {
    await within('Chromium to start', pipe.send('Browser.getVersion'), BOOT_TIMEOUT_MS)
    const withExtension = variant === 'closed' || variant === 'open'
    if (withExtension) await pipe.send('Extensions.loadUnpacked', { path: extension })
    const { targetId } = await pipe.send('Target.createTarget', { url: 'about:blank' })
    const page = await pipe.attach(targetId)
    // Thread time: what other programs take from this machine's processors does not count.
    await page.send('Performance.enable', { timeDomain: 'threadTicks' })
    const front = variant === 'devtools' || variant === 'open' ? await openDevTools(pipe, targetId) : null
    const panel = front && withExtension ? await openPanel(pipe, front) : null
    let loads = 0
    return {
      variant,
      pipe,
      page,
      panel,
      async load(url) {
        const marked = `${url}?load=${++loads}`
        await page.send('Page.navigate', { url: marked })
        const ready = `location.href === ${JSON.stringify(marked)} && document.readyState === 'complete'`
        await until(`${marked} to load`, () => evaluate(page, ready), PAGE_TIMEOUT_MS)
        if (panel) await evaluate(panel, CLEAR_PANEL)
        for (const session of [panel, page]) await session?.send('HeapProfiler.collectGarbage')
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const BOOTED = `(function look(root) {
  return [...root.querySelectorAll('*')].some((e) => e.id === 'tab-elements' || (e.shadowRoot && look(e.shadowRoot)))
})(document)`
const VIEWS = `import('devtools://devtools/bundled/ui/legacy/legacy.js').then((m) => m.ViewManager.ViewManager.instance())`
const FIND_PANEL = `${VIEWS}.then((views) => [...views.views.keys()]
  .find((id) => id.startsWith('chrome-extension://') && id.endsWith(${JSON.stringify(PANEL_TITLE)})) ?? '')`
/** Two frames later the panel has taken what was on its way. */
const CLEAR_PANEL = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  document.querySelector('button[aria-label="Clear"]')?.click()
  done(null)
})))`

async function openDevTools(pipe: Pipe, pageId: string): Promise<Session> {
  const { targetId } = await pipe.send('Target.openDevTools', { targetId: pageId })
  const front = await pipe.attach(targetId)
  await until('DevTools to start', () => evaluate(front, BOOTED), BOOT_TIMEOUT_MS)
  return front
}

async function openPanel(pipe: Pipe, front: Session): Promise<Session> {
  const view = await until('our panel in DevTools', () => evaluate(front, FIND_PANEL), BOOT_TIMEOUT_MS)
  await evaluate(front, `${VIEWS}.then((views) => views.showView(${JSON.stringify(view)})).then(() => null)`)
  const isPanel = ({ url }: { url: string }): boolean => url.endsWith('/panel.html')
  const panel = await until(
    'our panel to load',
    async () => (await pipe.send('Target.getTargets')).targetInfos.find(isPanel),
    BOOT_TIMEOUT_MS,
  )
  return pipe.attach(panel.targetId)
}
