/** What a connection, or a span of it, amounts to in numbers. Times in ms, on the document's clock. */
import type { Connection } from '../session/types.ts'
import { indexesIn } from './bins.ts'
import type { Span } from './span.ts'

/** What came in a stretch of time. */
export interface Amounts {
  readonly events: number
  /** Comments and whatever else is no event. */
  readonly others: number
  /** Null with EventSource, which shows no chunks. */
  readonly chunks: number | null
  /** With EventSource the size of the events' data, null for a part of it: not counted apart. */
  readonly bytes: number | null
}

export function amountsOf(connection: Connection, span: Span | null): Amounts {
  const { entries, chunks, transport, eventCount, sizeBytes } = connection
  const isEventSource = transport === 'eventsource'
  if (span === null) {
    return {
      events: eventCount,
      others: entries.length - eventCount,
      chunks: isEventSource ? null : chunks.length,
      bytes: sizeBytes,
    }
  }
  const inEntries = indexesIn(entries, span)
  const inChunks = indexesIn(chunks, span)
  const events = entries.eventsAmong(inEntries.to) - entries.eventsAmong(inEntries.from)
  return {
    events,
    others: inEntries.to - inEntries.from - events,
    chunks: isEventSource ? null : inChunks.to - inChunks.from,
    bytes: isEventSource ? null : chunks.bytesAmong(inChunks.to) - chunks.bytesAmong(inChunks.from),
  }
}

/** Bytes a second from the first chunk to the last, those of the first not counted as they took no time; null where there is no such time. */
export function byteRatePerS({ chunks }: Connection, span: Span | null): number | null {
  const { from, to } = span === null ? { from: 0, to: chunks.length } : indexesIn(chunks, span)
  if (to - from < 2) return null
  const tookMs = chunks.atMsOf(to - 1) - chunks.atMsOf(from)
  return tookMs > 0 ? ((chunks.bytesAmong(to) - chunks.bytesAmong(from + 1)) * 1000) / tookMs : null
}
