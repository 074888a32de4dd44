import type { OpenRecord } from '../../../lib/protocol.ts'
import { createConnection } from '../../../lib/session/connection.ts'
import type { LaterRecord } from '../../../lib/session/connection.ts'
import type { Connection } from '../../../lib/session/types.ts'

/** A connection of a top document, after these records. */
export function connectionOf(open: OpenRecord, ...records: readonly LaterRecord[]): Connection {
  const frame = { doc: 'd1', frameId: 0, top: true, url: 'https://page.test/', timeOriginMs: 1_700_000_000_000 }
  const live = createConnection({ key: 'd1/1', number: 1, frame, open })
  for (const record of records) live.take(record)
  return live.view
}

/** All entries, each as kind, type, id and data. */
export function entriesOf({ entries }: Connection): string[] {
  return Array.from({ length: entries.length }, (_, index) => {
    const { kind, type, id, data } = entries.at(index)
    return [kind, type, id, data].join('|')
  })
}
