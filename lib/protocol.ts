/**
 * Every message between the worlds, in both directions. JSON values only: Chromium's extension ports carry nothing else.
 *
 * page (capture) → bridge → hub → panel: numbered records, in batches.
 * panel → hub → bridge → page (capture): commands.
 */

/** Raised whenever a message changes so that an old bridge and a new hub must not talk. */
export const PROTOCOL_VERSION = 1

export type Transport = 'fetch' | 'eventsource' | 'xhr'

/** A header as name and value, in the order given; names are as the page or the browser spelled them. */
export type HeaderPair = readonly [name: string, value: string]

/** A request body as far as it could be recorded without touching what the page sends. */
export type RecordedBody =
  | { readonly kind: 'none' }
  /** `sizeBytes` is the whole size (UTF-8); `text` ends early when `cut`. */
  | { readonly kind: 'text'; readonly text: string; readonly sizeBytes: number; readonly cut: boolean }
  | { readonly kind: 'form'; readonly entries: readonly FormEntry[] }
  /** Buffers and Blobs: the first bytes in base64, the whole size, `cut` when there is more. `type` is a Blob's. */
  | {
      readonly kind: 'bytes'
      readonly base64: string
      readonly sizeBytes: number
      readonly cut: boolean
      readonly type: string
    }
  /** A ReadableStream: reading it would take it from the request. */
  | { readonly kind: 'stream' }
  /** There is a body, but it could not be seen; `why` is for people. */
  | { readonly kind: 'unseen'; readonly why: string }

export type FormEntry =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly fileName: string; readonly type: string; readonly sizeBytes: number }

/** Any value that a page can give as a reason, described without keeping it. */
export interface Reason {
  /** What it is: `DOMException`, `Error` (any Error object), `undefined`, `null`, `string`, `number`, `boolean`, `bigint`, `symbol`, `function` or `object`. */
  readonly type: string
  /** `name` of a DOMException or Error, else empty. */
  readonly name: string
  /** Its message, or the value as text. Its first 2,000 characters. */
  readonly text: string
}

/** What every record carries. `n` counts the records of one document from 1 without gaps. `c` is the connection, counted from 1 per document. Times are `performance.now()` of that document in ms. */
interface Numbered {
  readonly n: number
  readonly atMs: number
}
interface OfConnection extends Numbered {
  readonly c: number
}

/** The first record of every document. Wall-clock time of any record = `timeOriginMs + atMs`. */
export interface DocumentRecord extends Numbered {
  readonly k: 'document'
  readonly url: string
  readonly timeOriginMs: number
}

/** A connection was started by the page. `atMs` is the moment of the call. */
export interface OpenRecord extends OfConnection {
  readonly k: 'open'
  readonly transport: Transport
  readonly method: string
  /** As the page gave it, made absolute where that could be done unseen. */
  readonly url: string
  /** As the page gave them (not what the browser adds). */
  readonly headers: readonly HeaderPair[]
  readonly body: RecordedBody
  /** Request options that were given or are known, by their names in the Fetch standard: mode, credentials, cache, redirect, referrer, referrerPolicy, integrity, keepalive, priority, withCredentials, responseType … */
  readonly options: Readonly<Record<string, string>>
  /** Call stack of the page's call, innermost first, our own frames taken out; empty if it could not be had unseen. */
  readonly stack: string
  /** Why this counts as a stream already before the answer ("Accept: text/event-stream", "\"stream\": true in the body", …); empty if only the answer told. */
  readonly asked: string
  /** It was sent again from a panel, and not by the page. */
  readonly replay?: ReplayMark
}

/** Which sending this is. */
export interface ReplayMark {
  /** Names the run; made by the panel, and nobody can guess it. */
  readonly run: string
  /** Key of the connection that was sent again; empty where there is none. */
  readonly of: string
}

/**
 * `by` of an EndRecord where a replay was over by the panel's will: its Stop button, or a bound that was set. Capture itself stops
 * one whose answer the page would be handed, because it has put a `then` where promises look for one.
 */
export type ReplayStop = 'replay stopped' | 'stop after events' | 'stop after time' | 'then of the page'

/** A request body that became known only after the opening (a Blob's text takes a moment). */
export interface BodyRecord extends OfConnection {
  readonly k: 'body'
  readonly body: RecordedBody
}

