/** The connections of a comparison in their order, and how each is called. */
import type { ReadonlySignal } from '@preact/signals'
import type { Connection, ListRow } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import { toPath } from '../parts/format.ts'
import { type CompareState, LEAST_COMPARED } from './compare-state.ts'

const PATH_LENGTH = 36

/** At least two connections that are still in the list. */
export interface Compared {
  /** What the others are compared with. */
  readonly base: Connection
  /** In the list's order. */
  readonly others: readonly Connection[]
  /** The base first. */
  readonly all: readonly Connection[]
  /** The one whose contents are compared with the base's. */
  readonly other: Connection
}

/** What every tab of a comparison gets. */
export interface CompareProps {
  readonly compared: Compared
  readonly state: CompareState
  /** Wall clock in ms. */
  readonly now: ReadonlySignal<number>
}

/** Null while the comparison is closed, and where fewer than two are left. */
export function comparedIn(rows: readonly ListRow[], state: CompareState): Compared | null {
  const keys = state.marked.value
  if (!state.isOpen.value || keys.size < LEAST_COMPARED) return null
  const marked = rows.flatMap((row) =>
    row.kind === 'connection' && keys.has(row.connection.key) ? [row.connection] : [],
  )
  const base = marked.find(({ key }) => key === state.baseKey.value) ?? marked[0]
  const others = marked.filter((connection) => connection !== base)
  const other = others.find(({ key }) => key === state.otherKey.value) ?? others[0]
  return base === undefined || other === undefined ? null : { base, others, all: [base, ...others], other }
}

/** `#3` */
export const toShortName = ({ number }: Connection): string => `#${number}`

/** `#3 POST /chat` */
export function toName({ number, open }: Connection): string {
  const path = toPath(open.url)
  return `#${number} ${open.method} ${path.length > PATH_LENGTH ? `${path.slice(0, PATH_LENGTH - 1)}…` : path}`
}

/** Connections that still grow, for a note beside what is not final; empty when none does. */
export function liveNote(connections: readonly Connection[]): string {
  const live = connections.filter(({ alive }) => alive)
  return live.length === 0 ? '' : t('Still live: {names}', { names: live.map(toShortName).join(', ') })
}
