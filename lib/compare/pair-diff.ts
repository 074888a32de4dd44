/** What differs between two lists of names with values: headers, queries, forms. */
type Pair = readonly [name: string, value: string]

export interface PairDiff {
  readonly name: string
  readonly kind: 'same' | 'changed' | 'only first' | 'only second'
  /** Values in order, joined as browsers join those of headers; null where there is none. */
  readonly before: string | null
  readonly after: string | null
}

/**
 * In the first one's order; what is only in the second comes last.
 *
 * @param toKey makes names the same that mean the same: those of headers in lower case
 */
export function diffPairs(
  before: readonly Pair[],
  after: readonly Pair[],
  toKey: (name: string) => string = (name) => name,
): readonly PairDiff[] {
  const [first, second] = [joined(before, toKey), joined(after, toKey)]
  return [...new Set([...first.keys(), ...second.keys()])].map((name) => {
    const [left, right] = [first.get(name) ?? null, second.get(name) ?? null]
    const kind = left === right ? 'same' : right === null ? 'only first' : left === null ? 'only second' : 'changed'
    return { name, kind, before: left, after: right }
  })
}

function joined(pairs: readonly Pair[], toKey: (name: string) => string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const [name, value] of pairs) {
    const key = toKey(name)
    const known = values.get(key)
    values.set(key, known === undefined ? value : `${known}, ${value}`)
  }
  return values
}
