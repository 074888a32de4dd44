/** What the panel's components read. The session fills it; components never write to it. */
import type { Wording } from '../i18n/saying.ts'
import type { ReadonlySignal, Signal } from '@preact/signals'
import type {
  DocumentNoteRecord,
  EndRecord,
  HeadRecord,
  HubToPanel,
  NetworkFacts,
  NoteRecord,
  OpenRecord,
  Reason,
  RecordedBody,
  Transport,
} from '../protocol.ts'
import type { Format } from '../formats/format.ts'
import type { LiveMarks } from './live-state.ts'
import type { Away } from './store/text-store.ts'
import type { TextTotals } from './store/text-keeper.ts'

export interface Session {
  /** Raised once per animation frame while anything below changes. Components read it, then the plain data. */
  readonly version: ReadonlySignal<number>
  /** Connections and navigation dividers, oldest first. Append-only but for `clear` and a navigation without `preserve`. */
  readonly rows: readonly ListRow[]
  /** `waiting` until the hub said welcome, `lost` when it went away (extension updated): reopen DevTools. */
  readonly link: ReadonlySignal<'waiting' | 'ready' | 'lost'>
  /** False when the page does not answer: it has to be reloaded, or no extension may look into it. */
  readonly reachable: ReadonlySignal<boolean>
  /** Whether the tab’s top document is captured: false where capture is switched off. Null until that is known. */
  readonly capturing: ReadonlySignal<boolean | null>
  /** Off: connections that start now are left out; those already shown go on. */
  readonly recording: Signal<boolean>
  /** On: rows stay over a navigation, with a divider that names the new URL. */
  readonly preserve: Signal<boolean>
  /** How much text is held, and what became of what was too much. */
  readonly texts: TextTotals
  /** The bound for texts is another than before. */
  keepTextBound(): void
  /** What was dropped or cut anywhere, in sentences for people; empty when nothing was. */
  readonly losses: readonly string[]
  /** What may hide connections of the documents that are there now. */
  readonly documentNotes: readonly DocumentNoteRecord[]
  /** The URL of the tab's top document, where known. */
  readonly pageUrl: string
  /** The one entrance: everything that comes from the hub. Never throws, whatever comes. */
  apply(message: HubToPanel): void
  /** The user's own formats are others than before: looks at every connection again. */
  lookForFormats(): void
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
  /** What may keep connections of the document from being seen; absent while nothing does. */
  readonly notes?: readonly DocumentNoteRecord[]
  /** Wall clock = timeOriginMs + atMs. */
  readonly timeOriginMs: number
  /** How far the document's clock has fallen behind the wall clock since: it may stand still while the computer sleeps. */
  readonly lagMs?: number
}

/** design.md, "Endings": while alive, then the verdict. */
export type LiveState =
  | 'connecting'
  /** Answered, but no byte of the body yet. */
  | 'waiting'
  | 'open'
  /** Silent for longer than its own rhythm. */
  | 'stalled'
  /** Bytes may wait, the page does not read. */
  | 'unread'
  | 'reconnecting'
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
  /** `user`: from the panel, of a replay. */
  readonly who: 'page' | 'server' | 'network' | 'browser' | 'user'
  readonly phase: Phase
  readonly atMs: number
  /** Since the page's call, in ms. */
  readonly afterMs: number
  readonly eventCount: number
  readonly sizeBytes: number
  /** What the page, or the browser, gave as the reason; null where there is none. */
  readonly reason: Reason | null
  /** The page's call that ended it; empty if none did. */
  readonly by: string
  /** Call stack of that call, or of the abort; may be empty. */
  readonly stack: string
  /** One sentence a person understands, with the evidence in it. */
  readonly sentence: string
  /** All that was known when it was judged, for people: the first cause first. */
  readonly evidence: readonly EndingEvidence[]
}

/** How far it had come when it ended. */
export type Phase =
  | 'before head'
  | 'before first byte'
  | 'mid-stream'
  /** EventSource: between two attempts. */
  | 'reconnecting'
  /** The whole body had come. */
  | 'at its end'

