/** Real Firefox with our add-on, and its real toolbox: scripts run in the panel, the background page and the page. */

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureFirefox } from '../../scripts/browsers.ts'
import { connectMarionette, type Marionette } from './marionette.ts'
import { createTempDir, removeTempDir } from './temp-dir.ts'
import { until, within } from './until.ts'

const START_TIMEOUT_MS = 60_000
const PANEL_TIMEOUT_MS = 20_000
const EXIT_TIMEOUT_MS = 8_000

const PREFS = {
  // Tests hold many streams open at one server; a user's six would make them wait for each other.
  'network.http.max-persistent-connections-per-server': 100,
  // 0: any free port; Firefox writes which into its profile.
  'marionette.port': 0,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.aboutwelcome.enabled': false,
  'browser.sessionstore.resume_from_crash': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
}

export interface FirefoxOptions {
  /** Folder of the built add-on, which is installed for this run only; null starts without one. */
  readonly extension: string | null
  readonly headless?: boolean
  readonly theme?: 'light' | 'dark'
}

/** What a script may give and take: JSON values. Functions run elsewhere, so they can use nothing of the test's scope. */
type Script<Args extends readonly unknown[], Result> = (...args: Args) => Result | Promise<Result>

export interface Firefox {
  readonly marionette: Marionette
  /** Empty without an add-on. */
  readonly addonId: string
  goto(url: string): Promise<void>
  back(): Promise<void>
  reload(): Promise<void>
  /** Installs the add-on once more over itself, as an update does. */
  updateAddon(): Promise<void>
  /** Opens the selected tab's toolbox and switches to our panel. */
  openPanel(): Promise<void>
  closeToolbox(): Promise<void>
  inPage<Args extends readonly unknown[], Result>(script: Script<Args, Result>, ...args: Args): Promise<Result>
  inPanel<Args extends readonly unknown[], Result>(script: Script<Args, Result>, ...args: Args): Promise<Result>
  inBackground<Args extends readonly unknown[], Result>(script: Script<Args, Result>, ...args: Args): Promise<Result>
  /** A real mouse click in the middle of the panel's element that `selector` finds first. */
  clickInPanel(selector: string): Promise<void>
  /** Writes a PNG of the whole window, toolbox included. */
  screenshot(path: string): Promise<void>
  /** Errors of the add-on's own pages and scripts since Firefox started. */
  extensionErrors(): Promise<string[]>
  close(): Promise<void>
}

/**
 * Starts Firefox with a fresh profile and the add-on.
 *
 * @throws Error if there is no Firefox, or it does not start within a minute
 */
export async function launchFirefox({ extension, headless = true, theme = 'light' }: FirefoxOptions): Promise<Firefox> {
  const { path } = ensureFirefox()
  const profileDir = createTempDir('firefox')
  const prefs = Object.entries({ ...PREFS, 'devtools.theme': theme })
  const lines = prefs.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
  writeFileSync(join(profileDir, 'user.js'), lines.join(''))

  const flags = ['--profile', profileDir, '--no-remote', '--marionette', '--remote-allow-system-access']
  const browser = spawn(path, headless ? [...flags, '--headless'] : flags, {
    stdio: 'ignore',
    env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1' },
  })
  const exited = new Promise<void>((resolve) => {
    browser.once('exit', () => resolve())
    browser.once('error', () => resolve())
  })
  const cleanUp = () => {
    // Its child processes end with it.
    if (browser.exitCode === null) browser.kill('SIGKILL')
    removeTempDir(profileDir)
  }
  process.once('exit', cleanUp)

  let marionette: Marionette | null = null
  const close = async () => {
    await marionette?.command('Marionette:Quit', { flags: ['eForceQuit'] }, EXIT_TIMEOUT_MS).catch(() => {
      // It may be gone already, or hang: cleanUp kills what is left.
    })
    marionette?.close()
    if (marionette) await within('Firefox to end', exited, EXIT_TIMEOUT_MS).catch(() => {})
    cleanUp()
    process.off('exit', cleanUp)
  }
  try {
    marionette = await connectMarionette(await portOf(browser, profileDir))
    await marionette.command('WebDriver:SetWindowRect', { width: 1400, height: 950 })
    const addonId = extension ? await installAddon(marionette, extension) : ''
    return createFirefox(marionette, addonId, extension ?? '', close)
  } catch (error) {
    await close()
    throw error
  }
}

