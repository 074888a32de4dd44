/** Two sequences side by side: what is the same or belongs together in one row. */
import { createColumn } from '../session/columns.ts'

export type DiffKind = 'same' | 'changed' | 'only first' | 'only second'
const KINDS: readonly DiffKind[] = ['same', 'changed', 'only first', 'only second']

export interface DiffRow {
  readonly kind: DiffKind
  /** Index in each sequence; -1 where it is only in the other. */
  readonly a: number
  readonly b: number
}

export interface DiffRows {
  readonly length: number
  at(index: number): DiffRow
  readonly counts: Readonly<Record<DiffKind, number>>
  /** Rows that are not the same, in order. */
  readonly changes: ArrayLike<number>
}

interface RowList extends DiffRows {
  push(kind: DiffKind, a: number, b: number): void
}

function createRowList(): RowList {
  const [kinds, first, second, changed] = [createColumn('u8'), createColumn('u32'), createColumn('u32'), [] as number[]]
  const counts: Record<DiffKind, number> = { same: 0, changed: 0, 'only first': 0, 'only second': 0 }
  return {
    get length() {
      return kinds.length
    },
    counts,
    changes: changed,
    // Columns hold no negative numbers.
    at: (index) => ({
      kind: KINDS[kinds.at(index)] ?? 'same',
      a: first.at(index) - 1,
      b: second.at(index) - 1,
    }),
    push(kind, a, b) {
      if (kind !== 'same') changed.push(kinds.length)
      counts[kind] += 1
      kinds.push(KINDS.indexOf(kind))
      first.push(a + 1)
      second.push(b + 1)
    },
  }
}

export const NO_ROWS: DiffRows = createRowList()

/**
 * Rows in the order of both sequences. Between two equal elements, what is only in one and what is only in the other are
 * laid side by side, the first to the first: they are most often the same thing, said otherwise.
 *
 * @param matches for each element of the first, its index in the second; -1 for none. Rises.
 */
export function rowsByOrder(matches: Int32Array, bLength: number): DiffRows {
  const rows = createRowList()
  let [i, j] = [0, 0]
  const takeUntil = (iEnd: number, jEnd: number) => {
    while (i < iEnd && j < jEnd) rows.push('changed', i++, j++)
    while (i < iEnd) rows.push('only first', i++, -1)
    while (j < jEnd) rows.push('only second', -1, j++)
  }
  for (const [at, match] of matches.entries()) {
    if (match === -1) continue
    takeUntil(at, match)
    rows.push('same', i++, j++)
  }
  takeUntil(matches.length, bLength)
  return rows
}

interface Keyed {
  /** Equal numbers stand for the same id. */
  readonly ids: Uint32Array
  /** Equal numbers stand for equal contents. */
  readonly tokens: Uint32Array
}

/**
 * Rows in the order of the first sequence; those that are only in the second stand after the one they came after there. An
 * id that comes several times belongs to the same id as often, in order.
 */
export function rowsById(a: Keyed, b: Keyed): DiffRows {
  const rows = createRowList()
  const waiting = new Map<number, number[]>()
  for (const [j, id] of b.ids.entries()) {
    const list = waiting.get(id)
    if (list === undefined) waiting.set(id, [j])
    else list.push(j)
  }
  const taken = new Map<number, number>()
  const partners = new Int32Array(a.ids.length).fill(-1)
  const isPartner = new Uint8Array(b.ids.length)
  for (const [i, id] of a.ids.entries()) {
    const nth = taken.get(id) ?? 0
    const j = waiting.get(id)?.[nth] ?? -1
    taken.set(id, nth + 1)
    partners[i] = j
    if (j !== -1) isPartner[j] = 1
  }
  const addAlone = (from: number) => {
    for (let j = from; j < b.ids.length && isPartner[j] !== 1; j += 1) rows.push('only second', -1, j)
  }
  addAlone(0)
  for (const [i, j] of partners.entries()) {
    if (j === -1) {
      rows.push('only first', i, -1)
      continue
    }
    rows.push(a.tokens[i] === b.tokens[j] ? 'same' : 'changed', i, j)
    addAlone(j + 1)
  }
  return rows
}
