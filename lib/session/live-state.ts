/**
 * What a connection is doing now, judged from a few marks and the time.
 *
 * Stalled is silence that is out of the stream's own rhythm: no progress for longer than three of its slow gaps (the 95th
 * percentile of the last 32), for longer than one and a half times the longest of them, and for longer than a floor of
 * 5 s, or of 15 s while heartbeats show that the connection lives. Until a rhythm is known (three gaps that took half a
 * second in all), only a silence of a minute counts, of heartbeats too. So a stream with an even gap of 30 s is never stalled.
 * Progress is what brings content. Heartbeats are comments, blocks without data, empty lines, and events named `ping` and
 * the like: they are life, and not progress.
 */
import { toDurationWords } from '../endings/words.ts'
import { joinSentences } from '../i18n/joined.ts'
import { t } from '../i18n/translate.ts'
import type { Transport } from '../protocol.ts'
import type { Rhythm } from './rhythm.ts'
import type { Demand, LiveState, Reconnect, Verdict } from './types.ts'

const FLOOR_MS = 5_000
/** A connection whose heart beats is given longer. */
const HEARTBEAT_FLOOR_MS = 15_000
/** Patience with a stream whose rhythm is not known yet. */
const UNKNOWN_MS = 60_000

/** Times are on the document's clock, in ms. */
export interface LiveMarks {
  readonly transport: Transport
  readonly openAtMs: number
  /** The answer's head; of an EventSource, when it connected last. */
  readonly answeredAtMs: number | null
  /** Anything of the body, or any event. */
  readonly lastSeenAtMs: number | null
  readonly progress: Rhythm
  readonly heartbeats: Rhythm
  readonly demand: Demand | null
  /** Set while an EventSource is between two attempts. */
  readonly reconnect: Reconnect | null
}

const LIVE = { connecting: 1, waiting: 1, open: 1, stalled: 1, unread: 1, reconnecting: 1 } satisfies Record<
  LiveState,
  1
>
export const LIVE_STATES: readonly string[] = Object.keys(LIVE)

export function isLiveState(state: LiveState | Verdict): state is LiveState {
  return Object.hasOwn(LIVE, state)
}

export function toLiveState(marks: LiveMarks, nowMs: number): LiveState {
  if (marks.reconnect !== null) return 'reconnecting'
  if (marks.answeredAtMs === null && marks.lastSeenAtMs === null) return 'connecting'
  if (marks.demand?.pending === false) return 'unread'
  if (marks.lastSeenAtMs === null) return 'waiting'
  return isStalled(marks, nowMs) ? 'stalled' : 'open'
}

function isStalled({ lastSeenAtMs, progress, heartbeats }: LiveMarks, nowMs: number): boolean {
  const beatsAtMs = heartbeats.lastAtMs
  const isBeating = beatsAtMs !== null && nowMs - beatsAtMs <= toPatienceMs(heartbeats, HEARTBEAT_FLOOR_MS)
  if (progress.longestPauseMs === null) return !isBeating && nowMs - (lastSeenAtMs ?? nowMs) > UNKNOWN_MS
  const silenceMs = nowMs - (progress.lastAtMs ?? nowMs)
  return silenceMs > toPatienceMs(progress, isBeating ? HEARTBEAT_FLOOR_MS : FLOOR_MS)
}

const toPatienceMs = (rhythm: Rhythm, floorMs: number): number => Math.max(floorMs, rhythm.longestPauseMs ?? UNKNOWN_MS)

/** What it is doing now, in a sentence for people. `state` is given, so that it says the same as what stands beside it. */
export function toLiveSentence(marks: LiveMarks, state: LiveState, nowMs: number): string {
  const since = (atMs: number | null) => toDurationWords(nowMs - (atMs ?? nowMs))
  const isEventSource = marks.transport === 'eventsource'
  switch (state) {
    case 'connecting':
      return t('Connecting: sent {time} ago, no answer yet.', { time: since(marks.openAtMs) })
    case 'waiting':
      return isEventSource
        ? joinSentences([
            t('Waiting: connected {time} ago, no event that the page listens to yet.', {
              time: since(marks.answeredAtMs),
            }),
            t('Comments cannot be seen with EventSource.'),
          ])
        : t('Waiting: answered {time} ago, no byte of the body yet.', { time: since(marks.answeredAtMs) })
    case 'open':
      return t('Open. {life}.', { life: toLifeWords(marks, since) })
    case 'stalled':
      return toStalledSentence(marks, since)
    case 'unread':
      return t('Unread: the page has not asked for more for {time}; bytes may wait.', {
        time: since(marks.demand?.sinceMs ?? null),
      })
    case 'reconnecting':
      return marks.reconnect === null ? '' : toReconnectSentence(marks.reconnect, nowMs)
    default:
      return state satisfies never
  }
}

type Since = (atMs: number | null) => string

/** "Progress 18.0 s ago · heartbeat 2.0 s ago" */
function toLifeWords({ progress, heartbeats, lastSeenAtMs }: LiveMarks, since: Since): string {
  const parts = [
    ...(progress.lastAtMs === null ? [] : [t('progress {time} ago', { time: since(progress.lastAtMs) })]),
    ...(heartbeats.lastAtMs === null ? [] : [t('heartbeat {time} ago', { time: since(heartbeats.lastAtMs) })]),
  ]
  if (progress.lastAtMs === null && heartbeats.lastAtMs !== null) parts.unshift(t('no event yet'))
  const words = parts.length === 0 ? t('last byte {time} ago', { time: since(lastSeenAtMs) }) : parts.join(' · ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function toStalledSentence(marks: LiveMarks, since: Since): string {
  const { progress, heartbeats, transport } = marks
  // Something came later than the last progress: it is life all the same.
  if (heartbeats.lastAtMs !== null && heartbeats.lastAtMs > (progress.lastAtMs ?? -1)) {
    const what =
      progress.lastAtMs === null ? t('no event yet') : t('no progress for {time}', { time: since(progress.lastAtMs) })
    return joinSentences([toStalled(what, progress), t('Heartbeat {time} ago.', { time: since(heartbeats.lastAtMs) })])
  }
  return joinSentences([
    toStalled(t('nothing for {time}', { time: since(marks.lastSeenAtMs) }), progress),
    transport === 'eventsource' ? t('Comments cannot be seen with EventSource.') : '',
  ])
}

function toStalled(what: string, { usualGapMs }: Rhythm): string {
  return usualGapMs === null
    ? t('Stalled: {what}.', { what })
    : t('Stalled: {what}; its usual gap is {gap}.', { what, gap: toDurationWords(usualGapMs) })
}

function toReconnectSentence({ sinceMs, attempt, delay, lastEventId }: Reconnect, nowMs: number): string {
  const leftMs = sinceMs + delay.ms - nowMs
  return t('Reconnecting: attempt {attempt}, {when} ({delay}), {id}.', {
    attempt,
    when: leftMs > 0 ? t('next try in about {time}', { time: toDurationWords(leftMs) }) : t('trying now'),
    delay: toDelayWords(delay),
    id: lastEventId === '' ? t('will send no Last-Event-ID') : t('will send Last-Event-ID {id}', { id: lastEventId }),
  })
}

function toDelayWords({ ms, from }: Reconnect['delay']): string {
  const time = `${Math.round(ms)} ms`
  switch (from) {
    case 'retry':
      return t("the server's retry: {time}", { time })
    case 'measured':
      return t('measured at an earlier attempt: {time}', { time })
    case 'default':
      return t("the browser's default: {time}; the page is not told of a retry by the server", { time })
    default:
      return from satisfies never
  }
}