async function installAddon(marionette: Marionette, path: string): Promise<string> {
  const installed = (await marionette.command('Addon:Install', { path, temporary: true })) as { value: string }
  return installed.value
}

function portOf(browser: ChildProcess, profileDir: string): Promise<number> {
  const file = join(profileDir, 'MarionetteActivePort')
  let ended = ''
  browser.once('exit', (code, signal) => {
    ended = `Firefox ended while starting (${signal ?? code})`
  })
  return until(
    'Firefox to start',
    () => {
      if (ended) throw new Error(ended)
      return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
    },
    START_TIMEOUT_MS,
  )
}

function createFirefox(
  marionette: Marionette,
  addonId: string,
  extension: string,
  close: () => Promise<void>,
): Firefox {
  const inContent = async (name: string, params: object = {}) => {
    await marionette.command('Marionette:SetContext', { value: 'content' })
    await marionette.command(name, params)
  }
  const inView =
    (view: 'devtools_panel' | 'background') =>
    async <Args extends readonly unknown[], Result>(script: Script<Args, Result>, ...args: Args) => {
      const run = async () => {
        const found = await marionette.execute('chrome', RUN_IN_VIEW, [addonId, view, toBody(script), args])
        return found as { missing: true } | { missing: false; error: string; value: Result }
      }
      const seen = await until(
        `the add-on's ${view}`,
        async () => {
          const outcome = await run()
          return outcome.missing ? null : outcome
        },
        PANEL_TIMEOUT_MS,
      )
      if (seen.error) throw new Error(`In the ${view}: ${seen.error}`)
      return seen.value
    }
  const inPanel = inView('devtools_panel')

  return {
    marionette,
    addonId,
    updateAddon: async () => void (await installAddon(marionette, extension)),
    goto: (url) => inContent('WebDriver:Navigate', { url }),
    back: () => inContent('WebDriver:Back'),
    reload: () => inContent('WebDriver:Refresh'),
    openPanel: async () => {
      await marionette.execute('chrome', OPEN_TOOLBOX)
      const select = () => marionette.execute('chrome', SELECT_PANEL, [addonId])
      await until('our panel in the toolbox', select, PANEL_TIMEOUT_MS)
      const isLoaded = () => inPanel(() => document.readyState === 'complete' && location.protocol === 'moz-extension:')
      await until('the panel to load', isLoaded, PANEL_TIMEOUT_MS)
    },
    closeToolbox: async () => {
      await marionette.execute('chrome', CLOSE_TOOLBOX)
    },
    inPage: async <Args extends readonly unknown[], Result>(script: Script<Args, Result>, ...args: Args) =>
      (await marionette.execute('content', toBody(script), args)) as Result,
    inPanel,
    inBackground: inView('background'),
    clickInPanel: async (selector) => {
      const point = await inPanel(middleOf, selector)
      if (!point) throw new Error(`The panel has no element ${selector}.`)
      const offset = (await marionette.execute('chrome', PANEL_OFFSET, [addonId])) as { x: number; y: number }
      const move = {
        type: 'pointerMove',
        duration: 0,
        x: Math.round(point.x + offset.x),
        y: Math.round(point.y + offset.y),
      }
      const actions = [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]
      const mouse = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }
      await marionette.command('WebDriver:PerformActions', { actions: [mouse] })
      await marionette.command('WebDriver:ReleaseActions')
    },
    screenshot: async (path) => {
      await marionette.command('Marionette:SetContext', { value: 'chrome' })
      const shot = (await marionette.command('WebDriver:TakeScreenshot', { full: true, hash: false })) as {
        value: string
      }
      writeFileSync(path, shot.value, 'base64')
    },
    extensionErrors: async () => (await marionette.execute('chrome', EXTENSION_ERRORS)) as string[],
    close,
  }
}

