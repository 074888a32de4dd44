/** Arguments of a Gemini function call that come in pieces, each with the path of the value that it belongs to. */
import { isObject, toNumber, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'

export interface PiecedArgs {
  /** Takes a piece; gives the JSON text that it adds to what was given before. */
  add(piece: JsonObject): string
  /** The JSON text that is still missing for the arguments to be whole. */
  close(): string
  /** What the pieces add up to. */
  value(): JsonObject
  readonly isEmpty: boolean
}

type Key = string | number
interface Level {
  readonly key: Key
  /** Whether the container in this place is a list. */
  readonly isList: boolean
  count: number
}
/** Positions beyond any real list are not filled: a path is text from the network. */
const LONGEST_LIST = 10_000

export function createPiecedArgs(): PiecedArgs {
  const root: Record<string, unknown> = {}
  /** Pieces of texts by path, joined when they are asked for. */
  const texts = new Map<string, string[]>()
  /** The containers that the text is inside of, from the outside in; the arguments themselves come first. */
  let levels: Level[] = []
  let openText: string | null = null
  let isEmpty = true

  /** Writes the way from where the text is to the value's place. */
  function goTo(keys: readonly Key[]): string {
    let json = closeText()
    if (levels.length === 0) {
      levels = [{ key: '', isList: false, count: 0 }]
      json += '{'
    }
    let shared = 1
    while (shared < levels.length && shared < keys.length && levels[shared]?.key === keys[shared - 1]) shared += 1
    json += closeTo(shared)
    for (const [i, key] of keys.entries()) {
      if (i + 1 < shared) continue
      json += writeKey(key)
      const next = keys[i + 1]
      if (next === undefined) break
      levels.push({ key, isList: typeof next === 'number', count: 0 })
      json += typeof next === 'number' ? '[' : '{'
    }
    return json
  }

  function writeKey(key: Key): string {
    const level = levels.at(-1)
    if (level === undefined) return ''
    level.count += 1
    const comma = level.count > 1 ? ',' : ''
    return level.isList ? comma : `${comma}${JSON.stringify(String(key))}:`
  }

  function closeText(): string {
    if (openText === null) return ''
    openText = null
    return '"'
  }

  function closeTo(depth: number): string {
    const closed = levels.splice(depth).toReversed()
    return closed.map(({ isList }) => (isList ? ']' : '}')).join('')
  }

  return {
    add(piece) {
      const path = toText(piece['jsonPath'])
      const keys = toKeys(path)
      if (keys === null) return ''
      isEmpty = false
      const text = piece['stringValue']
      if (typeof text === 'string') {
        const known = texts.get(path)
        if (known === undefined) texts.set(path, [text])
        else known.push(text)
        const escaped = JSON.stringify(text).slice(1, -1)
        if (openText === path) return escaped
        const way = `${goTo(keys)}"`
        openText = path
        return way + escaped
      }
      const value = toValue(piece)
      if (value === undefined) return ''
      setAt(root, keys, value)
      return goTo(keys) + JSON.stringify(value)
    },
    close: () => closeText() + closeTo(0),
    value() {
      for (const [path, pieces] of texts) setAt(root, toKeys(path) ?? [], pieces.join(''))
      return root
    },
    get isEmpty() {
      return isEmpty
    },
  }
}

function toValue(piece: JsonObject): unknown {
  if ('numberValue' in piece) return toNumber(piece['numberValue'])
  if ('boolValue' in piece) return piece['boolValue'] === true
  return 'nullValue' in piece ? null : undefined
}

/** The keys of a path such as `$.a[0].b` or `$['a b']` (RFC 9535, without wild cards); null for one that leads nowhere. */
function toKeys(path: string): readonly Key[] | null {
  const keys = [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g)].map(
    ([, name, at, single, double]) => (at === undefined ? (name ?? single ?? double ?? '') : Number(at)),
  )
  const isFar = keys.some((key) => typeof key === 'number' && key >= LONGEST_LIST)
  return keys.length === 0 || isFar || keys.includes('__proto__') ? null : keys
}

function setAt(root: Record<string, unknown>, keys: readonly Key[], value: unknown): void {
  let holder: object = root
  for (const [i, key] of keys.entries()) {
    const next = keys[i + 1]
    if (next === undefined) put(holder, key, value)
    else holder = holdAt(holder, key, typeof next === 'number' ? [] : {})
  }
}

function holdAt(holder: object, key: Key, empty: object): object {
  const known: unknown = Object.hasOwn(holder, key) ? Object.getOwnPropertyDescriptor(holder, key)?.value : null
  if (isObject(known) || Array.isArray(known)) return known
  put(holder, key, empty)
  return empty
}

function put(holder: object, key: Key, value: unknown): void {
  if (!Array.isArray(holder) || typeof key === 'number') Object.assign(holder, { [key]: value })
}
