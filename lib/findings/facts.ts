/** What several rules ask about a connection. */
import { tn } from '../i18n/translate.ts'
import type { Values } from '../i18n/translate.ts'
import type { HeaderPair } from '../protocol.ts'
import type { Connection } from '../session/types.ts'

/** An answer's header, as the page may read it or else as DevTools saw it; null if neither has it. `name` in lower case. */
export function responseHeader({ head, network }: Connection, name: string): string | null {
  return valueOf(head?.headers ?? [], name) ?? valueOf(network.at(-1)?.responseHeaders ?? [], name)
}

/** A request's header as the page gave it. `name` in lower case. */
export function requestHeader({ open }: Connection, name: string): string | null {
  return valueOf(open.headers, name)
}

/** Whether a header that is not among the answer's may be there all the same: CORS hides most from the page. */
export function mayHideHeaders({ head, network }: Connection): boolean {
  return network.length === 0 && (head === null || head.type === 'cors')
}

function valueOf(headers: readonly HeaderPair[], wanted: string): string | null {
  const values = headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
  return values.length === 0 ? null : values.join(', ')
}

/** The type of a `Content-Type` value without its parameters, in lower case. */
export function toMimeType(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Whether it answers one request, as a chat does, and is no subscription that may be silent for as long as it likes. */
export function isAnswer({ open, transport, format }: Connection): boolean {
  return transport !== 'eventsource' && (format !== null || open.method !== 'GET' || open.asked.includes('in the body'))
}

/** How much of [fromMs, toMs] the page did not read, in ms. */
export function toPausedMs({ pauses }: Connection, fromMs: number, toMs: number): number {
  let pausedMs = 0
  for (let index = pauses.length - 1; index >= 0; index -= 1) {
    const pause = pauses[index]
    if (pause === undefined) break
    const endMs = pause.toMs ?? toMs
    if (endMs <= fromMs) break
    pausedMs += Math.max(0, Math.min(endMs, toMs) - Math.max(pause.fromMs, fromMs))
  }
  return pausedMs
}

/** Whether an EventSource connected again, or lost its connection, after `fromMs` and until `toMs`. The first connecting does not count. */
export function reconnectedWithin({ attemptMarks }: Connection, fromMs: number, toMs: number): boolean {
  for (let index = attemptMarks.length - 1; index > 0; index -= 1) {
    const atMs = attemptMarks[index]?.atMs ?? 0
    if (atMs <= fromMs) return false
    if (atMs <= toMs) return true
  }
  return false
}

/** `6,144`: counts in sentences, read beside logs. */
export function toFigure(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** As `tn`, with the count as it stands in sentences: `1 event`, `4,120 events`. */
export function counted(count: number, one: string, other: string, values?: Values): string {
  return tn(count, one, other, { n: toFigure(count), ...values })
}
