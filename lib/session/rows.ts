import type { LiveConnection } from './connection.ts'
import type { ListRow } from './types.ts'

/** Rows with what the session needs to take them out and put them back. */
export interface Rows {
  /** A new array only when rows were taken out or put back; else it grows in place. */
  readonly list: readonly ListRow[]
  /** Whether `undoClear` would put something back. */
  readonly canUndo: boolean
  addConnection(live: LiveConnection): void
  addDivider(url: string, wallMs: number): void
  /** Takes out rows for good; dividers too. */
  drop(isOut: (live: LiveConnection) => boolean): void
  /** Takes out ended rows and dividers; what the clear before took is given to `forget`. */
  clear(): void
  undoClear(): void
}

interface Row {
  readonly row: ListRow
  /** Null for a divider. */
  readonly live: LiveConnection | null
  readonly place: number
}

/** @param forget called for each connection that can never be shown again */
export function createRows(forget: (live: LiveConnection) => void): Rows {
  let rows: Row[] = []
  let list: ListRow[] = []
  let taken: Row[] = []
  let places = 0

  function push(row: ListRow, live: LiveConnection | null): void {
    rows.push({ row, live, place: places })
    list.push(row)
    places += 1
  }

  function replace(kept: Row[]): void {
    rows = kept
    list = kept.map(({ row }) => row)
  }

  function forgetAll(gone: readonly Row[]): void {
    for (const { live } of gone) if (live !== null) forget(live)
  }

  return {
    get list() {
      return list
    },
    get canUndo() {
      return taken.length > 0
    },
    addConnection(live) {
      push({ kind: 'connection', connection: live.view }, live)
    },
    addDivider(url, wallMs) {
      push({ kind: 'navigation', key: `navigation-${places}`, url, wallMs }, null)
    },
    drop(isOut) {
      const isKept = ({ live }: Row) => live !== null && !isOut(live)
      forgetAll(rows.filter((row) => !isKept(row)))
      replace(rows.filter(isKept))
    },
    clear() {
      const ended = rows.filter(({ live }) => live === null || !live.view.alive)
      if (ended.length === 0) return
      forgetAll(taken)
      taken = ended
      replace(rows.filter(({ live }) => live !== null && live.view.alive))
    },
    undoClear() {
      replace([...taken, ...rows].toSorted((a, b) => a.place - b.place))
      taken = []
    },
  }
}
