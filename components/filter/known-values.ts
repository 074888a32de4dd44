/** Values to offer after a key, out of what is there now. */
import type { KnownValues } from '../../lib/filter/complete.ts'
import type { Connection, Entries, ListRow } from '../../lib/session/types.ts'
import { headerOf } from '../../lib/headers.ts'

/** Entries and connections that are looked at: enough to know what there is, at no cost that is felt. */
const LOOKED_AT = 20_000
const IDS = 50

export function knownOfEntries(entries: Entries): KnownValues {
  return (key) => {
    if (key === 'type') return byFrequency(entries.length, (index) => entries.typeOf(index))
    if (key !== 'id') return []
    const first = Math.max(0, entries.length - IDS)
    return byFrequency(entries.length - first, (index) => entries.at(first + index).id)
  }
}

export function knownOfConnections(rows: readonly ListRow[]): KnownValues {
  return (key) => byFrequency(rows.length, (index) => valueOf(key, rows[index]))
}

function valueOf(key: string, row: ListRow | undefined): string {
  if (row?.kind !== 'connection') return ''
  const { connection } = row
  switch (key) {
    case 'method':
      return connection.open.method
    case 'host':
      return URL.parse(connection.open.url)?.host ?? ''
    case 'status':
      return String(connection.head?.status ?? '')
    case 'frame':
      return connection.frame.url
    case 'format':
      return connection.format?.name ?? ''
    case 'type':
      return contentTypeOf(connection)
    default:
      return ''
  }
}

function contentTypeOf({ head }: Connection): string {
  const value = headerOf(head?.headers ?? [], 'content-type') ?? ''
  return value.split(';', 1)[0]?.trim() ?? ''
}

function byFrequency(length: number, at: (index: number) => string): readonly string[] {
  const counts = new Map<string, number>()
  for (let index = 0; index < Math.min(length, LOOKED_AT); index += 1) {
    const value = at(index)
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value)
}
