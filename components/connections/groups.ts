/** The list of connections by frame or by URL: a head for each group, and its connections below. */
import type { Grouping } from '../../lib/layout.ts'
import { msg } from '../../lib/i18n/translate.ts'
import type { Connection, ListRow } from '../../lib/session/types.ts'

export const GROUPINGS = [
  ['none', msg('Not grouped')],
  ['frame', msg('By frame')],
  ['url', msg('By URL')],
] as const satisfies readonly (readonly [Grouping, string])[]

export interface GroupRow {
  readonly kind: 'group'
  readonly key: string
  /** Of the frame, or without the query. */
  readonly url: string
  /** The page itself, not a frame in it. */
  readonly top: boolean
  readonly connections: readonly Connection[]
  readonly closed: boolean
}
export type ShownRow = ListRow | GroupRow

/**
 * The same connections in groups, each where its first connection was; those in `closed` show their head only. Navigations
 * lie across groups: they are left out.
 */
export function toGroups(
  rows: readonly ListRow[],
  grouping: Grouping,
  closed: ReadonlySet<string>,
): readonly ShownRow[] {
  if (grouping === 'none') return rows
  const groups = new Map<
    string,
    { readonly first: Connection; readonly rows: ListRow[]; readonly connections: Connection[] }
  >()
  for (const row of rows) {
    if (row.kind !== 'connection') continue
    const key = `${grouping} ${toKey(row.connection, grouping)}`
    const group = groups.get(key) ?? { first: row.connection, rows: [], connections: [] }
    groups.set(key, group)
    group.rows.push(row)
    group.connections.push(row.connection)
  }
  return [...groups].flatMap(([key, { first, rows: own, connections }]): ShownRow[] => {
    const isClosed = closed.has(key)
    const isFrame = grouping === 'frame'
    const head: GroupRow = {
      kind: 'group',
      key,
      url: isFrame ? first.frame.url : withoutQuery(first.open.url),
      top: isFrame && first.frame.top,
      connections,
      closed: isClosed,
    }
    return isClosed ? [head] : [head, ...own]
  })
}

/** Documents that follow one another in a frame are one group as long as the URL stays. */
function toKey({ frame, open }: Connection, grouping: Exclude<Grouping, 'none'>): string {
  return grouping === 'frame' ? `${frame.frameId} ${frame.url}` : withoutQuery(open.url)
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}