export interface EndingEvidence {
  readonly name: string
  readonly value: string
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
  /** What DevTools knows of its exchanges, oldest first; empty until it tells, and always in Firefox. */
  readonly network: readonly NetworkFacts[]
  /** Whether the page is asking for more; `sinceMs` is when that began, on the document's clock. Null: not known. */
  readonly demand: Demand | null
  /** What tells while it lives what it is doing now; live-state.ts says it in a sentence. */
  readonly marks: LiveMarks
  /** The chat format of its first events; null until known, and where there is none. One of the user's own comes first. */
  readonly format: FormatMatch | null
  /** What is asked before the formats that are known. */
  readonly ownFormats: OwnFormats
  /** Set where it was sent from a panel, and not by the page: key and number of what it sends again; empty and null for none. */
  readonly replayOf: { readonly key: string; readonly number: number | null } | null
  /** When the page was not asking for more of the body, oldest first; what was not seen is not in it. */
  readonly pauses: readonly ReadPause[]
  /** Marks in ms of the document's clock (`open.atMs` is the start); null until known. */
  readonly firstByteAtMs: number | null
  readonly firstEventAtMs: number | null
  readonly lastByteAtMs: number | null
  /** EventSource: how often it connected. Others: 1. */
  readonly attempts: number
  /** EventSource: when it connected and when that broke, oldest first. */
  readonly attemptMarks: readonly AttemptMark[]
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

export interface Demand {
  readonly pending: boolean
  readonly sinceMs: number
}

/** An EventSource between two attempts: what the browser will do next. */
export interface Reconnect {
  /** When the connection broke, or the last attempt failed; document's clock. */
  readonly sinceMs: number
  /** Which attempt comes next; the first connection was 1. */
  readonly attempt: number
  /** The pause before it, and how that is known: the page is not told. */
  readonly delay: { readonly ms: number; readonly from: 'retry' | 'measured' | 'default' }
  /** What it will send as Last-Event-ID; empty for none. */
  readonly lastEventId: string
}

/** Formats that the user's own rules make. Same list, same rules. */
export type OwnFormats = () => readonly Format[]

export interface FormatMatch {
  /** `openai-chat` …: as lib/formats names it. */
  readonly name: string
  readonly label: string
  readonly certainty: 'sure' | 'likely'
  readonly evidence: readonly Wording[]
}

export interface AttemptMark {
  readonly atMs: number
  readonly state: 'open' | 'reconnecting'
}

/** The page did not read in between; `toMs` is null while that lasts. */
export interface ReadPause {
  readonly fromMs: number
  readonly toMs: number | null
}

export type EntryKind =
  /** What the browser dispatches. */
  | 'event'
  | 'comment'
  | 'retry'
  /** A block with fields but without data: browsers dispatch nothing. */
  | 'no-data'
  /** A line that browsers ignore: an unknown field, a `retry` that is no number, an `id` with NUL in it. */
  | 'ignored'
  /** Text after the last complete block, when the stream has ended. */
  | 'tail'

/** Rows of the Events tab. Append-only columns; `at` makes a row when it is looked at. */
export interface Entries {
  readonly length: number
  at(index: number): Entry
  /** As `at(index).atMs`, without cutting out its text: timelines ask for thousands a frame. */
  atMsOf(index: number): number
  /** As `at(index).chunk`. */
  chunkOf(index: number): number
  /** As `at(index).kind`. */
  kindOf(index: number): EntryKind
  /** As `at(index).type`. */
  typeOf(index: number): string
  /** The same number for the same type. */
  typeIndexOf(index: number): number
  /** How many of the first `count` entries are events. */
  eventsAmong(count: number): number
  /** As `at(index).data`: empty where that is away. */
  dataOf(index: number): string
  /** As `at(index).id`. */
  idOf(index: number): string
  /** The same number for the same id of two neighbours; 0 for none. */
  idIndexOf(index: number): number
  /** Bytes of the data in UTF-8, known wherever its text is. */
  sizeOf(index: number): number
  /** As `at(index).away`; null for an entry whose text is here. */
  awayOf(index: number): Away | null
  /** Where the text that the entry was made of stands among all text: a place to search before `dataOf` is asked. */
  fromOf(index: number): number
  toOf(index: number): number
  /** A part of that text; empty where any of it is away. */
  textOf(from: number, to: number): string
  /** Reads the entry's text, and its neighbours', from the storage: `at` has them for a while, if they are not lost. */
  bring(index: number): Promise<void>
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
  /** Event data, comment text, retry value; the whole line where it is ignored. */
  readonly data: string
  /** Index in `chunks` of the chunk that completed it; -1 for EventSource events. */
  readonly chunk: number
  /** The data is not here and therefore empty, and the id may be: they are in the browser's storage, or dropped. Absent otherwise. */
  readonly away?: Away
}

export interface Chunks {
  readonly length: number
  at(index: number): {
    readonly atMs: number
    readonly sizeBytes: number
    readonly text: string
    readonly raw: string | null
  }
  /** All text, or its part from character `from` to `to`, without joining more than asked for; empty if any of it is away, but for the first and last 200 characters, which stay. */
  text(from?: number, to?: number): string
  /** Where a part of the text is that is not here; null if all of it is. */
  awayOf(from: number, to: number): Away | null
  /** The place up to which the text is here, or away, as it is at `from`. */
  sameUntil(from: number): number
  /** Reads a part from the storage: `text` has it for a while, if it is not lost. */
  bring(from: number, to: number): Promise<void>
  /** Characters of a chunk's text. */
  lengthOf(index: number): number
  readonly textLength: number
  atMsOf(index: number): number
  /** Bytes of the first `count` chunks. */
  bytesAmong(count: number): number
}
