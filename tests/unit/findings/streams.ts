/** Streams as the rules see them, in the domain's notation: what came when. */
import { findingsOf } from '../../../lib/findings/findings.ts'
import type { Finding } from '../../../lib/findings/finding.ts'
import type { HeaderPair, NetworkFacts, OpenRecord } from '../../../lib/protocol.ts'
import type { LaterRecord } from '../../../lib/session/connection.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { attempt, chunk, demand, dispatched, end, exchange, head, note, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'

/** When the page called, in ms; `atMs` below counts from here. */
export const CALL_MS = 100
export const TIME_ORIGIN_MS = 1_700_000_000_000

interface Given {
  readonly open?: Partial<OpenRecord>
  readonly type?: string
  readonly headers?: readonly HeaderPair[]
  readonly status?: number
  readonly responseType?: string
  readonly headAtMs?: number
  /** What one read gave the page, and when. */
  readonly chunks?: readonly (readonly [atMs: number, text: string])[]
  /** When the server closed; left out while it lives. */
  readonly endAtMs?: number
  readonly endedBy?: 'done' | 'cancel' | 'error'
  readonly readBy?: string
  /** When the page did not ask for more. */
  readonly pauses?: readonly (readonly [fromMs: number, toMs: number])[]
  readonly network?: Partial<NetworkFacts>
}

/** A fetch: POST with `"stream": true` in its body unless told otherwise. */
export function fetched(given: Given): Connection {
  const { chunks = [], endAtMs, endedBy = 'done', pauses = [], readBy } = given
  const headers: HeaderPair[] = [
    ...(given.type === '' ? [] : [['content-type', given.type ?? 'text/event-stream'] as const]),
    ...(given.headers ?? []),
  ]
  const records: LaterRecord[] = [
    head('', {
      atMs: CALL_MS + (given.headAtMs ?? 50),
      headers,
      status: given.status ?? 200,
      type: given.responseType ?? 'basic',
    }),
    ...(readBy === undefined ? [] : [note('read-by', { detail: readBy, atMs: CALL_MS + 60 })]),
    ...chunks.map(([atMs, text]) => chunk(text, { atMs: CALL_MS + atMs })),
    ...pauses.flatMap(([fromMs, toMs]) => [
      demand(false, { atMs: CALL_MS + fromMs }),
      demand(true, { atMs: CALL_MS + toMs }),
    ]),
  ].toSorted((a, b) => a.atMs - b.atMs)
  if (endAtMs !== undefined) records.push(end(endedBy, { atMs: CALL_MS + endAtMs }))
  const opening = open({ asked: '"stream": true in the body', ...given.open })
  const connection = connectionOf(opening, ...records)
  return given.network === undefined ? connection : withNetwork(connection, given.network)
}

export type Happening =
  | readonly ['open' | 'break', atMs: number]
  | readonly ['event', atMs: number, data: string, id?: string, type?: string]
  | readonly ['close', atMs: number]

/** An EventSource. */
export function eventSource(...happenings: readonly Happening[]): Connection {
  const records = happenings.map(([what, sinceMs, ...rest]): LaterRecord => {
    const atMs = CALL_MS + sinceMs
    switch (what) {
      case 'open':
        return attempt('open', { atMs })
      case 'break':
        return attempt('reconnecting', { atMs })
      case 'event': {
        const [data = '', id = '', type = 'message'] = rest
        return dispatched(data, { atMs, id, type })
      }
      case 'close':
        return end('cancel', { atMs, by: 'EventSource.close', readyState: 2 })
      default:
        return what satisfies never
    }
  })
  return connectionOf(open({ transport: 'eventsource', method: 'GET', url: 'https://api.test/live' }), ...records)
}

/** DevTools told of the exchange. */
export function withNetwork(connection: Connection, facts: Partial<NetworkFacts>): Connection {
  const network = connection.network as NetworkFacts[]
  network.push(exchange(facts))
  return connection
}

export const NO_TIMINGS = exchange().timings

interface Look {
  /** After the page's call, in ms; the ending, or else the last thing that came. */
  readonly nowMs?: number
  readonly connections?: readonly Connection[]
}

/** All findings, each chunk and entry looked at. */
export function lookAt(connection: Connection, { nowMs, connections = [connection] }: Look = {}): readonly Finding[] {
  const { entries } = connection
  const lastMs = Math.max(connection.lastByteAtMs ?? 0, entries.length > 0 ? entries.atMsOf(entries.length - 1) : 0)
  const context = {
    nowMs: nowMs === undefined ? (connection.ending?.atMs ?? lastMs) : CALL_MS + nowMs,
    connections,
  }
  const { findings, complete } = findingsOf(connection, context, Infinity)
  if (!complete) throw new Error('not all was looked at')
  return findings
}

/** The findings of one rule. */
export function found(rule: string, connection: Connection, look: Look = {}): readonly Finding[] {
  return lookAt(connection, look).filter((finding) => finding.rule === rule)
}

/** The only finding of one rule. */
export function only(rule: string, connection: Connection, look: Look = {}): Finding {
  const [finding, ...more] = found(rule, connection, look)
  if (finding === undefined || more.length > 0)
    throw new Error(`${more.length + (finding ? 1 : 0)} findings of ${rule}`)
  return finding
}

/** Texts and places of a finding's evidence that can be jumped to. */
export function placesOf({ evidence }: Finding) {
  return evidence.flatMap(({ place }) => place ?? [])
}

/** One event with each number from 1 to `count`: `data: {"n":1}` … */
export function events(count: number, from = 1): string {
  return Array.from({ length: count }, (_, index) => `data: {"n":${from + index}}\n\n`).join('')
}

/** `count` events, one each `everyMs`, each in a chunk of its own. */
export function paced(count: number, everyMs: number, fromMs = everyMs): (readonly [number, string])[] {
  return Array.from({ length: count }, (_, index) => [fromMs + index * everyMs, events(1, index + 1)] as const)
}
