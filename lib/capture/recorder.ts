/** Runs in the page. Turns what the patches see into numbered records, and sends them while a panel listens. */
import { createJournal, JOURNAL_BYTES, type Entry } from '../journal.ts'
import type {
  AlsoRecord,
  AttemptRecord,
  BodyRecord,
  DocumentNoteRecord,
  DocumentRecord,
  EndRecord,
  HeadRecord,
  NoteRecord,
  OpenRecord,
} from '../protocol.ts'
import { byteLength, incompleteTail, keepBytes, lastBytes, letGo, toText, utf8Length, type Kept } from './bytes.ts'
import { addListener, bare, later, noop, now, slice, stringify, timeOrigin } from './natives.ts'

/** Records go out at once when nothing went out lately, then at most this often, */
const PACE_MS = 16
/** or as soon as about this much waits: a page that reads in one long run of microtasks lets no timer through. */
const BATCH_BYTES = 256 * 1024
/** How often the page is looked at while somebody is sent records. */
const WATCH_MS = 500
/** So long before a page is left the browser may have broken its connections. */
const LEAVE_MS = 100
/** Memory of which only a part is in use, at the beginning and the end of what is kept. */
const PARTLY_FILLED_BYTES = 512 * 1024
/** What an object and its strings cost beside their text, roughly. */
const RECORD_BYTES = 120

type Body<R> = Omit<R, 'n' | 'k' | 'c'>

/** What is written down about one connection. All of it is cheap: stamps, copies of bytes, references. */
export interface ConnectionLog {
  readonly c: number
  body(record: Body<BodyRecord>): void
  head(record: Body<HeadRecord>): void
  /** Bytes that the page just got. Copied at once. */
  chunk(bytes: Uint8Array, from: number): void
  /** Text that the page just got (XHR). */
  text(text: string): void
  /** That the page is just being told of. */
  event(type: string, data: string, id: string, origin: string): void
  attempt(state: AttemptRecord['state']): void
  note(note: NoteRecord['note'], detail: string): void
  demand(pending: boolean, atMs: number): void
  end(record: Body<EndRecord>): void
  /** What the page did right after the end and could have caused it as well; the first of it is kept. */
  also(record: Body<AlsoRecord>): void
  readonly ended: boolean
  /** The request's own signal could not be seen. */
  signalHidden: boolean
  /** Called once at the end, to let go of what was only needed to see it. */
  onEnd: () => void
}

export interface Recorder {
  documentNote(note: DocumentNoteRecord['note'], detail: string): void
  open(record: Body<OpenRecord>): ConnectionLog
  /** Sends from record `from` on, and all that follows, to `send` in batches. */
  subscribe(from: number, send: Send): void
  unsubscribe(): void
  /** What the journal may hold from now on, in bytes. */
  limit(sizeBytes: number): void
  /** Sends what waits, now: the page is about to go. */
  flush(): void
  /** Whether anybody is being sent records. */
  readonly watched: boolean
  /** Called when somebody begins to be sent records, and then every half second. */
  onWatch: () => void
  /** Called with the first need to keep something. */
  onBegin: () => void
}
export type Send = (first: number, last: number, json: string) => void

// Entries have own fields only, all there from the start: nothing here looks further than the object itself.

interface Written extends Entry {
  readonly start: string
  readonly rest: string
}
function writtenJson(this: Written): string {
  return `${this.start}${this.n},${this.rest}`
}
/** `rest` is the record's JSON after its number. */
const written = (k: string, c: number, atMs: number, rest: string): Written => ({
  n: 0,
  next: null,
  c,
  atMs,
  sizeBytes: rest.length + RECORD_BYTES,
  json: writtenJson,
  letGo: noop,
  start: `{"k":"${k}",${c === 0 ? '' : `"c":${c},`}"n":`,
  rest,
})
/** The rest of a record after its number. Without a prototype, so that no toJSON of the page is called. */
const fields = (rest: object): string => slice(stringify(bare(rest)) ?? '', 1)

