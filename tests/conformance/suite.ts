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

/** One probe in a fresh document; null if the run itself failed. */
export async function runProbe(
  browser: Browser,
  server: ProbeServer,
  page: string,
  probe: string,
): Promise<Findings | null> {
  runs += 1
  const id = `run${String(runs).padStart(6, '0')}`
  const { tab } = browser
  server.hands = { click: (selector) => tab.click(selector), memory: () => tab.memory() }
  try {
    await tab.go(`${server.origin}${page}?id=${id}&other=${encodeURIComponent(server.otherOrigin)}`)
    const found = (await tab.evaluate(`probePage.run(${JSON.stringify(probe)})`)) as Findings
    return { ...found, facts: withoutRunId(found.facts, id) }
  } catch (error) {
    // The next round decides, if there is one.
    console.log(`${probe}: a run failed: ${error instanceof Error ? error.message : String(error)}`)
    return null
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

/**
 * Compares one probe. A run with the extension must come out as one of the native runs did: a loaded machine can be late
 * once, on either side. What differs between the native runs themselves (which of two things that happen at once is told
 * first) is not held against the extension, and nothing else is let through.
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
  const natives: Findings[] = []
  const patched: Findings[] = []
  for (let round = 1; round <= ROUNDS; round += 1) {
    const alone = await runProbe(without, server, '/page.html', probe)
    const watched = await runProbe(withIt, server, patchedPage, probe)
    if (alone !== null) natives.push(alone)
    if (watched !== null) patched.push(watched)
    for (const native of natives)
      for (const withOurs of patched) {
        if (compare(native, withOurs).length > 0) continue
        const isKnown = differences(native.facts, withOurs.facts).length > 0
        const word = isKnown ? 'same but known' : round === 1 ? 'same' : `same (run ${round})`
        return verdictOf(probe, word, [], native, withOurs)
      }
  }
  const varying = new Set(
    natives.flatMap((one, i) =>
      natives.slice(i + 1).flatMap((two) => differences(one.facts, two.facts).map(({ path }) => path)),
    ),
  )
  for (const native of natives)
    for (const withOurs of patched)
      if (compare(native, withOurs).every(({ path }) => varying.has(path)))
        return verdictOf(probe, 'same but varying', [], native, withOurs)
  const none: Findings = { facts: 'no run came to its end', reported: {}, bounded: {} }
  const native = natives.at(-1) ?? none
  const last = patched.at(-1) ?? none
  return verdictOf(probe, 'DIFFERS', compare(native, last), native, last)
}

/** Runs every probe and prints a line for each. */
export async function compareAll(comparison: Comparison): Promise<Verdict[]> {
  const { driver, server, extension, panel, only } = comparison
  const verdicts: Verdict[] = []
  const without = await driver.launch({ extension: null, panel })
  try {
    const withIt = await driver.launch({ extension, panel })
    try {
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
      await withIt.close()
    }
  } finally {
    await without.close()
  }
  return verdicts
}
