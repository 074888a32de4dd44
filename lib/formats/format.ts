/** What a chat format is: how it is recognised, and how its events add up to a turn. One file a format; the list is formats.ts. */
import type { HeaderPair } from '../protocol.ts'
import type { Wording } from '../i18n/saying.ts'
import type { Turn } from './turn.ts'

/** One dispatched event (SSE) or one line (NDJSON) of a stream; for `text` framing one chunk. */
export interface FormatEvent {
  /** Index in the connection's entries: what the user jumps to. */
  readonly index: number
  /** `performance.now()` of the document, in ms. */
  readonly atMs: number
  /** SSE event type; `message` where none was given. */
  readonly type: string
  readonly data: string
}

/** What is known about a connection when its format is looked for. */
export interface Sample {
  readonly url: string
  readonly method: string
  readonly requestHeaders: readonly HeaderPair[]
  /** The request body where it is text; empty otherwise. */
  readonly requestBody: string
  readonly responseHeaders: readonly HeaderPair[]
  readonly framing: 'sse' | 'ndjson' | 'json-seq' | 'text' | 'events'
  /** The first events, at most SAMPLE_EVENTS of them. */
  readonly first: readonly FormatEvent[]
}
export const SAMPLE_EVENTS = 8

/** Why a stream is taken for a format: shown to the user. */
export interface Match {
  /** `sure`: the events have the format's own shape. `likely`: only request, headers or path say so yet. */
  readonly certainty: 'sure' | 'likely'
  /** Short sentences, never the host name alone. */
  readonly evidence: readonly Wording[]
}

/** The event by which a format says that it is over. */
export interface Terminal {
  readonly kind: 'end' | 'error'
  /** Index in the connection's entries. */
  readonly index: number
  /** `[DONE]`, `message_stop`, `response.completed` … */
  readonly name: string
  /** An error's own words; empty otherwise. */
  readonly text: string
}

export interface Format {
  /** `openai-chat`, `anthropic-messages` …: stable, for settings and tests. */
  readonly name: string
  /** For people: a message, where it is more than a name. */
  readonly label: string
  match(sample: Sample): Match | null
  /** What the stream must end with, in words ("the event message_stop"); empty when the format has no terminal event. */
  readonly expected: Wording
  /** Looks for the terminal event among the last events (oldest first). Cheap: it is asked once, at the end of a stream. */
  terminal(last: readonly FormatEvent[]): Terminal | null
  start(sample: Sample): Folding
}
/** How many of a stream's last events `terminal` is given. */
export const TERMINAL_EVENTS = 8

/** Adds events up, one after another, each once, in linear time over all. */
export interface Folding {
  /** Never throws, whatever comes: what it cannot read becomes a problem of the turn. */
  step(event: FormatEvent): void
  /** The stream is over: what is still unfinished becomes a problem of the turn. Called at most once. */
  end(): void
  /** Always the same object; it grows. */
  readonly turn: Turn
  /** What the provider's call without streaming would have given, as far as the stream tells; null where there is no such thing. Built when asked. */
  final(): unknown
}
