import type { EntryKind } from '../session/types.ts'

/** How a body's text is cut into events. */
export type Framing = 'sse' | 'ndjson' | 'json-seq' | 'text'

/**
 * One entry as places in the body's text, counted in UTF-16 units from its first chunk. Nothing is copied: who shows
 * an entry cuts the range out and gives it to `toData`.
 */
export interface FramedEntry {
  readonly kind: EntryKind
  /** Event type (`message` where none was given); empty for kinds that are not events. */
  readonly type: string
  readonly from: number
  /** Exclusive, without the last line's terminator. */
  readonly to: number
  /** Where the last event id in force was written; an empty range for none. */
  readonly idFrom: number
  readonly idTo: number
  /** The chunk that completed it. */
  readonly chunk: number
}

/** An incremental parser. Its work is linear in the text, however it is cut into chunks. */
export interface FramingParser {
  /** Takes the next chunk's text; calls `emit` for everything it completes. */
  feed(text: string, chunk: number): void
  /** Text is missing here. What was begun is emitted as a tail, and what follows may start in the middle of an event. */
  gap(chunk: number): void
  /** The stream is over: emits what is left as a tail, if anything is. */
  end(chunk: number): void
}

export type Emit = (entry: FramedEntry) => void

/** An entry of a framing without types and ids. */
export function toPlainEntry(kind: 'event' | 'tail', from: number, to: number, chunk: number): FramedEntry {
  return { kind, type: kind === 'event' ? 'message' : '', from, to, idFrom: 0, idTo: 0, chunk }
}

/** Whether `text` is one JSON value (RFC 8259). */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    // Not JSON is an answer here, not a failure.
    return false
  }
}
