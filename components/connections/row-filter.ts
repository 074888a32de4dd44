/** The rows that a filter text leaves. Ended connections are asked once per text: they change only if they come back to life. */
import { matches } from '../../lib/session/filter.ts'
import type { Connection, ListRow } from '../../lib/session/types.ts'

export type RowFilter = (rows: readonly ListRow[], text: string) => readonly ListRow[]

/** Remembers its verdicts; make one per panel. An empty text leaves every row. */
export function createRowFilter(): RowFilter {
  let verdicts = new WeakMap<Connection, boolean>()
  let lastText = ''
  const isMatch = (connection: Connection, text: string): boolean => {
    if (connection.alive) {
      verdicts.delete(connection)
      return matches(connection, text)
    }
    const match = verdicts.get(connection) ?? matches(connection, text)
    verdicts.set(connection, match)
    return match
  }
  return (rows, text) => {
    if (text.trim() === '') return rows
    if (text !== lastText) verdicts = new WeakMap()
    lastText = text
    const left: ListRow[] = []
    let divider: ListRow | null = null
    for (const row of rows) {
      if (row.kind === 'navigation') {
        // A divider is worth a line only where rows follow it.
        divider = row
      } else if (isMatch(row.connection, text)) {
        if (divider !== null) left.push(divider)
        divider = null
        left.push(row)
      }
    }
    return left
  }
}

export interface Totals {
  readonly connections: number
  readonly live: number
  readonly events: number
  readonly sizeBytes: number
}

export function totalsOf(rows: readonly ListRow[]): Totals {
  let [connections, live, events, sizeBytes] = [0, 0, 0, 0]
  for (const row of rows) {
    if (row.kind !== 'connection') continue
    connections++
    if (row.connection.alive) live++
    events += row.connection.eventCount
    sizeBytes += row.connection.sizeBytes
  }
  return { connections, live, events, sizeBytes }
}
