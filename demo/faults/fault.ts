/** What one answer of the fault server shall be, once its parameters are read. */

export const BODIES = ['sse', 'ndjson', 'openai', 'anthropic', 'text', 'json', 'raw', 'none'] as const
export const DEEDS = ['close', 'fin', 'rst', 'stall', 'goaway', 'badhead', 'badchunk', 'badcode'] as const
export const ENCODINGS = ['none', 'gzip', 'br', 'deflate'] as const
export const FRAMINGS = ['chunked', 'length', 'close'] as const
export const FINISHES = ['stop', 'length', 'tool_calls', 'content_filter', 'none'] as const

export type BodyKind = (typeof BODIES)[number]
/** How an answer ends at its place; server.ts says what each does. */
export type Deed = (typeof DEEDS)[number]
export type Encoding = (typeof ENCODINGS)[number]
export type Framing = (typeof FRAMINGS)[number]

/** Where in an answer something happens. Bytes are those of the body before compression. */
export type Place =
  | { readonly kind: 'head' | 'midhead' | 'start' | 'end' }
  /** `event`: after it; `in`: in the middle of its text; `char`: inside its first character of several bytes. */
  | { readonly kind: 'event' | 'in' | 'char'; readonly event: number }
  | { readonly kind: 'byte'; readonly bytes: number }

export interface Wait {
  readonly place: Place
  readonly gate: string
}

/** Where an EventSource's next attempt goes on, in events from the one it names as its last. */
export type Resume = { readonly kind: 'onwards'; readonly offset: number } | { readonly kind: 'restart' }

export interface Fault {
  readonly tag: string
  readonly status: number
  readonly location: string | null
  /** Null: no Content-Type. */
  readonly type: string | null
  /** The value of Access-Control-Allow-Origin; `origin` repeats the page's, and null forbids. */
  readonly cors: string | null
  readonly preflight: boolean
  readonly headers: readonly (readonly [name: string, value: string])[]

  readonly body: BodyKind
  readonly raw: readonly Uint8Array[]
  readonly events: number
  readonly firstEvent: number
  readonly dataBytes: number
  readonly ids: boolean
  readonly beats: number
  readonly retryMs: number | null
  readonly eol: '\n' | '\r\n' | '\r'
  readonly terminal: boolean
  readonly finish: (typeof FINISHES)[number]
  /** The number of the event that is an error, and the body's last; null: none. */
  readonly errorAt: number | null

  readonly encoding: Encoding
  /** False: the head names an encoding that the body does not have. */
  readonly encode: boolean
  readonly flush: boolean
  readonly framing: Framing
  /** What Content-Length says: so many bytes, or so many more or less than there are. */
  readonly length: { readonly exactly: number } | { readonly more: number } | null
  readonly keepAlive: boolean
  readonly trailers: boolean

  readonly headMs: number
  readonly firstMs: number
  readonly everyMs: number
  /** Bytes a write; 0: an event a write. */
  readonly dripBytes: number
  readonly dripMs: number
  /** Events a write. */
  readonly burst: number
  readonly waits: readonly Wait[]

  readonly at: Place
  readonly do: Deed
  /** HTTP/2's error code of `rst` and `goaway`. */
  readonly code: number
  /** Heartbeats while stalled, where not 0. */
  readonly beatMs: number
  readonly readBody: boolean
}
