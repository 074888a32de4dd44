/** The command line that the conformance and the coexistence suite share. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle } from './bundle.ts'
import type { Driver } from './driver.ts'
import { chromium } from './drivers/chromium.ts'
import { firefox } from './drivers/firefox.ts'
import { known } from './known.ts'
import { naivePatches } from './naive-patch.ts'
import { printVerdict, saveDetails, type Verdict } from './report.ts'
import { startServer } from './server.ts'
import { compareAll } from './suite.ts'

export interface SuiteOptions {
  /** Script of the page that holds the probes. */
  readonly entry: string
  /** Name of the file with all details, without ending. */
  readonly artifact: string
  /** More files to serve, by path. */
  readonly files?: Readonly<Record<string, string>>
}

const { values: wanted } = parseArgs({
  options: {
    panel: { type: 'boolean', default: false },
    native: { type: 'boolean', default: false },
    browser: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    naive: { type: 'string', default: '' },
    extension: { type: 'string', default: '' },
  },
})

const root = resolve(import.meta.dirname, '../..')

function html(head: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>probes</title>${head}</head><body></body></html>`
}

async function pages({ entry, files = {} }: SuiteOptions): Promise<Record<string, string>> {
  const naive = naivePatches[wanted.naive] ?? ''
  if (wanted.naive !== '' && naive === '') throw new Error(`--naive is one of ${Object.keys(naivePatches).join(', ')}`)
  return {
    '/page.html': html('<script src="/page.js"></script>'),
    '/naive.html': html(`<script>${naive}</script><script src="/page.js"></script>`),
    '/blank.html': html(''),
    '/sw-page.html': html(''),
    '/favicon.ico': '',
    '/page.js': await bundle(entry),
    ...files,
  }
}

async function runIn(driver: Driver, server: Awaited<ReturnType<typeof startServer>>): Promise<readonly Verdict[]> {
  const build = resolve(root, wanted.extension === '' ? driver.build : wanted.extension)
  const plain = wanted.native || wanted.naive !== ''
  if (!plain && !existsSync(join(build, 'manifest.json')))
    throw new Error(`Nothing is built at ${build}: run "npm run build" first`)
  return compareAll({
    driver,
    server,
    extension: plain ? null : build,
    panel: wanted.panel,
    patchedPage: wanted.naive === '' ? '/page.html' : '/naive.html',
    only: wanted.only,
  })
}

/** Runs the suite in every browser that is wanted and installed, and sets the exit code. */
export async function runSuite(options: SuiteOptions): Promise<void> {
  const server = await startServer(await pages(options))
  const all: Record<string, readonly Verdict[]> = {}
  try {
    for (const driver of [chromium, firefox]) {
      if (wanted.browser !== '' && wanted.browser !== driver.name) continue
      const missing = await driver.missing()
      if (missing !== null && wanted.browser === '') console.log(`${driver.name}: not run, ${missing}`)
      else if (missing !== null) throw new Error(missing)
      else all[driver.name] = await runIn(driver, server)
    }
  } finally {
    await server.close()
  }
  // A file for each browser: they may be compared at the same time.
  for (const [browser, found] of Object.entries(all))
    saveDetails(join(root, `artifacts/${options.artifact}${wanted.panel ? '-panel' : ''}-${browser}.json`), found)
  const verdicts = Object.values(all).flat()
  const failed = verdicts.filter(({ passed }) => !passed)
  const expected = known.filter(({ probe, browser }) =>
    Object.entries(all).some(
      ([name, found]) =>
        (browser ?? name) === name &&
        found.some((verdict) => verdict.probe === probe && verdict.word.endsWith('known')),
    ),
  )
  for (const { probe, why } of expected) console.log(`known: ${probe}: ${why}`)
  if (failed.length > 0) console.log('\nfailed:')
  for (const verdict of failed) printVerdict(verdict)
  console.log(`\n${verdicts.length - failed.length} passed, ${failed.length} failed`)
  if (verdicts.length === 0) throw new Error('No probe ran')
  process.exitCode = failed.length === 0 ? 0 : 1
}