/** The head of an answer came. */
export interface HeadRecord extends OfConnection {
  readonly k: 'head'
  readonly status: number
  readonly statusText: string
  /** `Response.type`: basic, cors, opaque … ; empty for EventSource and XHR. */
  readonly type: string
  readonly redirected: boolean
  readonly url: string
  /** As far as the page may read them. */
  readonly headers: readonly HeaderPair[]
  /** Why this counts as a stream ("Content-Type: text/event-stream" …). */
  readonly declared: string
}

/** Bytes that one read gave the page. `text` is their UTF-8 decoding, streaming: a character cut by the chunk's end belongs to the chunk that completes it. */
export interface ChunkRecord extends OfConnection {
  readonly k: 'chunk'
  readonly sizeBytes: number
  readonly text: string
  /** The bytes themselves in base64, only where they are not valid UTF-8. */
  readonly raw?: string
}

/** One event that an EventSource dispatched. */
export interface EventRecord extends OfConnection {
  readonly k: 'event'
  readonly type: string
  readonly data: string
  readonly id: string
  readonly origin: string
}

/** An EventSource (re)connected, or lost its connection and will try again (`state` is its readyState then). */
export interface AttemptRecord extends OfConnection {
  readonly k: 'attempt'
  readonly state: 'open' | 'reconnecting'
}

/** The page stopped asking for more of a body (`pending` false: no read is waiting, for some time already), or asks again. `atMs` is when that began. */
export interface DemandRecord extends OfConnection {
  readonly k: 'demand'
  readonly pending: boolean
}

/** Something the panel must say about a connection so that nothing unseen looks like nothing happened. */
export interface NoteRecord extends OfConnection {
  readonly k: 'note'
  readonly note: NoteCode
  /** More about it, for people; may be empty. */
  readonly detail: string
}
export type NoteCode =
  /** Page code made another Response of this body: what it gets of that may differ from what was recorded. */
  | 'rebuilt'
  /** The page let go of one copy of the body by `detail`, and another copy (a clone, one side of a tee) keeps the connection. */
  | 'held-open'
  /** The body went where it cannot be followed (a worker, a cache, another request's body). */
  | 'unseen-consumer'
  /** The page took a lock on the body (getReader, pipe …): `detail` says how. */
  | 'read-by'
  /** An XHR whose responseType gives no text while it streams. */
  | 'no-text-until-end'
  /** The page listens to this EventSource event type (`detail`); types nobody listens to are not seen. */
  | 'listens-to'
  /** The event or chunk was too large to keep whole; `detail` says how much was cut. */
  | 'cut'

/** Something about the document as a whole that may keep connections from being seen, or change what the page gets of them. Each once. */
export interface DocumentNoteRecord extends Numbered {
  readonly k: 'document-note'
  readonly note: DocumentNoteCode
  readonly detail: string
}
export type DocumentNoteCode =
  /** Page code put its own function in the place of `detail`: calls that it does not pass on are not seen. */
  | 'replaced'
  /** `detail` was not the browser's own any more when capture came. */
  | 'wrapped-before'
  /** `detail` could not be watched: it was frozen when capture came. */
  | 'unpatched'
  /** A service worker (`detail`: its script) controls the document: answers may come from it and not from a server. */
  | 'service-worker'
  /** Page code made a streaming Response itself (`detail`: why it counts as one): no connection is behind it that could be seen. */
  | 'made-up'

/** How the page's side of a connection ended, as evidence; the verdict is made in lib/endings. */
export interface EndRecord extends OfConnection {
  readonly k: 'end'
  readonly how: EndHow
  /** The error or reason value where there is one. */
  readonly reason: Reason | null
  /** The page's call that ended it ("reader.cancel", "EventSource.close", "AbortController.abort" …); empty if none did. */
  readonly by: string
  /** Call stack of that call; may be empty. */
  readonly stack: string
  /** The request's own AbortSignal at that moment: its reason if aborted, null if not aborted or none given. */
  readonly signal: Reason | null
  /** EventSource and XHR: `readyState` after the end; -1 for fetch. */
  readonly readyState: number
  /** The page's own limit that ran out, in ms, where it is known. */
  readonly limitMs?: number
  /** The signal had been aborted before the call. */
  readonly early?: boolean
  /** The page was being left, and made no call: what the browser broke then, it broke because of that. */
  readonly leaving?: boolean
}

/** What came right after the ending and could have caused it as well: a call of the page, or that the page was left. At most one for a connection. */
export interface AlsoRecord extends OfConnection {
  readonly k: 'also'
  readonly how: EndHow | 'leave'
  readonly reason: Reason | null
  readonly by: string
  readonly stack: string
}
export type EndHow =
  /** The last read said done: the server closed cleanly. */
  | 'done'
  /** The page cancelled the body or closed the EventSource. */
  | 'cancel'
  /** Reading failed, or the request's promise was rejected. `signal` tells aborts from failures. */
  | 'error'
  | 'abort'
  | 'timeout'

