/** JSON Patch (RFC 6902): changes of a JSON value, by JSON Pointer (RFC 6901). */
import { toObjects, toText } from './json.ts'
import type { JsonObject } from './json.ts'

/** What became of `document`, which itself is not changed; null where an operation cannot be done. */
export function applyPatch(document: unknown, patch: unknown): { readonly value: unknown } | null {
  try {
    const root = { value: structuredClone(document) }
    return toObjects(patch).every((operation) => applyOne(root, operation)) ? root : null
  } catch {
    // Nested more deeply than can be copied.
    return null
  }
}

function applyOne(root: Root, operation: JsonObject): boolean {
  const path = toKeys(operation['path'])
  if (path === null) return false
  return apply(root, toText(operation['op']), path, toKeys(operation['from']), structuredClone(operation['value']))
}

type Root = { value: unknown }

function apply(root: Root, op: string, path: string[], from: string[] | null, value: unknown): boolean {
  switch (op) {
    case 'add':
      return add(root, path, value)
    case 'remove':
      return remove(root, path)
    case 'replace':
      return path.length === 0 ? add(root, path, value) : remove(root, path) && add(root, path, value)
    case 'copy':
    case 'move': {
      const found = from === null ? null : find(root, from)
      if (from === null || found === null || (op === 'move' && !remove(root, from))) return false
      return add(root, path, structuredClone(found.value))
    }
    case 'test': {
      const found = find(root, path)
      return found !== null && isEqual(found.value, value)
    }
    default:
      return false
  }
}

/** The keys of a pointer, from the outside in; null for what is none. */
function toKeys(pointer: unknown): string[] | null {
  if (pointer === '') return []
  if (typeof pointer !== 'string' || !pointer.startsWith('/')) return null
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function find(root: Root, keys: readonly string[]): { readonly value: unknown } | null {
  let value = root.value
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null
    value = (value as Record<string, unknown>)[key]
  }
  return { value }
}

/** The container of what `keys` lead to, and the last key; null where there is no such container. */
function findHolder(root: Root, keys: readonly string[]): { readonly holder: object; readonly key: string } | null {
  const holder = find(root, keys.slice(0, -1))?.value
  const key = keys.at(-1)
  if (key === undefined || typeof holder !== 'object' || holder === null) return null
  return { holder, key }
}

function add(root: Root, keys: readonly string[], value: unknown): boolean {
  if (keys.length === 0) {
    root.value = value
    return true
  }
  const found = findHolder(root, keys)
  if (found === null) return false
  const { holder, key } = found
  if (!Array.isArray(holder)) {
    Object.defineProperty(holder, key, { value, configurable: true, enumerable: true, writable: true })
    return true
  }
  const at = key === '-' ? holder.length : toIndex(key)
  if (at === null || at > holder.length) return false
  holder.splice(at, 0, value)
  return true
}

function remove(root: Root, keys: readonly string[]): boolean {
  const found = findHolder(root, keys)
  if (found === null) return false
  const { holder, key } = found
  if (Array.isArray(holder)) {
    const at = toIndex(key)
    if (at === null || at >= holder.length) return false
    holder.splice(at, 1)
    return true
  }
  return Object.hasOwn(holder, key) && Reflect.deleteProperty(holder, key)
}

function toIndex(key: string): number | null {
  return /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : null
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [entries, others] = [Object.entries(a), Object.entries(b)]
  return (
    entries.length === others.length &&
    entries.every(([key, value]) => Object.hasOwn(b, key) && isEqual(value, (b as Record<string, unknown>)[key]))
  )
}
