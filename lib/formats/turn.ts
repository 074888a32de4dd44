/** What a chat stream's events add up to. Foldings write it, the panel reads it; every text knows which event brought which part. */
import type { Wording } from '../i18n/saying.ts'

export interface Turn {
  readonly format: string
  /** The provider's own name of the answer; empty until known. */
  readonly id: string
  readonly model: string
  /** One message a choice; agents' streams and items may bring several, one after another. In order of appearance. */
  readonly messages: readonly TurnMessage[]
  readonly usage: Usage | null
  /** Errors that the stream carried, whatever the HTTP status. */
  readonly errors: readonly TurnError[]
  /** What is wrong with the stream as its format goes; the findings are made of these. */
  readonly problems: readonly TurnProblem[]
  /** The terminal event came: index in the entries; null until then. */
  readonly endedAt: number | null
  /** Events that are of the format but carry nothing to show (`ping`, keep-alives), and events it does not know. */
  readonly pings: number
  readonly unknown: readonly UnknownEvent[]
}

export interface TurnMessage {
  /** The choice's index, or the message's id. */
  readonly key: string
  /** `assistant`, `model`, `tool` …, as the provider calls it. */
  readonly role: string
  readonly parts: readonly Part[]
  /** Why it stopped, in the provider's own word; null until known. */
  readonly finish: Finish | null
}

export interface Finish {
  readonly reason: string
  readonly event: number
  /** What the reason means whatever the provider: */
  readonly kind: 'stop' | 'length' | 'tool' | 'filter' | 'error' | 'abort' | 'other'
}

interface PartBase {
  /** Unique in its message. */
  readonly key: string
  /** Index of the event that began it, and of the latest that added to it. */
  readonly firstEvent: number
  readonly lastEvent: number
  /** Whether the format has said that the part is whole; true as well for formats that never say so once the stream ended. */
  readonly closed: boolean
}

export type Part =
  | (PartBase & {
      readonly kind: 'text' | 'refusal'
      readonly text: GrownText
      readonly citations: readonly Citation[]
    })
  /** `signature` and redacted content are named, not shown. */
  | (PartBase & {
      readonly kind: 'reasoning'
      readonly text: GrownText
      readonly signature: string
      readonly redacted: boolean
    })
  | (PartBase & {
      readonly kind: 'tool call'
      readonly id: string
      readonly name: string
      /** JSON text, as far as it came. */
      readonly arguments: GrownText
      /** Run by the provider (web search, code interpreter …), not by the page. */
      readonly server: boolean
      /** In the provider's own word (`in_progress`, `searching` …); empty where there is none. */
      readonly status: string
    })
  | (PartBase & {
      readonly kind: 'tool result'
      /** Of the call it answers; empty where not told. */
      readonly id: string
      readonly name: string
      readonly text: GrownText
      readonly isError: boolean
    })
  /** An image, an audio, a file or a source: named, never loaded. */
  | (PartBase & {
      readonly kind: 'media'
      readonly mediaType: string
      readonly name: Wording
      readonly url: string
      readonly sizeBytes: number
    })
  /** Anything else that the stream carries as data (Vercel data parts, AG-UI state, JSON-RPC messages …), as JSON text. */
  | (PartBase & { readonly kind: 'data'; readonly name: Wording; readonly text: GrownText })

export interface Citation {
  readonly title: string
  readonly url: string
  readonly text: string
  readonly event: number
}

/** Counts of tokens, as the stream itself gives them; null where it does not. */
export interface Usage {
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly reasoningTokens: number | null
  readonly cachedInputTokens: number | null
  readonly totalTokens: number | null
  /** The event that brought the latest of them. */
  readonly event: number
}

export interface TurnError {
  /** The provider's own words; ours where it gave none. */
  readonly text: Wording
  /** The provider's code or type; empty where there is none. */
  readonly code: string
  readonly event: number
}

export interface TurnProblem {
  readonly code: ProblemCode
  /** What was seen, for people. */
  readonly text: Wording
  /** The event that shows it; -1 where it is the lack of one. */
  readonly event: number
}
export type ProblemCode =
  | 'not-json'
  | 'unexpected-shape'
  | 'missing-terminal'
  | 'unclosed-block'
  | 'delta-without-block'
  | 'tool-arguments-not-json'
  | 'sequence-gap'
  | 'sequence-repeat'
  | 'duplicate-delta'
  | 'done-without-finish'
  | 'event-after-end'

export interface UnknownEvent {
  readonly name: string
  readonly count: number
  readonly firstEvent: number
}

/** Text that grows by deltas, and knows which event brought which character. Append-only. */
export interface GrownText {
  /** The whole text so far. */
  readonly text: string
  readonly length: number
  /** How many deltas made it. */
  readonly deltas: number
  /** Where delta `i` ends (exclusive, in UTF-16 units), and the index of the event that brought it. */
  endOf(i: number): number
  eventOf(i: number): number
  /** The delta that brought the character at `offset`; -1 outside the text. By binary search. */
  deltaAt(offset: number): number
  /** The first delta of event `index` or later; `deltas` when there is none. By binary search. */
  firstDeltaOf(index: number): number
}
