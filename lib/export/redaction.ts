/** What the user wants left out of copies and exports. */

export interface Redaction {
  /** Off: copies hold secrets unless the user takes them out for one copy. */
  readonly on: boolean
  /** Names of headers, parameters and JSON fields that are secret as well; how they are written does not matter. */
  readonly names: readonly string[]
}

const MOST_NAMES = 200

/** Makes it of whatever was stored: on, unless it was switched off. */
export function toRedaction(stored: unknown): Redaction {
  const { on, names } = (stored ?? {}) as { on?: unknown; names?: unknown }
  const list: readonly unknown[] = Array.isArray(names) ? names : []
  return { on: on !== false, names: list.filter((name) => typeof name === 'string').slice(0, MOST_NAMES) }
}

/** Names as a user types them: separated by commas, spaces or lines. Each once. */
export function toSecretNames(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((name) => name !== ''))].slice(0, MOST_NAMES)
}
