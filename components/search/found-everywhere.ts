/** Entries of all connections that a filter leaves, found in slices; what comes later is looked at as it comes. */
import { createEventTest, type EventTest } from '../../lib/filter/event-filter.ts'
import type { Filter } from '../../lib/filter/filter.ts'
import type { Connection } from '../../lib/session/types.ts'
import { type Column, createColumn } from '../../lib/session/columns.ts'
import type { Progress } from '../parts/use-slices.ts'

const ENTRIES_PER_LOOK = 64

export interface FoundEntry {
  readonly connection: Connection
  readonly entry: number
}

export interface FoundEverywhere {
  readonly length: number
  /** Connections with something found. */
  readonly connectionCount: number
  /** By connection, in the order of the list; within one as they came. */
  at(row: number): FoundEntry | null
  /** Entries that could not be looked at: their texts were dropped. */
  readonly unseenCount: number
  /** Looks through what is not looked through yet, for about `budgetMs`. */
  update(connections: readonly Connection[], budgetMs: number): Progress
}

interface Place {
  readonly connection: Connection
  readonly test: EventTest
  readonly found: Column
  looked: number
  unseen: number
}

export function createFoundEverywhere(filter: Filter): FoundEverywhere {
  const places = new Map<Connection, Place>()
  let shown: Place[] = []
  const placeOf = (connection: Connection): Place => {
    const known = places.get(connection)
    if (known !== undefined) return known
    const test = createEventTest(filter, connection)
    const place = { connection, test, found: createColumn('u32'), looked: 0, unseen: 0 }
    places.set(connection, place)
    return place
  }
  return {
    get length() {
      return shown.reduce((sum, { found }) => sum + found.length, 0)
    },
    get connectionCount() {
      return shown.filter(({ found }) => found.length > 0).length
    },
    get unseenCount() {
      return shown.reduce((sum, { unseen }) => sum + unseen, 0)
    },
    at(row) {
      let left = row
      for (const { connection, found } of shown) {
        if (left < found.length) return { connection, entry: found.at(left) }
        left -= found.length
      }
      return null
    },
    update(connections, budgetMs) {
      const until = performance.now() + budgetMs
      // Cleared connections are no longer found.
      shown = connections.map(placeOf)
      for (const place of shown) {
        const { connection, test, found } = place
        while (place.looked < connection.entries.length) {
          const answer = test(place.looked, place.looked - 1)
          if (answer === 'stored') return connection.entries.bring(place.looked)
          if (answer === 'dropped') place.unseen += 1
          if (answer === true) found.push(place.looked)
          place.looked += 1
          if (place.looked % ENTRIES_PER_LOOK === 0 && performance.now() >= until) return false
        }
      }
      return true
    },
  }
}
