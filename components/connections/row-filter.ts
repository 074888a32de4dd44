/** The rows that a filter and a choice of states leave. Ended connections are asked once per filter and ending. */
import { type ConnectionTest, createConnectionTest } from '../../lib/filter/connection-filter.ts'
import { type Filter, NO_FILTER } from '../../lib/filter/filter.ts'
import type { Connection, Ending, ListRow } from '../../lib/session/types.ts'
import { isChosen, type StateChoice } from './state-filter.ts'

export type RowFilter = (rows: readonly ListRow[], filter: Filter, choice?: StateChoice) => readonly ListRow[]

interface Answer {
  /** Judged again, a connection has another. */
  readonly ending: Ending | null
  readonly isMatch: boolean
}

/** Remembers its answers; make one per panel, and give it the same filter for the same text. A filter without terms leaves every row. */
export function createRowFilter(): RowFilter {
  let answers = new WeakMap<Connection, Answer>()
  let lastFilter = NO_FILTER
  let test: ConnectionTest = () => true
  const isMatch = (connection: Connection): boolean => {
    const { ending } = connection
    if (ending === null) return test(connection)
    const known = answers.get(connection)
    if (known?.ending === ending) return known.isMatch
    const answer = { ending, isMatch: test(connection) }
    answers.set(connection, answer)
    return answer.isMatch
  }
  return (rows, filter, choice = 'all') => {
    if (filter.terms.length === 0 && choice === 'all') return rows
    if (filter !== lastFilter) {
      answers = new WeakMap()
      test = createConnectionTest(filter)
    }
    lastFilter = filter
    const left: ListRow[] = []
    let divider: ListRow | null = null
    for (const row of rows) {
      if (row.kind === 'navigation') {
        // A divider is worth a line only where rows follow it.
        divider = row
      } else if (isChosen(row.connection, choice) && isMatch(row.connection)) {
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
