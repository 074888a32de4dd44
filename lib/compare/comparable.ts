/** JSON in a form in which equal values are equal texts, without what is to be ignored. */
import { parseJson, toJson } from '../formats/json/json.ts'
import { type Ignored, takeOut } from './ignored.ts'

/** Makes a text comparable; text that is no JSON stays as it is. */
export type Comparable = (text: string) => string

export function createComparable({ names, paths }: Ignored): Comparable {
  return (text) => {
    // Numbers and short words are their own form: most deltas of plain streams are such.
    if (!/^\s*[[{]/.test(text)) return text
    const value = parseJson(withExactNumbers(text))
    if (value === undefined) return text
    try {
      for (const path of paths) takeOut(value, path)
      return toJson(sorted(value, names))
    } catch {
      // Nested more deeply than the engine's stack: compared as it is written.
      return text
    }
  }
}

/** In a JSON text, numbers that lose digits when they are read become strings, so that two such numbers stay two. */
function withExactNumbers(json: string): string {
  if (!/\d[\d.]{15}/.test(json)) return json
  return json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]{15,}/g, (part) =>
    part.startsWith('"') ? part : `"\\u0000${part}"`,
  )
}

/** Names in one order, whatever order they came in. */
function sorted(value: unknown, leftOut: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => sorted(one, leftOut))
  const names = Object.keys(value).toSorted()
  // Without a prototype: `__proto__` is a name like any other.
  const made: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const name of names) {
    if (!leftOut.has(name)) made[name] = sorted((value as Record<string, unknown>)[name], leftOut)
  }
  return made
}
