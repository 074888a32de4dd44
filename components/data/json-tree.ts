/** JSON text as the rows of a tree that opens and closes. Pure; `JsonTree` draws it. */

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | RawNumber
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/** A number as it was written, where a JavaScript number would show something else (large ids, `1.0`). */
interface RawNumber {
  readonly rawJSON: string
}

/** `JSON` as today's browsers have it; TypeScript's library does not know these yet (Nov 2026). */
interface JsonWithSource {
  parse(text: string, reviver: (key: string, value: unknown, context?: { source?: string }) => unknown): unknown
  rawJSON?(source: string): RawNumber
  isRawJSON?(value: unknown): boolean
}
const json: JsonWithSource = JSON

/** The value of a JSON text; `undefined` if it is none, or only a bare word or number that is better read as text. */
export function parseJson(text: string): JsonValue | undefined {
  const start = text.trimStart()[0]
  if (start !== '{' && start !== '[' && start !== '"') return undefined
  try {
    return json.parse(text, (_key, value, context) => {
      const source = context?.source
      const differs = typeof value === 'number' && source !== undefined && source !== String(value)
      return differs && json.rawJSON !== undefined ? json.rawJSON(source) : value
    }) as JsonValue
  } catch {
    // Not JSON: the caller shows it as text.
    return undefined
  }
}

function isRawNumber(value: JsonValue): value is RawNumber {
  return json.isRawJSON?.(value) === true
}

export interface JsonRow {
  /** Names the row: keys from the root, such as `$.choices[0].delta`. */
  readonly path: string
  readonly depth: number
  /** Key or index in its parent; empty for the root. */
  readonly name: string
  readonly value: JsonValue
  readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  /** Members of an object or array; 0 for others. */
  readonly size: number
  readonly open: boolean
}

export interface TreeState {
  /** What is open unless toggled; a number of levels, or by size. */
  readonly open: 'some' | 'all' | 'none' | number
  readonly toggled: ReadonlySet<string>
}

export const FIRST_TREE_STATE: TreeState = { open: 'some', toggled: new Set() }

/** Rows made at most, so that "expand all" of a huge value does not hang. */
export const TREE_ROW_LIMIT = 200_000
const OPEN_DEPTH = 3
const OPEN_SIZE = 100

/** The visible rows, top to bottom; at most TREE_ROW_LIMIT. */
export function toRows(root: JsonValue, state: TreeState): readonly JsonRow[] {
  const rows: JsonRow[] = []
  const add = (value: JsonValue, name: string, path: string, depth: number): void => {
    if (rows.length >= TREE_ROW_LIMIT) return
    const type = typeOf(value)
    const size = sizeOf(value)
    const open = isOpen(state, path, depth, size)
    rows.push({ path, depth, name, value, type, size, open })
    if (!open) return
    for (const [key, member] of Object.entries(value as Record<string, JsonValue>)) {
      if (rows.length >= TREE_ROW_LIMIT) return
      add(member, key, type === 'array' ? `${path}[${key}]` : path + toPathStep(key), depth + 1)
    }
  }
  add(root, '', '$', 0)
  return rows
}

/** Keys and indexes that lead from the root to a row. */
export function stepsTo(rows: readonly JsonRow[], index: number): readonly (string | number)[] {
  const steps: (string | number)[] = []
  let row = rows[index]
  for (let at = index - 1; row !== undefined && row.depth > 0 && at >= 0; at -= 1) {
    const parent = rows[at]
    if (parent?.depth !== row.depth - 1) continue
    steps.unshift(parent.type === 'array' ? Number(row.name) : row.name)
    row = parent
  }
  return steps
}

function isOpen({ open, toggled }: TreeState, path: string, depth: number, size: number): boolean {
  return size > 0 && (depth === 0 || isOpenByDefault(open, depth, size)) !== toggled.has(path)
}

