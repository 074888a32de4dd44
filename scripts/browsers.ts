/** Finds the browsers that tests and `npm start` use, or installs Debian's. */

import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface FoundBrowser {
  readonly name: string
  readonly path: string
}

interface BrowserKind {
  readonly name: string
  /** Command names to look for in PATH. */
  readonly commands: readonly string[]
  readonly macApp: string
  /** Below `Program Files` or the user's local application data. */
  readonly windowsPath: string
  readonly linuxPaths: readonly string[]
}

const CHROMIUM_KINDS: readonly BrowserKind[] = [
  {
    name: 'Chromium',
    commands: ['chromium', 'chromium-browser'],
    macApp: 'Chromium.app/Contents/MacOS/Chromium',
    windowsPath: 'Chromium\\Application\\chrome.exe',
    linuxPaths: ['/usr/bin/chromium', '/usr/lib/chromium/chromium'],
  },
  {
    name: 'Chrome',
    commands: ['google-chrome', 'google-chrome-stable', 'google-chrome-beta', 'google-chrome-unstable'],
    macApp: 'Google Chrome.app/Contents/MacOS/Google Chrome',
    windowsPath: 'Google\\Chrome\\Application\\chrome.exe',
    linuxPaths: ['/opt/google/chrome/chrome'],
  },
  {
    name: 'Edge',
    commands: ['microsoft-edge', 'microsoft-edge-stable'],
    macApp: 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    windowsPath: 'Microsoft\\Edge\\Application\\msedge.exe',
    linuxPaths: ['/opt/microsoft/msedge/msedge'],
  },
  {
    name: 'Brave',
    commands: ['brave-browser', 'brave'],
    macApp: 'Brave Browser.app/Contents/MacOS/Brave Browser',
    windowsPath: 'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
    linuxPaths: ['/opt/brave.com/brave/brave'],
  },
]

const FIREFOX_KINDS: readonly BrowserKind[] = [
  {
    name: 'Firefox',
    commands: ['firefox-esr', 'firefox', 'firefox-developer-edition'],
    macApp: 'Firefox.app/Contents/MacOS/firefox',
    windowsPath: 'Mozilla Firefox\\firefox.exe',
    linuxPaths: ['/usr/bin/firefox-esr', '/usr/lib/firefox/firefox'],
  },
]

/** The Chromium-based browser to use: `STREAMSCOPE_BROWSER` (a path) first, then what is installed; null if there is none. */
export function findChromium(): FoundBrowser | null {
  return named('STREAMSCOPE_BROWSER') ?? find(CHROMIUM_KINDS)
}

/** The Firefox to use: `STREAMSCOPE_FIREFOX` (a path) first, then what is installed; null if there is none. */
export function findFirefox(): FoundBrowser | null {
  return named('STREAMSCOPE_FIREFOX') ?? find(FIREFOX_KINDS)
}

/**
 * A Chromium-based browser; installs Debian's by apt where that is possible.
 *
 * @throws Error that says what to install
 */
export function ensureChromium(): FoundBrowser {
  return ensure('Chrome, Chromium, Edge or Brave', 'chromium', 'STREAMSCOPE_BROWSER', findChromium)
}

/**
 * A Firefox; installs Debian's by apt where that is possible.
 *
 * @throws Error that says what to install
 */
export function ensureFirefox(): FoundBrowser {
  return ensure('Firefox', 'firefox-esr', 'STREAMSCOPE_FIREFOX', findFirefox)
}

function ensure(
  wanted: string,
  debianPackage: string,
  variable: string,
  look: () => FoundBrowser | null,
): FoundBrowser {
  const found = look()
  if (found) return found
  const install = `apt-get install -y --no-install-recommends ${debianPackage}`
  if (isRoot() && isExecutable('/usr/bin/apt-get')) {
    console.log(`No ${wanted} here. Installing Debian's package ${debianPackage}; this takes a minute.`)
    aptInstall(debianPackage)
    const installed = look()
    if (installed) return installed
  }
  const how = isExecutable('/usr/bin/apt-get') ? `run \`sudo ${install}\`` : `install ${wanted}`
  throw new Error(`No ${wanted} found. Please ${how}, or set ${variable} to the path of its program.`)
}

/** Package lists of a fresh container are empty: they are fetched only if the package is not known. */
function aptInstall(debianPackage: string): void {
  const known = spawnSync('apt-cache', ['policy', debianPackage], { encoding: 'utf8' })
  if (!/Candidate: (?!\(none\))/.test(known.stdout)) apt('update')
  if (!apt('install', '-y', '--no-install-recommends', debianPackage)) {
    apt('update')
    apt('install', '-y', '--no-install-recommends', debianPackage)
  }
}

function apt(...args: string[]): boolean {
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    return true
  } catch {
    // apt-get has written why; the caller looks whether the browser is there.
    return false
  }
}

function named(variable: string): FoundBrowser | null {
  const path = process.env[variable]
  if (!path) return null
  if (!isExecutable(path)) throw new Error(`${variable} is ${path}, but there is no program.`)
  return { name: path, path }
}

function find(kinds: readonly BrowserKind[]): FoundBrowser | null {
  for (const kind of kinds) {
    const path = places(kind).find(isExecutable)
    if (path) return { name: kind.name, path }
  }
  return null
}

function places(kind: BrowserKind): string[] {
  const { env } = process
  if (process.platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    return roots.flatMap((root) => (root ? [join(root, kind.windowsPath)] : []))
  }
  const inPath = (env['PATH'] ?? '').split(delimiter).flatMap((dir) => kind.commands.map((name) => join(dir, name)))
  if (process.platform !== 'darwin') return [...inPath, ...kind.linuxPaths]
  const roots = ['/Applications', join(env['HOME'] ?? '/', 'Applications')]
  return [...roots.map((root) => join(root, kind.macApp)), ...inPath]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return existsSync(path)
  } catch {
    return false
  }
}

/** Chromium's sandbox does not start as root; so tests and scripts leave it out there. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}
