/** Places in JSON that are left out of a comparison: names wherever they stand, and JSON paths. */
import { isObject } from '../formats/json/json.ts'
import { type JsonPath, parseJsonPath } from '../formats/json/json-path.ts'

export interface Ignored {
  readonly names: ReadonlySet<string>
  readonly paths: readonly JsonPath[]
}

export interface IgnoredError {
  /** What was written, and what is wrong with it, for people. */
  readonly text: string
  readonly error: string
}

/** What differs from one run to the next by itself in the chat formats that are known. */
export const DEFAULT_IGNORED =
  'id, item_id, response_id, message_id, messageId, tool_call_id, toolCallId, call_id, created, created_at, timestamp, obfuscation'

/** Reads `id, created, $.choices[*].index`; what is no path is said and left out. */
export function parseIgnored(text: string): { readonly ignored: Ignored; readonly errors: readonly IgnoredError[] } {
  const names = new Set<string>()
  const paths: JsonPath[] = []
  const errors: IgnoredError[] = []
  for (const word of splitWords(text)) {
    if (!word.startsWith('$')) {
      names.add(word)
      continue
    }
    const path = parseJsonPath(word)
    if ('error' in path) errors.push({ text: word, error: path.error })
    else if (path.segments.length > 0) paths.push(path)
  }
  return { ignored: { names, paths }, errors }
}

/** By commas and blanks, but for those in brackets: `$['a, b']` is one path. */
function splitWords(text: string): readonly string[] {
  return text.match(/(?:\[(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\]]*)\]|[^\s,[]|\[)+/g) ?? []
}

/** The value without what a path leads to. Changes `value`; what cannot be taken away (the whole document) stays. */
export function takeOut(value: unknown, { segments }: JsonPath, from = 0): void {
  const segment = segments[from]
  if (segment === undefined || typeof value !== 'object' || value === null) return
  const isLast = from === segments.length - 1
  for (const key of keysOf(value, segment)) {
    const holder = value as Record<string, unknown>
    if (!isLast) takeOut(holder[key], { text: '', segments }, from + 1)
    // An element that is gone would move the others to other places.
    else if (Array.isArray(value)) holder[key] = null
    else delete holder[key]
  }
}

function keysOf(value: object, segment: JsonPath['segments'][number]): readonly string[] {
  switch (segment.kind) {
    case 'all':
      return Object.keys(value)
    case 'name':
      return isObject(value) && Object.hasOwn(value, segment.name) ? [segment.name] : []
    case 'index': {
      if (!Array.isArray(value)) return []
      const index = segment.index < 0 ? value.length + segment.index : segment.index
      return Object.hasOwn(value, index) ? [String(index)] : []
    }
    default:
      return segment satisfies never
  }
}
