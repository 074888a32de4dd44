import type { ReadonlySignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { language } from '../../lib/i18n/translate.ts'
import { type Diagnosis, findingsOf } from '../../lib/findings/findings.ts'
import type { Connection, ListRow } from '../../lib/session/types.ts'
import { useNextFrame } from '../parts/use-next-frame.ts'

/** Looking through a connection in one frame, at most: typing and clicks go on beside it. */
const LOOK_MS = 4

/** Gives all connections of the session, oldest first. */
export type AllConnections = () => readonly Connection[]

interface Pace {
  /** How often a live connection is judged anew. */
  readonly everyMs: number
  /** Chunks and entries looked at in one frame. */
  readonly steps: number
}

/** What the rules say of a connection by now. Long streams are looked through in steps, one a frame. */
export function useFindings(
  connection: Connection,
  connections: AllConnections,
  now: ReadonlySignal<number>,
  { everyMs, steps }: Pace,
): Diagnosis {
  const last = useRef<{ readonly connection: Connection; readonly when: string; readonly diagnosis: Diagnosis } | null>(
    null,
  )
  const { alive, ending, frame } = connection
  // What is over changes only when more becomes known of it.
  const tick = alive ? `live ${Math.floor(now.value / everyMs)}` : `over ${connection.version.value}`
  const when = `${language.value} ${tick}`
  const known = last.current
  const isFresh = known?.connection === connection && known.when === when && known.diagnosis.complete
  const nowMs = ending?.atMs ?? (frame.timeOriginMs === 0 ? lastSeenAtMs(connection) : now.value - frame.timeOriginMs)
  const diagnosis = isFresh
    ? known.diagnosis
    : findingsOf(connection, { nowMs, connections: connections() }, steps, LOOK_MS)
  last.current = { connection, when, diagnosis }
  useNextFrame(!diagnosis.complete)
  return diagnosis
}

/** Stands for the time while the document's clock is not known. */
function lastSeenAtMs({ open, head, lastByteAtMs }: Connection): number {
  return Math.max(open.atMs, head?.atMs ?? 0, lastByteAtMs ?? 0)
}

/** Makes the list anew only when rows came or went. */
export function createAllConnections(rows: () => readonly ListRow[]): AllConnections {
  let from: readonly ListRow[] = []
  let length = 0
  let list: readonly Connection[] = []
  return () => {
    const current = rows()
    if (current === from && current.length === length) return list
    from = current
    length = current.length
    list = current.flatMap((row) => (row.kind === 'connection' ? [row.connection] : []))
    return list
  }
}
