/** What stands behind a state or an ending, as names and values. */
import { toDocumentNowMs } from '../../lib/session/figures.ts'
import type { Connection } from '../../lib/session/types.ts'
import { formatCounted, formatDuration, formatSize } from '../parts/format.ts'

export type StateField = readonly [name: string, value: string]

/** `nowWallMs` is looked at only while the connection lives. */
export function stateFields(connection: Connection, nowWallMs: number): readonly StateField[] {
  return connection.ending === null ? liveFields(connection, nowWallMs) : endingFields(connection.ending)
}

function endingFields({ who, phase, afterMs, evidence }: NonNullable<Connection['ending']>): readonly StateField[] {
  return [
    ['Ended by', `the ${who}`],
    ['When', `${phase}, ${formatDuration(afterMs)} after the call`],
    ...evidence.map(({ name, value }) => [name, value] as const),
  ]
}

function liveFields(connection: Connection, nowWallMs: number): readonly StateField[] {
  const { marks, attempts, eventCount, sizeBytes } = connection
  const { progress, heartbeats, demand, reconnect } = marks
  const nowMs = toDocumentNowMs(connection, nowWallMs)
  const ago = (atMs: number | null) => (atMs === null ? 'none yet' : `${formatDuration(nowMs - atMs)} ago`)
  const gaps = ({ usualGapMs, longestPauseMs }: typeof progress) =>
    usualGapMs === null || longestPauseMs === null
      ? ''
      : `, usual gap ${formatDuration(usualGapMs)}, in rhythm up to ${formatDuration(longestPauseMs)}`
  return [
    ['Called', ago(marks.openAtMs)],
    [connection.transport === 'eventsource' ? 'Connected' : 'Answered', ago(marks.answeredAtMs)],
    ['Progress', `${ago(progress.lastAtMs)}${gaps(progress)}`],
    ...(connection.transport === 'eventsource' && heartbeats.lastAtMs === null
      ? [['Heartbeats', 'comments cannot be seen with EventSource'] as const]
      : [['Heartbeat', `${ago(heartbeats.lastAtMs)}${gaps(heartbeats)}`] as const]),
    ['So far', `${formatCounted(eventCount, 'event')}, ${formatSize(sizeBytes)}`],
    ...(demand === null
      ? []
      : [
          ['The page', `${demand.pending ? 'asked again' : 'stopped asking for more'} ${ago(demand.sinceMs)}`] as const,
        ]),
    ...(attempts > 1 || reconnect !== null ? [['Connected so far', formatCounted(attempts, 'time')] as const] : []),
  ]
}
