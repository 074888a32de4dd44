/** What stands behind a state or an ending, as names and values. */
import { toDocumentNowMs } from '../../lib/session/figures.ts'
import type { Connection } from '../../lib/session/types.ts'
import { msg, t, tn } from '../../lib/i18n/translate.ts'
import { formatCount, formatDuration, formatSize } from '../parts/format.ts'

export type StateField = readonly [name: string, value: string]

/** `nowWallMs` is looked at only while the connection lives. */
export function stateFields(connection: Connection, nowWallMs: number): readonly StateField[] {
  return connection.ending === null ? liveFields(connection, nowWallMs) : endingFields(connection.ending)
}

type EndingFacts = NonNullable<Connection['ending']>

const WHO: Readonly<Record<EndingFacts['who'], string>> = {
  user: msg('you'),
  page: msg('the page'),
  server: msg('the server'),
  network: msg('the network'),
  browser: msg('the browser'),
}

const PHASES: Readonly<Record<EndingFacts['phase'], string>> = {
  'before head': msg('before head'),
  'before first byte': msg('before first byte'),
  'mid-stream': msg('mid-stream'),
  reconnecting: msg('reconnecting'),
  'at its end': msg('at its end'),
}

function endingFields({ who, phase, afterMs, evidence }: EndingFacts): readonly StateField[] {
  return [
    [t('Ended by'), t(WHO[who])],
    [t('When'), t('{phase}, {time} after the call', { phase: t(PHASES[phase]), time: formatDuration(afterMs) })],
    ...evidence.map(({ name, value }) => [name, value] as const),
  ]
}

function liveFields(connection: Connection, nowWallMs: number): readonly StateField[] {
  const { marks, attempts, eventCount, sizeBytes } = connection
  const { progress, heartbeats, demand, reconnect } = marks
  const nowMs = toDocumentNowMs(connection, nowWallMs)
  const ago = (atMs: number | null) =>
    atMs === null ? t('none yet') : t('{time} ago', { time: formatDuration(nowMs - atMs) })
  const inRhythm = ({ lastAtMs, usualGapMs, longestPauseMs }: typeof progress) =>
    usualGapMs === null || longestPauseMs === null
      ? ago(lastAtMs)
      : t('{last}, usual gap {usual}, in rhythm up to {longest}', {
          last: ago(lastAtMs),
          usual: formatDuration(usualGapMs),
          longest: formatDuration(longestPauseMs),
        })
  const events = tn(eventCount, '{n} event', '{n} events', { n: formatCount(eventCount) })
  return [
    [t('Called'), ago(marks.openAtMs)],
    [connection.transport === 'eventsource' ? t('Connected') : t('Answered'), ago(marks.answeredAtMs)],
    [t('Progress'), inRhythm(progress)],
    ...(connection.transport === 'eventsource' && heartbeats.lastAtMs === null
      ? [[t('Heartbeats'), t('comments cannot be seen with EventSource')] as const]
      : [[t('Heartbeat'), inRhythm(heartbeats)] as const]),
    [t('So far'), t('{events}, {size}', { events, size: formatSize(sizeBytes) })],
    ...(demand === null
      ? []
      : [
          [
            t('The page'),
            demand.pending
              ? t('asked again {when}', { when: ago(demand.sinceMs) })
              : t('stopped asking for more {when}', { when: ago(demand.sinceMs) }),
          ] as const,
        ]),
    ...(attempts > 1 || reconnect !== null
      ? [[t('Connected so far'), tn(attempts, '{n} time', '{n} times', { n: formatCount(attempts) })] as const]
      : []),
  ]
}
