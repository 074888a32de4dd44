/** How a figure spreads over runs. */

export interface Distribution {
  /** Runs that have the figure. */
  readonly count: number
  readonly min: number
  readonly p50: number
  readonly p95: number
  readonly max: number
}

/** Percentiles by nearest rank: each is the figure of a run. Null when no run has the figure. */
export function toDistribution(values: readonly (number | null)[]): Distribution | null {
  const sorted = values.filter((value) => value !== null).toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  const [min, p50, p95, max] = [sorted[0], at(0.5), at(0.95), sorted.at(-1)]
  if (min === undefined || p50 === undefined || p95 === undefined || max === undefined) return null
  return { count: sorted.length, min, p50, p95, max }
}

/** How often each of some words is there, the most frequent first. */
export function countWords<Word extends string>(
  words: readonly Word[],
): readonly (readonly [word: Word, count: number])[] {
  const counts = new Map<Word, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].toSorted(([, one], [, other]) => other - one)
}