interface ChunkEntry extends Entry {
  readonly readBytes: number
  readonly kept: Kept
}
function chunkJson(this: ChunkEntry): string {
  const { text, raw } = toText(this.kept)
  return `{"k":"chunk","c":${this.c},"n":${this.n},"atMs":${this.atMs},"sizeBytes":${this.readBytes},"text":${stringify(text)}${raw === '' ? '' : `,"raw":"${raw}"`}}`
}
function letChunkGo(this: ChunkEntry): void {
  letGo(this.kept)
}
const chunkEntry = (c: number, readBytes: number, kept: Kept): ChunkEntry => ({
  n: 0,
  next: null,
  c,
  atMs: now(),
  sizeBytes: kept.sizeBytes + RECORD_BYTES,
  json: chunkJson,
  letGo: letChunkGo,
  readBytes,
  kept,
})

interface TextEntry extends Entry {
  readonly text: string
}
function textJson(this: TextEntry): string {
  return `{"k":"chunk","c":${this.c},"n":${this.n},"atMs":${this.atMs},"sizeBytes":${utf8Length(this.text)},"text":${stringify(this.text)}}`
}
const textEntry = (c: number, text: string): TextEntry => ({
  n: 0,
  next: null,
  c,
  atMs: now(),
  sizeBytes: text.length * 2 + RECORD_BYTES,
  json: textJson,
  letGo: noop,
  text,
})

interface EventEntry extends Entry {
  readonly type: string
  readonly data: string
  readonly id: string
  readonly origin: string
}
function eventJson(this: EventEntry): string {
  const { c, n, atMs, type, data, id, origin } = this
  return `{"k":"event","c":${c},"n":${n},${fields({ atMs, type, data, id, origin })}`
}
const eventEntry = (c: number, type: string, data: string, id: string, origin: string): EventEntry => ({
  n: 0,
  next: null,
  c,
  atMs: now(),
  sizeBytes: data.length * 2 + RECORD_BYTES,
  json: eventJson,
  letGo: noop,
  type,
  data,
  id,
  origin,
})