function isOpenByDefault(open: TreeState['open'], depth: number, size: number): boolean {
  switch (open) {
    case 'all':
      return true
    case 'none':
      return false
    case 'some':
      return depth < OPEN_DEPTH && size <= OPEN_SIZE
    default:
      return depth < open
  }
}

/** One level more than what is open by default. */
export function openDeeper({ open }: TreeState): TreeState {
  const levels = open === 'some' ? OPEN_DEPTH : open === 'none' ? 1 : open
  return { open: levels === 'all' ? 'all' : levels + 1, toggled: new Set() }
}

/** A place in the tree and what has to be open for it to be seen, from the root. */
export interface Found {
  readonly path: string
  readonly trail: readonly { readonly path: string; readonly depth: number; readonly size: number }[]
}

/** Matches that are looked for at most. */
export const FOUND_LIMIT = 1_000

/** Members whose name or plain value `search` finds, top to bottom; at most FOUND_LIMIT. */
export function findInTree(root: JsonValue, search: RegExp): readonly Found[] {
  const found: Found[] = []
  const look = (value: JsonValue, name: string, path: string, trail: Found['trail']): void => {
    if (found.length >= FOUND_LIMIT) return
    const nested = isNested(value)
    const text = nested ? '' : typeof value === 'string' ? value : previewOf(value, Infinity)
    if (search.test(name) || (text !== '' && search.test(text))) found.push({ path, trail })
    if (!nested) return
    const inside = [...trail, { path, depth: trail.length, size: sizeOf(value) }]
    for (const [key, member] of Object.entries(value as Record<string, JsonValue>)) {
      if (found.length >= FOUND_LIMIT) return
      look(member, key, Array.isArray(value) ? `${path}[${key}]` : path + toPathStep(key), inside)
    }
  }
  look(root, '', '$', [])
  return found
}

/** The tree with all open that a place is in. */
export function openTo(state: TreeState, { trail }: Found): TreeState {
  let next = state
  for (const { path, depth, size } of trail) if (!isOpen(next, path, depth, size)) next = toggle(next, path)
  return next
}

export function toggle(state: TreeState, path: string): TreeState {
  const toggled = new Set(state.toggled)
  if (!toggled.delete(path)) toggled.add(path)
  return { open: state.open, toggled }
}

/** A value as text to copy: strings bare, the rest as indented JSON with its numbers as they were written. */
export function toCopyText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** One line that stands for a value. */
export function toPreview(row: JsonRow): string {
  if (row.type === 'array') return row.open ? `[ ${row.size} ]` : previewOf(row.value, 120)
  if (row.type === 'object') return row.open ? '{ }' : previewOf(row.value, 120)
  return previewOf(row.value, 2_000)
}

function previewOf(value: JsonValue, limit: number): string {
  if (typeof value === 'string') return JSON.stringify(value.length > limit ? `${value.slice(0, limit)}…` : value)
  if (value === null || typeof value !== 'object') return String(value)
  if (isRawNumber(value)) return value.rawJSON
  const isArray = Array.isArray(value)
  const parts: string[] = []
  let length = 0
  // Not Object.entries: of a million members only the first few are looked at.
  for (const key in value as Record<string, JsonValue>) {
    if (length > limit) {
      parts.push('…')
      break
    }
    const member = (value as Record<string, JsonValue>)[key] ?? null
    const shown = isNested(member) ? (Array.isArray(member) ? '[…]' : '{…}') : previewOf(member, 40)
    const part = isArray ? shown : `${key}: ${shown}`
    parts.push(part)
    length += part.length
  }
  if (isArray) return `[${parts.join(', ')}]`
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}

function isNested(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && !isRawNumber(value)
}

function sizeOf(value: JsonValue): number {
  if (Array.isArray(value)) return value.length
  return isNested(value) ? Object.keys(value as object).length : 0
}

function typeOf(value: JsonValue): JsonRow['type'] {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'object') return isRawNumber(value) ? 'number' : 'object'
  if (typeof value === 'string') return 'string'
  return typeof value === 'number' ? 'number' : 'boolean'
}

function toPathStep(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
