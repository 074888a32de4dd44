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
      return `Connecting: sent ${since(marks.openAtMs)} ago, no answer yet.`
    case 'waiting':
      return isEventSource
        ? `Waiting: connected ${since(marks.answeredAtMs)} ago, no event that the page listens to yet. Comments cannot be seen with EventSource.`
        : `Waiting: answered ${since(marks.answeredAtMs)} ago, no byte of the body yet.`
    case 'open':
      return `Open. ${toLifeWords(marks, since)}.`
    case 'stalled':
      return toStalledSentence(marks, since)
    case 'unread':
      return `Unread: the page has not asked for more for ${since(marks.demand?.sinceMs ?? null)}; bytes may wait.`
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
    ...(progress.lastAtMs === null ? [] : [`progress ${since(progress.lastAtMs)} ago`]),
    ...(heartbeats.lastAtMs === null ? [] : [`heartbeat ${since(heartbeats.lastAtMs)} ago`]),
  ]
  if (progress.lastAtMs === null && heartbeats.lastAtMs !== null) parts.unshift('no event yet')
  const words = parts.length === 0 ? `last byte ${since(lastSeenAtMs)} ago` : parts.join(' · ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function toStalledSentence(marks: LiveMarks, since: Since): string {
  const { progress, heartbeats, transport } = marks
  const usual = progress.usualGapMs === null ? '' : `; its usual gap is ${toDurationWords(progress.usualGapMs)}`
  const unseen = transport === 'eventsource' ? ' Comments cannot be seen with EventSource.' : ''
  // Something came later than the last progress: it is life all the same.
  if (heartbeats.lastAtMs !== null && heartbeats.lastAtMs > (progress.lastAtMs ?? -1)) {
    const what = progress.lastAtMs === null ? 'no event yet' : `no progress for ${since(progress.lastAtMs)}`
    return `Stalled: ${what}${usual}. Heartbeat ${since(heartbeats.lastAtMs)} ago.`
  }
  return `Stalled: nothing for ${since(marks.lastSeenAtMs)}${usual}.${unseen}`
}

function toReconnectSentence({ sinceMs, attempt, delay, lastEventId }: Reconnect, nowMs: number): string {
  const leftMs = sinceMs + delay.ms - nowMs
  const when = leftMs > 0 ? `next try in about ${toDurationWords(leftMs)}` : 'trying now'
  const id = lastEventId === '' ? 'will send no Last-Event-ID' : `will send Last-Event-ID ${lastEventId}`
  return `Reconnecting: attempt ${attempt}, ${when} (${toDelayWords(delay)}), ${id}.`
}

function toDelayWords({ ms, from }: Reconnect['delay']): string {
  const words = `${Math.round(ms)} ms`
  switch (from) {
    case 'retry':
      return `the server's retry: ${words}`
    case 'measured':
      return `measured at an earlier attempt: ${words}`
    case 'default':
      return `the browser's default: ${words}; the page is not told of a retry by the server`
    default:
      return from satisfies never
  }
}
