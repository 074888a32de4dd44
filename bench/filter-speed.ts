/** How long the filter of the Events tab takes over one long stream, without a browser: the same code as in the panel. */
import { createMatchedEntries } from '../components/events/matched-entries.ts'
import { allEntries } from '../components/events/shown-entries.ts'
import { createEventTest, EVENT_GRAMMAR } from '../lib/filter/event-filter.ts'
import { parseFilter } from '../lib/filter/parse.ts'
import { createConnection } from '../lib/session/connection.ts'
import type { Connection } from '../lib/session/types.ts'
import { chunk, head, open } from '../tests/helpers/stream-builders.ts'

/** As `useSlices` has it. */
const SLICE_MS = 8

export interface FilterFigures {
  readonly filter: string
  readonly rows: number
  /** Until the first row is found; as `allMs` if there is none. */
  readonly firstMs: number
  readonly allMs: number
  readonly longestSliceMs: number
}

/** A connection of `count` events of about 150 bytes, 400 in a chunk. */
export function longStream(count: number, eventsInChunk = 400): Connection {
  const frame = { doc: 'd', frameId: 0, top: true, url: 'https://page.test/', timeOriginMs: 0 }
  const live = createConnection({ key: 'd/1', number: 1, frame, open: open({ atMs: 0 }) })
  live.take(head())
  for (let from = 0; from < count; from += eventsInChunk) {
    let text = ''
    for (let n = from; n < Math.min(count, from + eventsInChunk); n += 1) text += toEvent(n)
    live.take(chunk(text, { atMs: from / 100 }))
  }
  return live.view
}

/** 150 characters, of some types; words that every, some and few of them have. */
export function toEvent(n: number): string {
  const rare = n % 50_000 === 49_999 ? 'needle' : 'straw'
  const start = `event: ${n % 3 === 0 ? 'delta' : 'tick'}\ndata: {"n":${n},"items":[{"part":{"label":"word${n % 1000} ${rare}"}}],"pad":"`
  return `${start.padEnd(146, 'x')}"}\n\n`
}

/** Looks through all entries as the Events tab does, from the beginning. */
export function measureFilter(connection: Connection, filter: string): FilterFigures {
  const { entries } = connection
  const test = createEventTest(parseFilter(filter, EVENT_GRAMMAR), connection)
  const startMs = performance.now()
  const matched = createMatchedEntries(allEntries(entries), test, {
    fromEnd: false,
    bring: (entry) => entries.bring(entry),
  })
  let [firstMs, longestSliceMs] = [0, 0]
  for (let done = false; !done;) {
    const sliceMs = performance.now()
    done = matched.update(SLICE_MS) === true
    longestSliceMs = Math.max(longestSliceMs, performance.now() - sliceMs)
    if (firstMs === 0 && matched.length > 0) firstMs = performance.now() - startMs
  }
  const allMs = performance.now() - startMs
  return { filter, rows: matched.length, firstMs: firstMs || allMs, allMs, longestSliceMs }
}