/** Chunks were dropped from the journal to keep its bound, before this record was sent. */
export interface DroppedRecord extends Numbered {
  readonly k: 'dropped'
  readonly c: number
  readonly records: number
  readonly sizeBytes: number
}

export type StreamRecord =
  | DocumentRecord
  | OpenRecord
  | BodyRecord
  | HeadRecord
  | ChunkRecord
  | EventRecord
  | AttemptRecord
  | DemandRecord
  | NoteRecord
  | DocumentNoteRecord
  | EndRecord
  | AlsoRecord
  | DroppedRecord

/** Capture → hub: `json` is the JSON text of a StreamRecord[] with numbers `first` to `last`. It stays text until the panel parses it: nobody on the way needs to look inside. */
export interface BatchMessage {
  readonly k: 'batch'
  readonly first: number
  readonly last: number
  readonly json: string
  /** A batch whose text is too large for one message comes in parts, counted from 0: their texts are joined until `more` is false. Part 0 starts anew. */
  readonly part: number
  readonly more: boolean
  /** How far the document's clock (timeOrigin + now) lies behind the wall clock at this moment, in ms: it may stand still while the computer sleeps. */
  readonly lagMs?: number
  /** That of the subscription it answers: what was on its way when another one came is not for that one. */
  readonly turn: number
}
export type DocumentToHub =
  /** First message on a new port: which document this is (the same name again after the back/forward cache). */
  | {
      readonly k: 'hello'
      readonly v: number
      readonly doc: DocumentKey
      readonly url: string
      /** False when capture is switched off in this document, or never got into it; null while it may still come. Said anew when that changes. */
      readonly capturing: boolean | null
    }
  /** The document is being left; `cached` when it goes to the back/forward cache. After a return it says hello again. */
  | { readonly k: 'leaving'; readonly cached: boolean }
  | BatchMessage

/** Hub → capture. */
export type HubToDocument =
  /** Send every record from number `from` on, and all that follow. */
  | { readonly k: 'subscribe'; readonly v: number; readonly from: number; readonly turn: number }
  | { readonly k: 'replay'; readonly replay: PageReplay }
  | { readonly k: 'stop-replay'; readonly run: string; readonly by: ReplayStop }

/** A request that a document's native functions are to send. Capture records it as a connection of its own. */
export interface PageReplay {
  readonly mark: ReplayMark
  /** A real EventSource, or fetch. */
  readonly as: 'fetch' | 'eventsource'
  readonly method: string
  /** Absolute. */
  readonly url: string
  /** Each name once. */
  readonly headers: readonly HeaderPair[]
  /** By their names in the Fetch standard; `withCredentials` of an EventSource. */
  readonly options: Readonly<Record<string, string>>
  /** What is sent; null for no body. */
  readonly content: { readonly text: string } | { readonly base64: string } | null
  /** The same for the records. */
  readonly body: RecordedBody
  /** As in an OpenRecord. */
  readonly asked: string
  /** Event types to listen to beside `message`: an EventSource tells of no others. */
  readonly types: readonly string[]
  readonly timeoutMs: number | null
}

/** What the bridge itself tells capture, beside what the hub says. */
export type BridgeToCapture =
  | HubToDocument
  | { readonly k: 'unsubscribe' }
  | { readonly k: 'flush' }
  /** The first command: by this type of event the captures of a family find each other. */
  | { readonly k: 'family'; readonly secret: string }
  /** The user's bound for the journal, in bytes. */
  | { readonly k: 'bound'; readonly sizeBytes: number }
  /** Capture is switched off for this document: native functions again, and not another word. */
  | { readonly k: 'off' }

/** Names one document for as long as it lives; made by its bridge. */
export type DocumentKey = string