function toBody(script: (...args: never[]) => unknown): string {
  return `return (${script.toString()}).apply(null, arguments)`
}

function middleOf(selector: string): { x: number; y: number } | null {
  const element = document.querySelector(selector)
  if (!element) return null
  element.scrollIntoView({ block: 'nearest' })
  const box = element.getBoundingClientRect()
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

// Scripts for Firefox's own window. They are text because they use what only that window has.

const TOOLBOX = `
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs')
  const { gDevTools } = require('devtools/client/framework/devtools')
  const tab = gBrowser.selectedTab`

const OPEN_TOOLBOX = `return (async () => { ${TOOLBOX}
  await gDevTools.showToolboxForTab(tab, { toolId: 'webconsole', hostType: 'bottom' })
  Services.prefs.setIntPref('devtools.toolbox.footer.height', 520)
  document.querySelector('.devtools-toolbox-bottom-iframe').style.height = '520px'
})()`

/** An add-on's tool appears some 100 ms after the toolbox: null until then. */
const SELECT_PANEL = `const [addonId] = arguments; return (async () => { ${TOOLBOX}
  const toolbox = gDevTools.getToolboxForTab(tab)
  const tool = toolbox.getAdditionalTools().find((tool) => tool.extensionId === addonId)
  if (!tool) return null
  await toolbox.selectTool(tool.id)
  return tool.id
})()`

const CLOSE_TOOLBOX = `return (async () => { ${TOOLBOX}; await gDevTools.closeToolboxForTab(tab) })()`

/** Finds the newest view of a kind; a panel must be that of the selected tab. */
const VIEW = `${TOOLBOX}
  const findView = (addonId, type) => {
    const views = WebExtensionPolicy.getByID(addonId)?.extension?.views ?? []
    const toolbox = gDevTools.getToolboxForTab(tab)
    return [...views].findLast((view) => view.viewType === type && (type === 'background' || view.devToolsToolbox === toolbox))
  }`

const RUN_IN_VIEW = `const [addonId, type, script, args] = arguments; return (async () => { ${VIEW}
  const target = findView(addonId, type)?.xulBrowser?.browsingContext?.currentWindowGlobal
  if (!target) return { missing: true }
  try {
    const options = { timeout: 15000, sandboxName: null, newSandbox: false, async: false }
    const value = await target.getActor('MarionetteCommands').executeScript(script, args, options)
    return { missing: false, error: '', value }
  } catch (error) {
    // The view was replaced while the script was on its way.
    if (/AbortError|actor.*destroyed|InvalidStateError|NOT_INITIALIZED/i.test(String(error))) return { missing: true }
    return { missing: false, error: String(error), value: null }
  }
})()`

/** Where the panel lies in the browser window: the sum of the frames around it. */
const PANEL_OFFSET = `const [addonId] = arguments; ${VIEW}
  const offset = { x: 0, y: 0 }
  let element = findView(addonId, 'devtools_panel').xulBrowser
  while (element) {
    const box = element.getBoundingClientRect()
    offset.x += box.x
    offset.y += box.y
    const around = element.ownerDocument.defaultView
    element = around === window ? null : around.browsingContext.embedderElement
  }
  return offset`

/** Firefox reports a promise that waits in a page when it goes away as an error; it is none. */
const EXTENSION_ERRORS = `return Services.console.getMessageArray()
  .filter((entry) => entry instanceof Ci.nsIScriptError && !(entry.flags & Ci.nsIScriptError.warningFlag))
  .filter((entry) => entry.sourceName.includes('moz-extension:'))
  .map((entry) => entry.errorMessage)
  .filter((text) => !/Promise (resolved|rejected) (while|after) context (is inactive|unloaded)/.test(text))`
