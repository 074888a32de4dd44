/** Runs probes in a browser without and one with the extension, and compares. */
import { differences, exceeded, withoutRunId, type Difference, type Json } from './compare.ts'
import type { Browser, Driver } from './driver.ts'
import { whyKnown } from './known.ts'
import { printVerdict, type Verdict } from './report.ts'
import type { ProbeServer } from './server.ts'

export interface Findings {
  readonly facts: Json
  readonly reported: Readonly<Record<string, number>>
  readonly bounded: Readonly<Record<string, number>>
}

/** A run that gave no facts, and why: there is nothing to compare, and two of them are not the same. */
interface Unfinished {
  readonly problem: string
}

export interface Comparison {
  readonly driver: Driver
  readonly server: ProbeServer
  readonly extension: string | null
  readonly panel: boolean
  /** Path of the page for the second browser; another than `/page.html` to try a bad patch. */
  readonly patchedPage: string
  /** Only probes whose name contains this. */
  readonly only: string
}

let runs = 0

/** One probe in a fresh document. */
async function runProbe(
  browser: Browser,
  server: ProbeServer,
  page: string,
  probe: string,
): Promise<Findings | Unfinished> {
  runs += 1
  const id = `run${String(runs).padStart(6, '0')}`
  const { tab } = browser
  server.hands.set(id, { click: (selector) => tab.click(selector), memory: () => tab.memory() })
  try {
    await tab.go(`${server.origin}${page}?id=${id}&other=${encodeURIComponent(server.otherOrigin)}`)
    const given = await tab.evaluate(`probePage.run(${JSON.stringify(probe)})`)
    const { problem, ...found } = given as Findings & { problem: string | null }
    return problem === null ? { ...found, facts: withoutRunId(found.facts, id) } : { problem }
  } catch (error) {
    return { problem: `could not be run: ${error instanceof Error ? error.message : String(error)}` }
  } finally {
    server.hands.delete(id)
  }
}

function verdictOf(
  probe: string,
  word: string,
  found: readonly Difference[],
  native: Findings,
  patched: Findings,
): Verdict {
  const names = new Set(
    [native, patched].flatMap(({ reported, bounded }) => [...Object.keys(reported), ...Object.keys(bounded)]),
  )
  const figure = ({ reported, bounded }: Findings, name: string) => reported[name] ?? bounded[name]
  return {
    probe,
    passed: word.startsWith('same'),
    word,
    differences: found,
    figures: Object.fromEntries(
      [...names].map((name) => [name, [figure(native, name), figure(patched, name)] as const]),
    ),
    facts: { without: native.facts, with: patched.facts },
  }
}

/** How often each side may run before a difference counts. */
const ROUNDS = 6
/** How often a side may come to no result: a loaded machine can be late once. */
const MOST_UNFINISHED = 1

interface Side {
  readonly name: string
  readonly findings: Findings[]
  readonly problems: string[]
}

/** Adds what came of a run. */
function note(probe: string, { name, findings, problems }: Side, run: Findings | Unfinished): void {
  if (!('problem' in run)) return void findings.push(run)
  problems.push(run.problem)
  console.log(`${probe}: a run ${name} the extension ${run.problem}`)
}

/**
 * Compares one probe. A run with the extension must come out as one of the native runs did: a loaded machine can be late
 * once, on either side. What differs between the native runs themselves (which of two things that happen at once is told
 * first) is not held against the extension, and nothing else is let through. Runs without a result are like nothing: a
 * probe that has none, on either side, fails.
 */
async function compareProbe(
  probe: string,
  without: Browser,
  withIt: Browser,
  comparison: Comparison,
): Promise<Verdict> {
  const { driver, server, patchedPage } = comparison
  const compare = (one: Findings, two: Findings) =>
    [...differences(one.facts, two.facts), ...exceeded(one.bounded, two.bounded)].filter(
      (difference) => whyKnown(driver.name, probe, difference) === null,
    )
  const alone: Side = { name: 'without', findings: [], problems: [] }
  const watched: Side = { name: 'with', findings: [], problems: [] }
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Side by side: they mostly wait for the server.
    const [native, withOurs] = await Promise.all([
      runProbe(without, server, '/page.html', probe),
      runProbe(withIt, server, patchedPage, probe),
    ])
    note(probe, alone, native)
    note(probe, watched, withOurs)
    if ([alone, watched].some(({ problems }) => problems.length > MOST_UNFINISHED))
      return unfinished(probe, alone, watched)
    for (const one of alone.findings)
      for (const two of watched.findings) {
        if (compare(one, two).length > 0) continue
        const isKnown = differences(one.facts, two.facts).length > 0
        const word = isKnown ? 'same but known' : round === 1 ? 'same' : `same (run ${round})`
        return verdictOf(probe, word, [], one, two)
      }
  }
  const natives = alone.findings
  const varying = new Set(
    natives.flatMap((one, i) =>
      natives.slice(i + 1).flatMap((two) => differences(one.facts, two.facts).map(({ path }) => path)),
    ),
  )
  for (const native of natives)
    for (const withOurs of watched.findings)
      if (compare(native, withOurs).every(({ path }) => varying.has(path)))
        return verdictOf(probe, 'same but varying', [], native, withOurs)
  const native = natives.at(-1)
  const last = watched.findings.at(-1)
  if (native === undefined || last === undefined) return unfinished(probe, alone, watched)
  return verdictOf(probe, 'DIFFERS', compare(native, last), native, last)
}

function unfinished(probe: string, alone: Side, watched: Side): Verdict {
  const none: Findings = { facts: null, reported: {}, bounded: {} }
  const why = { path: 'result', without: alone.problems.at(-1), with: watched.problems.at(-1) }
  return verdictOf(probe, 'NO RESULT', [why], alone.findings.at(-1) ?? none, watched.findings.at(-1) ?? none)
}

/** Runs every probe and prints a line for each. */
export async function compareAll(comparison: Comparison): Promise<Verdict[]> {
  const { driver, server, extension, panel, only } = comparison
  const verdicts: Verdict[] = []
  const launches = [driver.launch({ extension: null, panel }), driver.launch({ extension, panel })] as const
  // If one does not start, the other is closed all the same.
  await Promise.allSettled(launches)
  try {
    const [without, withIt] = await Promise.all(launches)
    console.log(
      `${without.name}, ${panel ? 'DevTools open on the panel' : 'panel closed'}: probe, result, figures without | with`,
    )
    await without.tab.go(`${server.origin}/page.html?id=names`)
    const names = (await without.tab.evaluate('probePage.names')) as readonly string[]
    for (const probe of names.filter((name) => name.includes(only))) {
      const verdict = await compareProbe(probe, without, withIt, comparison)
      verdicts.push(verdict)
      printVerdict(verdict)
    }
  } finally {
    await Promise.allSettled(launches.map(async (launch) => (await launch).close()))
  }
  return verdicts
}