export function createRecorder(): Recorder {
  const journal = createJournal(JOURNAL_BYTES - PARTLY_FILLED_BYTES, bare)
  let connections = 0
  let send: Send | null = null
  let next = 1
  let waiting = 0
  let timer = false
  let watching = false
  let leaving = false
  /** Connections that broke just now; each is told when the page is left after all. */
  const broken: ((leftAtMs: number) => void)[] = bare([])
  let sentAtMs = -PACE_MS

  const flush = (): void => {
    waiting = 0
    while (send && next <= journal.last) {
      const batch = journal.read(next, BATCH_BYTES)
      if (!batch) break
      next = batch.last + 1
      send(batch.first, batch.last, batch.json)
    }
    sentAtMs = now()
  }

  const schedule = (sizeBytes: number): void => {
    waiting += sizeBytes
    if (waiting >= BATCH_BYTES) return flush()
    if (timer) return
    timer = true
    const sinceMs = now() - sentAtMs
    later(
      () => {
        timer = false
        flush()
      },
      sinceMs < PACE_MS ? PACE_MS - sinceMs : 0,
    )
  }

  const add = (entry: Entry): void => {
    journal.add(entry)
    if (send) schedule(entry.sizeBytes)
  }

  const url = document.URL
  let isBegun = false
  /** The first record is written with the first need for one: most documents have no streams, and no panel. */
  const begin = (): void => {
    if (isBegun) return
    isBegun = true
    keep('document', 0, { atMs: 0, url, timeOriginMs: timeOrigin } satisfies Body<DocumentRecord>)
    recorder.onBegin()
  }

  /** A record that stays, written at once. */
  const keep = <R extends { readonly atMs: number }>(k: string, c: number, rest: R): void => {
    begin()
    const entry = written(k, c, rest.atMs, fields(rest))
    journal.keep(entry)
    if (send) schedule(entry.sizeBytes)
  }

  const watch = (): void => {
    if (!send) return void (watching = false)
    watching = true
    recorder.onWatch()
    later(watch, WATCH_MS)
  }

  let brokenAtMs = 0
  const mayBeLeft = (c: number, atMs: number): void => {
    if (atMs - brokenAtMs > LEAVE_MS) broken.length = 0
    brokenAtMs = atMs
    broken[broken.length] = (leftAtMs) => {
      if (leftAtMs - atMs > LEAVE_MS) return
      keep('also', c, bare({ atMs: leftAtMs, how: 'leave', reason: null, by: '', stack: '' }))
    }
  }
  const leave = (): void => {
    leaving = true
    const atMs = now()
    for (let i = 0; i < broken.length; i++) broken[i]?.(atMs)
    broken.length = 0
    flush()
  }
  // The browser breaks what goes on when a page is left, some of it a moment before it tells so.
  addListener(window, 'pagehide', leave, true)
  addListener(window, 'pageshow', () => (leaving = false), true)

  const recorder: Recorder = bare({
    onWatch: noop,
    onBegin: noop,
    limit: (sizeBytes) => journal.limit(sizeBytes - PARTLY_FILLED_BYTES),
    documentNote: (note, detail) => keep('document-note', 0, { atMs: now(), note, detail }),
    open(record) {
      const c = ++connections
      let tail: Uint8Array | null = null
      let ended = false
      let endedBy: string | null = null
      keep('open', c, record)
      const log: ConnectionLog = bare({
        c,
        onEnd: noop,
        signalHidden: false,
        get ended() {
          return ended
        },
        body: (rest) => keep('body', c, rest),
        head: (rest) => keep('head', c, rest),
        chunk(bytes, from) {
          const length = byteLength(bytes)
          journal.makeRoom(length)
          const cut = incompleteTail(tail, bytes, from, length)
          // The character has begun in an earlier chunk, and goes on after this one.
          const isWithin = cut > length - from
          const kept = isWithin ? keepBytes(null, bytes, from, from) : keepBytes(tail, bytes, from, length - cut)
          tail = lastBytes(tail, bytes, from, length, cut)
          add(chunkEntry(c, length - from, kept))
        },
        text: (text) => add(textEntry(c, text)),
        event: (type, data, id, origin) => add(eventEntry(c, type, data, id, origin)),
        attempt: (state) => keep('attempt', c, { atMs: now(), state }),
        note: (note, detail) => keep('note', c, { atMs: now(), note, detail }),
        demand(pending, atMs) {
          // A page may stop and go on for hours: these must not push out what stays.
          add(written('demand', c, atMs, `"atMs":${atMs},"pending":${pending}}`))
        },
        end(rest) {
          if (ended) return
          ended = true
          endedBy = rest.by
          // A character that never became whole: shown as what it is, invalid bytes of a chunk that brought nothing else.
          if (tail) add(chunkEntry(c, 0, keepBytes(null, tail, 0, byteLength(tail))))
          tail = null
          // A network's failure is a TypeError; anything else that a native promise or stream is rejected with is an abort's reason.
          const isAbort = log.signalHidden && rest.how === 'error' && rest.reason?.name !== 'TypeError'
          const isUnexplained =
            (rest.how === 'error' && !rest.signal && !isAbort) || (rest.how === 'cancel' && rest.by === '')
          const more = isAbort ? { signal: rest.reason } : leaving && isUnexplained ? { leaving } : null
          keep('end', c, more ? bare({ ...rest, ...more }) : rest)
          if (isUnexplained) mayBeLeft(c, rest.atMs)
          log.onEnd()
        },
        also(rest) {
          // The same call may be seen at two places.
          if (endedBy === null || rest.by === endedBy) return
          endedBy = null
          keep('also', c, rest)
        },
      })
      return log
    },
    subscribe(from, to) {
      begin()
      send = to
      next = from
      journal.hold(true)
      flush()
      if (watching) recorder.onWatch()
      else watch()
    },
    unsubscribe() {
      send = null
      journal.hold(false)
    },
    get watched() {
      return send !== null
    },
    flush,
  })
  return recorder
}
