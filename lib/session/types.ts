/** What the panel's components read. The session fills it; components never write to it. */
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { EndRecord, HeadRecord, HubToPanel, NoteRecord, OpenRecord, RecordedBody, Transport } from '../protocol.ts'

export interface Session {
  /** Raised once per animation frame while anything below changes. Components read it, then the plain data. */
  readonly version: ReadonlySignal<number>
  /** Connections and navigation dividers, oldest first. Append-only but for `clear` and a navigation without `preserve`. */
  readonly rows: readonly ListRow[]
  /** `waiting` until the hub said welcome, `lost` when it went away (extension updated): reopen DevTools. */
  readonly link: ReadonlySignal<'waiting' | 'ready' | 'lost'>
  /** False when the page does not answer: it has to be reloaded, or no extension may look into it. */
  readonly reachable: ReadonlySignal<boolean>
  /** Off: connections that start now are left out; those already shown go on. */
  readonly recording: Signal<boolean>
  /** On: rows stay over a navigation, with a divider that names the new URL. */
  readonly preserve: Signal<boolean>
  /** What was dropped or cut anywhere, in sentences for people; empty when nothing was. */
  readonly losses: readonly string[]
  /** The URL of the tab's top document, where known. */
  readonly pageUrl: string
  /** The one entrance: everything that comes from the hub. Never throws, whatever comes. */
  apply(message: HubToPanel): void
  /** The channel to the hub closed for good: `link` turns `lost`. What is shown stays. */
  disconnect(): void
  /** Takes all ended rows out of the list (live ones stay, so that no stream is lost unseen). */
  clear(): void
  /** Puts back what the last `clear` took; `canUndoClear` says whether there is something. */
  undoClear(): void
  readonly canUndoClear: ReadonlySignal<boolean>
}

export type ListRow =
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'navigation'; readonly key: string; readonly url: string; readonly wallMs: number }

export interface Frame {
  readonly doc: string
  readonly frameId: number
  readonly top: boolean
  readonly url: string
  /** Wall clock = timeOriginMs + atMs. */
  readonly timeOriginMs: number
}

/** design.md, "Endings": while alive, then the verdict. */
export type LiveState = 'connecting' | 'waiting' | 'open' | 'reconnecting'
export type Verdict =
  | 'completed'
  | 'incomplete'
  | 'cancelled'
  | 'aborted'
  | 'timed out'
  | 'http error'
  | 'refused'
  | 'unreachable'
  | 'lost'
  | 'error event'
  | 'page gone'

export interface Ending {
  readonly verdict: Verdict
  readonly who: 'page' | 'server' | 'network' | 'browser'
  readonly atMs: number
  /** One sentence a person understands, with the evidence in it. */
  readonly sentence: string
}

export interface Connection {
  /** Unique in the session. */
  readonly key: string
  /** Counts from 1 over the whole session, in the order of the list. */
  readonly number: number
  readonly frame: Frame
  readonly transport: Transport
  readonly open: OpenRecord
  readonly body: RecordedBody
  readonly head: HeadRecord | null
  readonly end: EndRecord | null
  readonly ending: Ending | null
  /** What to show in the list: the verdict once ended, else the live state. */
  readonly state: LiveState | Verdict
  readonly alive: boolean
  readonly notes: readonly NoteRecord[]
  /** Marks in ms of the document's clock (`open.atMs` is the start); null until known. */
  readonly firstByteAtMs: number | null
  readonly firstEventAtMs: number | null
  readonly lastByteAtMs: number | null
  /** EventSource: how often it connected. Others: 1. */
  readonly attempts: number
  readonly sizeBytes: number
  /** Entries that are dispatched events (not comments and the like). */
  readonly eventCount: number
  readonly framing: 'sse' | 'ndjson' | 'json-seq' | 'text' | 'events'
  readonly entries: Entries
  readonly chunks: Chunks
  /** Chunks that the journal had dropped before they could be shown. */
  readonly dropped: { readonly records: number; readonly sizeBytes: number }
  /** Raised once per frame while this connection changes. */
  readonly version: ReadonlySignal<number>
}

export type EntryKind =
  /** What the browser dispatches. */
  | 'event'
  | 'comment'
  | 'retry'
  /** A block with fields but without data: browsers dispatch nothing. */
  | 'no-data'
  /** Text after the last complete block, when the stream has ended. */
  | 'tail'

/** Rows of the Events tab. Append-only columns; `at` makes a row when it is looked at. */
export interface Entries {
  readonly length: number
  at(index: number): Entry
}
export interface Entry {
  readonly index: number
  readonly kind: EntryKind
  /** Counts events only, from 1; 0 for other kinds. */
  readonly number: number
  readonly atMs: number
  /** Event type; `message` where none was given. For comments and the like empty. */
  readonly type: string
  /** Last event id in force (SSE), else empty. */
  readonly id: string
  /** Event data, comment text, retry value. */
  readonly data: string
  /** Index in `chunks` of the chunk that completed it; -1 for EventSource events. */
  readonly chunk: number
}

export interface Chunks {
  readonly length: number
  at(index: number): {
    readonly atMs: number
    readonly sizeBytes: number
    readonly text: string
    readonly raw: string | null
  }
  /** All text, or its part from character `from` to `to`, without joining more than asked for. */
  text(from?: number, to?: number): string
  readonly textLength: number
}
