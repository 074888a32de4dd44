/** Guarded reading of JSON that nobody vouches for: asks for a kind of value and gets it or nothing, never an error. */

export type JsonObject = Readonly<Record<string, unknown>>

/** The value that `text` is the JSON of; undefined where it is not JSON (no JSON text stands for undefined). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // Not JSON is an answer here, not a failure.
    return undefined
  }
}

/** The object that `text` is the JSON of; null where it is something else. */
export function parseObject(text: string): JsonObject | null {
  return toObject(parseJson(text))
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function toObject(value: unknown): JsonObject | null {
  return isObject(value) ? value : null
}

export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The objects of a list; what is none of them is left out. */
export function toObjects(value: unknown): readonly JsonObject[] {
  return toList(value).filter(isObject)
}

export function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function toNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** No list that a stream builds is longer; a number beyond it is an error, and must not make a list of that length. */
const INDEX_LIMIT = 100_000

/** A position in a list; null for what is none. */
export function toIndex(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < INDEX_LIMIT ? value : null
}

/** The value as JSON text. JSON may be nested more deeply than it can be written again: that is said in its place. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    // The engine's stack is the limit: text from the network may reach it.
    return '"(nested too deeply to be shown)"'
  }
}