/** What DevTools knows about one HTTP exchange and a page cannot. Times are wall clock in ms since 1970. */
export interface NetworkFacts {
  readonly url: string
  readonly method: string
  /** `fetch`, `xhr`, `eventsource` or what else DevTools calls it. */
  readonly resourceType: string
  readonly startedAtMs: number
  readonly finishedAtMs: number
  /** 0 when no answer came. */
  readonly status: number
  /** `net::ERR_…` as the browser calls it; empty if none. */
  readonly netError: string
  /** `http/1.1`, `h2`, `h3` …; empty if not told. */
  readonly protocol: string
  /** IP address of the server or proxy; empty if not told. */
  readonly remoteAddress: string
  readonly fromCache: boolean
  /** Bytes that crossed the network, head and body, encoded; -1 if not told. */
  readonly transferredBytes: number
  /** Bytes of the body, decoded, as far as the browser read it; -1 if not told. */
  readonly bodyBytes: number
  /** Where the answer sent the browser on to, absolute; empty if it was no redirect. */
  readonly redirectedTo: string
  /** As on the wire, those included that the page may not see. */
  readonly requestHeaders: readonly HeaderPair[]
  readonly responseHeaders: readonly HeaderPair[]
  /** The beginning of the request body's text; empty if there is none. */
  readonly requestBody: string
  /** Innermost frame of the page's call, as `url:line:column`, counted from 1; empty if not told. */
  readonly calledFrom: string
  /** Where its time went, in ms; -1 where not told. */
  readonly timings: {
    readonly blockedMs: number
    readonly dnsMs: number
    readonly connectMs: number
    readonly sslMs: number
    readonly sendMs: number
    readonly waitMs: number
    readonly receiveMs: number
  }
  /** Of an EventSource's attempt whose body DevTools kept (it keeps none that broke): what the body set for the next one. Else null. */
  readonly resume: Resume | null
}

export interface Resume {
  /** The last valid `retry` field; null if there was none. */
  readonly retryMs: number | null
  /** The last event id that the body set, which may be empty; null if it set none. */
  readonly lastEventId: string | null
}

export type HubToPanel =
  /** First message after a panel's `hello`. Everything known follows it. */
  | { readonly k: 'welcome'; readonly v: number; readonly tabId: number }
  /** A document was reached. `frameId` 0 is the tab's top document. `capturing` as in its hello. */
  | {
      readonly k: 'reached'
      readonly doc: DocumentKey
      readonly frameId: number
      readonly url: string
      readonly capturing: boolean | null
    }
  | {
      readonly k: 'batch'
      readonly doc: DocumentKey
      readonly first: number
      readonly last: number
      readonly json: string
      readonly part: number
      readonly more: boolean
      readonly lagMs?: number
    }
  /** The tab's top document does not answer: it was loaded before the extension was installed or updated, or extensions may not look into it. */
  | { readonly k: 'unreachable' }
  /** The document went away (navigation, removed frame, closed tab), or into the back/forward cache (`cached`). `atMs` is `Date.now()`. */
  | { readonly k: 'gone'; readonly doc: DocumentKey; readonly cached: boolean; readonly atMs: number }
  /** The tab's top document was replaced by `url`. `atMs` is `Date.now()`. */
  | { readonly k: 'navigated'; readonly url: string; readonly atMs: number }
  /** DevTools finished an exchange of the tab (Chromium). */
  | { readonly k: 'network'; readonly facts: NetworkFacts }
  /** The hub had to let go of records while no panel was there to take them. */
  | { readonly k: 'lost'; readonly doc: DocumentKey; readonly records: number; readonly sizeBytes: number }
  /** The replay was handed to a document. */
  | { readonly k: 'replaying'; readonly run: string; readonly doc: DocumentKey }
  /** No document is there that could send it: none answers, or capture is switched off in it. */
  | { readonly k: 'not-replayed'; readonly run: string; readonly why: 'no-document' | 'not-capturing' }

export type PanelToHub =
  /** A panel with nothing in it is there: send all. */
  | { readonly k: 'hello'; readonly v: number }
  /** To be sent by the document `doc`; where it is gone, by the one that is in its frame now, or by the top document. */
  | { readonly k: 'replay'; readonly doc: DocumentKey; readonly frameId: number; readonly replay: PageReplay }
  | { readonly k: 'stop-replay'; readonly doc: DocumentKey; readonly run: string; readonly by: ReplayStop }

const RECORD_KINDS: ReadonlySet<unknown> = new Set<StreamRecord['k']>([
  'document',
  'open',
  'body',
  'head',
  'chunk',
  'event',
  'attempt',
  'demand',
  'note',
  'document-note',
  'end',
  'also',
  'dropped',
])

/** The one guard: what came from a page is a record only if it has a record's shape. Fields beyond these are checked where they are used as nothing but text and numbers. */
export function isRecord(value: unknown): value is StreamRecord {
  if (typeof value !== 'object' || value === null) return false
  const { k, n, atMs } = value as { k?: unknown; n?: unknown; atMs?: unknown }
  return RECORD_KINDS.has(k) && Number.isSafeInteger(n) && typeof atMs === 'number'
}
