/** The table on the terminal, and the details for a file. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Difference, Json } from './compare.ts'

export interface Verdict {
  readonly probe: string
  readonly passed: boolean
  /** In a word: same, differs, unstable. */
  readonly word: string
  readonly differences: readonly Difference[]
  readonly figures: Readonly<Record<string, readonly [without: number | undefined, withIt: number | undefined]>>
  readonly facts: { readonly without: Json; readonly with: Json }
}

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text)
const show = (value: Json | undefined) => (value === undefined ? 'nothing' : JSON.stringify(value))

/** One line a probe; the first difference below it. */
export function printVerdict({ probe, word, differences, figures }: Verdict): void {
  const reported = Object.entries(figures).filter(([name]) => !name.startsWith('('))
  const largest = reported
    .slice(0, 2)
    .map(([name, [without, withIt]]) => `${cut(name, 34)} ${without ?? '-'} | ${withIt ?? '-'}`)
  console.log(`${probe.padEnd(42)} ${word.padEnd(10)} ${largest.join(' · ')}`)
  // Stacks differ by the dozen, and hide what matters more.
  const stacksLast = differences.toSorted(
    (one, two) => Number(one.path.includes('stack')) - Number(two.path.includes('stack')),
  )
  for (const difference of stacksLast.slice(0, 3)) {
    console.log(
      `    ${cut(difference.path, 100)}\n      without ${cut(show(difference.without), 220)}\n      with    ${cut(show(difference.with), 220)}`,
    )
  }
  if (differences.length > 3) console.log(`    … and ${differences.length - 3} more`)
}

/** Writes all facts and differences as JSON. */
export function saveDetails(path: string, details: unknown): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(details, null, 1)}\n`)
}
