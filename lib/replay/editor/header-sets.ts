/** Named sets of headers, kept by the user: "staging", "no auth". */
import type { HeaderPair } from '../../protocol.ts'
import { type HeaderRow, toHeaderRow, withHeader } from './form.ts'

export interface HeaderSet {
  readonly name: string
  readonly headers: readonly {
    readonly name: string
    readonly value: string
    /** Off: applying the set switches that header off. */
    readonly on: boolean
  }[]
}

const MOST_SETS = 100
const MOST_HEADERS = 200

/** Makes them of whatever was stored. */
export function toHeaderSets(stored: unknown): readonly HeaderSet[] {
  if (!Array.isArray(stored)) return []
  return stored.slice(0, MOST_SETS).flatMap((one: unknown) => {
    const { name, headers } = (one ?? {}) as { name?: unknown; headers?: unknown }
    if (typeof name !== 'string' || name === '' || !Array.isArray(headers)) return []
    return [{ name, headers: headers.slice(0, MOST_HEADERS).flatMap(toSetHeader) }]
  })
}

function toSetHeader(one: unknown): HeaderSet['headers'] {
  const { name, value, on } = (one ?? {}) as { name?: unknown; value?: unknown; on?: unknown }
  return typeof name === 'string' && typeof value === 'string' ? [{ name, value, on: on !== false }] : []
}

/** Replaces a set of the same name. */
export function saveSet(sets: readonly HeaderSet[], name: string, rows: readonly HeaderRow[]): readonly HeaderSet[] {
  const headers = rows.map((row) => ({ name: row.name, value: row.value, on: row.on }))
  return [...sets.filter((set) => set.name !== name), { name, headers }].slice(-MOST_SETS)
}

/** Each of the set's headers is set or switched off; others stay as they are. */
export function applySet(rows: readonly HeaderRow[], { headers }: HeaderSet): readonly HeaderRow[] {
  return headers.reduce((all, { name, value, on }) => {
    if (on) return withHeader(all, name, value)
    return all.map((row) => (row.name.toLowerCase() === name.toLowerCase() ? { ...row, on: false } : row))
  }, rows)
}

export function replaceBySet({ headers }: HeaderSet): readonly HeaderRow[] {
  return headers.map(({ name, value, on }) => toHeaderRow([name, value] as HeaderPair, on))
}
