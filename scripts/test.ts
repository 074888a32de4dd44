/**
 * `npm test`: every check and every suite, one after another; the last line says how many passed and failed.
 * `npm test -- e2e firefox` runs only the steps whose names begin so.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createTempDir, removeTempDir, TEMP_DIR_VARIABLE } from '../tests/helpers/temp-dir.ts'
import { until } from '../tests/helpers/until.ts'
import { ensureChromium, ensureFirefox } from './browsers.ts'
import { onStopSignal, run, stopAll } from './run.ts'

interface Counts {
  readonly passed: number
  readonly failed: number
}

interface Step {
  readonly name: string
  readonly run: () => Promise<Counts>
}

const QUIET_MS = 500

const tempDir = createTempDir('test')
process.env[TEMP_DIR_VARIABLE] = tempDir

// Warnings are failures: the store shows them to reviewers.
const WEB_EXT_OPTIONS = [
  '--source-dir=.output/firefox-mv2',
  '--warnings-as-errors',
  '--no-config-discovery',
  '--boring',
  '--no-input',
]

const CHECKS: readonly Step[] = [
  tool('format', 'oxfmt', '--check'),
  tool('lint', 'oxlint'),
  tool('types', 'tsc', '--noEmit'),
  tool('types of the demo server', 'tsc', '--noEmit', '-p', 'demo/server'),
  tool('unused code', 'knip'),
  suite('unit'),
  suite('dom'),
]

const ALL: readonly Step[] = [
  { name: 'browsers', run: findBrowsers },
  ...CHECKS,
  tool('build for Chrome', 'wxt', 'build', '-b', 'chrome'),
  tool('build for Edge', 'wxt', 'build', '-b', 'edge'),
  tool('build for Firefox', 'wxt', 'build', '-b', 'firefox'),
  tool('web-ext lint', 'web-ext', 'lint', ...WEB_EXT_OPTIONS),
  suite('browser'),
  // Two at a time: they mostly wait.
  {
    name: 'conformance',
    run: () =>
      compareSides(
        ['tests/conformance/run.ts', '--browser=chromium'],
        ['tests/conformance/run.ts', '--browser=firefox'],
      ),
  },
  {
    name: 'conformance with the panel open, and coexistence',
    run: () =>
      compareSides(
        ['tests/conformance/run.ts', '--browser=chromium', '--panel'],
        ['tests/coexistence/run.ts', '--browser=chromium'],
      ),
  },
  suite('e2e'),
  suite('firefox'),
]

/** Counts as one test. */
function tool(name: string, command: string, ...args: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await run(command, args)
      if (code === 0) return { passed: 1, failed: 0 }
      console.log(output.trimEnd())
      return { passed: 0, failed: 1 }
    },
  }
}

/** A Vitest project. */
function suite(project: string): Step {
  return {
    name: `${project} tests`,
    run: async () => {
      const file = join(tempDir, `${project}.json`)
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      const { code } = await run('vitest', ['run', '--project', project, ...reporters], { show: true })
      return addFailure(readVitestCounts(file), code)
    },
  }
}

interface VitestFile {
  readonly status: string
  readonly assertionResults: readonly { readonly status: string }[]
}

interface VitestResults {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly VitestFile[]
}

function readVitestCounts(path: string): Counts {
  try {
    const results = JSON.parse(readFileSync(path, 'utf8')) as VitestResults
    // A file that could not be loaded or set up has no test that failed.
    const isBroken = (file: VitestFile) =>
      file.status === 'failed' && !file.assertionResults.some((result) => result.status === 'failed')
    const broken = results.testResults.filter(isBroken)
    return { passed: results.numPassedTests, failed: results.numFailedTests + broken.length }
  } catch {
    // Vitest ended before it wrote anything; its exit code says that it failed.
    return { passed: 0, failed: 0 }
  }
}

/** Runs suites that compare pages with and without the extension, side by side. */
async function compareSides(...suites: readonly (readonly string[])[]): Promise<Counts> {
  console.log('Comparing pages with and without the extension; this takes some minutes.')
  const all = await Promise.all(suites.map(compareSide))
  return all.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }))
}

/** Such a suite counts its probes itself, in its last line. */
async function compareSide(args: readonly string[]): Promise<Counts> {
  const { code, output } = await run('node', args)
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  const found = /^(\d+) passed, (\d+) failed/.exec(last)
  const counts = addFailure({ passed: Number(found?.[1] ?? 0), failed: Number(found?.[2] ?? 0) }, code)
  console.log(counts.failed > 0 ? output.trimEnd() : `${args.join(' ')}: ${last}`)
  return counts
}

/** Exit codes count too: for what went wrong outside of any test. */
function addFailure({ passed, failed }: Counts, code: number): Counts {
  if (code !== 0 && failed === 0) return { passed, failed: 1 }
  // A suite that ran nothing proves nothing.
  if (passed + failed === 0) return { passed: 0, failed: 1 }
  return { passed, failed }
}

async function findBrowsers(): Promise<Counts> {
  for (const browser of [ensureChromium(), ensureFirefox()]) console.log(`${browser.name}: ${browser.path}`)
  return { passed: 1, failed: 0 }
}

async function runStep(step: Step): Promise<Counts> {
  const startedAtMs = performance.now()
  console.log(`\n── ${step.name}`)
  const counts = await step.run().catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : String(error))
    return { passed: 0, failed: 1 }
  })
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  console.log(`${counts.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s)`)
  return counts
}

function chosenSteps(args: readonly string[]): readonly Step[] {
  if (args.includes('--checks-only')) return CHECKS
  if (args.length === 0) return ALL
  const chosen = ALL.filter(({ name }) => args.some((arg) => name.startsWith(arg)))
  if (chosen.length > 0) return chosen
  throw new Error(`No step begins with ${args.join(', ')}. There are: ${ALL.map(({ name }) => name).join(', ')}.`)
}

async function stop(): Promise<void> {
  await stopAll()
  // Browsers that lost their test end by themselves, and until then they write into their profiles again.
  await until('the browsers to end', async () => {
    removeTempDir(tempDir)
    await pause(QUIET_MS)
    return !existsSync(tempDir)
  }).catch((error: unknown) => console.error(error))
}

onStopSignal(stop)
process.once('exit', () => removeTempDir(tempDir))

let passed = 0
let failed = 0
const failedSteps: string[] = []
for (const step of chosenSteps(process.argv.slice(2))) {
  const counts = await runStep(step)
  passed += counts.passed
  failed += counts.failed
  if (counts.failed > 0) failedSteps.push(step.name)
}
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
