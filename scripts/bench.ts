/**
 * What capture costs a page, in real Chromium: four browsers side by side, rounds interleaved. Then how quick the panel is.
 *
 * node scripts/bench.ts [--quick] [--only=PART[,PART]] [--extension=FOLDER] [--profile]
 *   --quick      fewer events and two rounds, to try things out
 *   --only       some of: burst, single, paced-1000, paced-50, json, eventsource, xhr, start, panel
 *   --extension  another build than .output/chrome-mv3, to compare
 *   --profile    no table: where the page's main thread spends its time (a build that is not minified says it with names)
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openBrowser, VARIANTS, type Browser } from '../bench/browser.ts'
import { startLoadServer } from '../bench/load-server.ts'
import type { Figures } from '../bench/measure.ts'
import { runPanelBench } from '../bench/panel/panel-bench.ts'
import { PARTS, type Context, type Part } from '../bench/parts.ts'
import { profile } from '../bench/profile.ts'
import { toRows, toTable, type Round, type Row } from '../bench/report.ts'
import { builtExtension, ROOT_DIR } from '../tests/helpers/extension.ts'
import { onStopSignal } from './run.ts'

/** A part gets at least so many rounds, more while its time lasts, and never more than `MOST_ROUNDS`. */
const LEAST_ROUNDS = 3
const MOST_ROUNDS = 15
const PART_MS = 50_000
/** Time for what the load of a page sets off elsewhere, such as the panel's connection to it. */
const SETTLE_MS = 250

const { values: wanted } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    extension: { type: 'string', default: '' },
    profile: { type: 'boolean', default: false },
  },
})
const isWanted = (name: string): boolean => wanted.only === '' || wanted.only.split(',').includes(name)
const chosen = PARTS.filter(({ name }) => isWanted(name))
const withPanel = isWanted('panel') && !wanted.profile
if (chosen.length === 0 && !withPanel)
  throw new Error(`--only is some of ${PARTS.map(({ name }) => name).join(', ')}, panel`)

// A build that somebody makes meanwhile must not change what is measured.
const extension = mkdtempSync(join(tmpdir(), 'streamscope-bench-build-'))
cpSync(wanted.extension === '' ? builtExtension('chrome') : wanted.extension, extension, { recursive: true })
const server = await startLoadServer()
const context: Context = { url: server.url, extension, quick: wanted.quick }
const browsers: Browser[] = []

async function closeBrowsers(): Promise<void> {
  await Promise.all(browsers.splice(0).map((browser) => browser.close()))
}

async function cleanUp(): Promise<void> {
  await closeBrowsers()
  server.close()
  rmSync(extension, { recursive: true, force: true })
}
onStopSignal(cleanUp)

async function runRound(part: Part, round: number): Promise<Round> {
  const figures: Record<Browser['variant'], Figures> = { native: {}, devtools: {}, closed: {}, open: {} }
  // Another one begins each time: what runs first or last in a round is no variant's lot.
  for (let i = 0; i < browsers.length; i++) {
    const browser = browsers[(i + round) % browsers.length]
    if (!browser) continue
    await browser.load(context.url)
    await pause(SETTLE_MS)
    figures[browser.variant] = await part.run(browser, context)
  }
  return figures
}

async function runPart(part: Part): Promise<readonly Row[]> {
  const rounds: Round[] = []
  const startMs = performance.now()
  // The first round fills caches and is not counted.
  await runRound(part, 0)
  const roundMs = (): number => (performance.now() - startMs) / (rounds.length + 1)
  const most = wanted.quick ? 2 : MOST_ROUNDS
  while (
    rounds.length < most &&
    (rounds.length < (wanted.quick ? 2 : LEAST_ROUNDS) || performance.now() - startMs + roundMs() < PART_MS)
  ) {
    rounds.push(await runRound(part, rounds.length + 1))
  }
  const rows = toRows(part, rounds)
  console.log(`\n${toTable(part, rows)}`)
  return rows
}

/** Warm, like the rounds that are counted. */
async function showProfiles(): Promise<void> {
  for (const part of chosen) {
    for (const browser of browsers) {
      await browser.load(context.url)
      await pause(SETTLE_MS)
      console.log(`\n${part.title}, ${browser.variant}\n${await profile(browser, () => part.run(browser, context))}`)
    }
  }
}

async function showTables(product: string): Promise<void> {
  const rows: Row[] = []
  const loads: number[] = []
  for (const part of chosen) {
    rows.push(...(await runPart(part)))
    loads.push(loadavg()[0] ?? 0)
  }
  const verdicts = rows.flatMap(({ closed, open }) => [closed?.met, open?.met])
  const met = verdicts.filter((verdict) => verdict === true).length
  const missed = verdicts.filter((verdict) => verdict === false).length
  const dir = join(ROOT_DIR, 'artifacts')
  mkdirSync(dir, { recursive: true })
  const all = { browser: product, quick: wanted.quick, date: new Date().toISOString(), loadAverages: loads, rows }
  // A trial does not replace the figures of a whole run.
  const whole = chosen.length === PARTS.length && !wanted.quick
  const name = whole ? 'bench.json' : 'bench-trial.json'
  writeFileSync(join(dir, name), `${JSON.stringify(all, null, 2)}\n`)
  console.log(`\n${met} goals met, ${missed} missed, in ${Math.round((performance.now() - startMs) / 1000)} s`)
  console.log(
    `Load of the machine meanwhile: ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}. All figures: artifacts/${name}`,
  )
}

/** Four browsers that do the same. */
async function measurePages(): Promise<void> {
  for (const variant of VARIANTS) browsers.push(await openBrowser(variant, extension))
  const { product } = await (browsers[0] as Browser).pipe.send('Browser.getVersion')
  console.log(`${product}, ${cpus().length} processors. Medians; in brackets, between which half of the rounds lie.`)
  if (wanted.profile) await showProfiles()
  else await showTables(product)
  await closeBrowsers()
}

const startMs = performance.now()
try {
  if (chosen.length > 0) await measurePages()
  if (withPanel) await runPanelBench(context)
} finally {
  await cleanUp()
}
