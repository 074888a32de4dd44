/** Runs in the page. Turns what the patches see into numbered records, and sends them while a panel listens. */
import { createJournal, type Entry } from '../journal.ts'
import type {
  AlsoRecord,
  AttemptRecord,
  BodyRecord,
  DocumentNoteRecord,
  DocumentRecord,
  EndRecord,
  EventRecord,
  HeadRecord,
  NoteRecord,
  OpenRecord,
} from '../protocol.ts'
import { byteLength, incompleteTail, keepBytes, since, toText, upTo, utf8Length, type Kept } from './bytes.ts'
import { addListener, bare, later, noop, now, slice, stringify, timeOrigin } from './natives.ts'

/** Records go out at once when nothing went out lately, then at most this often, */
const PACE_MS = 16
/** or as soon as about this much waits: a page that reads in one long run of microtasks lets no timer through. */
const BATCH_BYTES = 256 * 1024
/** How often the page is looked at while somebody is sent records. */
const WATCH_MS = 500
/** So long before a page is left the browser may have broken its connections. */
const LEAVE_MS = 100
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
  event(record: Body<EventRecord>): void
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
  /** Sends what waits, now: the page is about to go. */
  flush(): void
  /** Whether anybody is being sent records. */
  readonly watched: boolean
  /** Called when somebody begins to be sent records, and then every half second. */
  onWatch: () => void
}
export type Send = (first: number, last: number, json: string) => void

export function createRecorder(): Recorder {
  const journal = createJournal(undefined, bare)
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
    if (!send) return
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

  const add = (c: number, atMs: number, sizeBytes: number, json: Entry['json'], droppable: boolean): void => {
    // Own fields only, all there from the start: nothing here looks further than the object itself.
    const made: Entry = { n: 0, c, atMs, sizeBytes: sizeBytes + RECORD_BYTES, json }
    if (droppable) journal.add(made)
    else journal.keep(made)
    schedule(made.sizeBytes)
  }

  const head = (k: string, c: number): string => `{"k":"${k}",${c === 0 ? '' : `"c":${c},`}"n":`

  /** The rest of a record after its number. Without a prototype, so that no toJSON of the page is called. */
  const fields = (rest: object): string => slice(stringify(bare(rest)) ?? '', 1)

  /** A record that stays, written at once. */
  const keep = <R extends { readonly atMs: number }>(k: string, c: number, rest: R): void => {
    const start = head(k, c)
    const text = fields(rest)
    add(c, rest.atMs, text.length, (n) => `${start}${n},${text}`, false)
  }

  const chunkJson =
    (c: number, atMs: number, sizeBytes: number, copy: Kept) =>
    (n: number): string => {
      const { text, raw } = toText(copy)
      return `{"k":"chunk","c":${c},"n":${n},"atMs":${atMs},"sizeBytes":${sizeBytes},"text":${stringify(text)}${raw === '' ? '' : `,"raw":"${raw}"`}}`
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

  keep('document', 0, { atMs: 0, url: document.URL, timeOriginMs: timeOrigin } satisfies Body<DocumentRecord>)

  const recorder: Recorder = bare({
    onWatch: noop,
    documentNote: (note, detail) => keep('document-note', 0, { atMs: now(), note, detail }),
    open(record) {
      const c = ++connections
      let tail: Kept | null = null
      let ended = false
      let endedBy: string | null = null
      keep('open', c, record)
      const addChunk = (sizeBytes: number, bytes: Kept): void => {
        const atMs = now()
        add(c, atMs, bytes.to - bytes.from, chunkJson(c, atMs, sizeBytes, bytes), true)
      }
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
          const copy = keepBytes(tail, bytes, from, length)
          const cut = copy.to - incompleteTail(copy)
          tail = cut < copy.to ? since(copy, cut) : null
          addChunk(length - from, tail ? upTo(copy, cut) : copy)
        },
        text(text) {
          const atMs = now()
          const json = (n: number): string =>
            `{"k":"chunk","c":${c},"n":${n},"atMs":${atMs},"sizeBytes":${utf8Length(text)},"text":${stringify(text)}}`
          add(c, atMs, text.length * 2, json, true)
        },
        event(rest) {
          add(c, rest.atMs, rest.data.length * 2, (n) => `${head('event', c)}${n},${fields(rest)}`, true)
        },
        attempt: (state) => keep('attempt', c, { atMs: now(), state }),
        note: (note, detail) => keep('note', c, { atMs: now(), note, detail }),
        demand(pending, atMs) {
          // A page may stop and go on for hours: these must not push out what stays.
          add(c, atMs, 0, (n) => `${head('demand', c)}${n},"atMs":${atMs},"pending":${pending}}`, true)
        },
        end(rest) {
          if (ended) return
          ended = true
          endedBy = rest.by
          // A character that never became whole: shown as what it is, invalid bytes of a chunk that brought nothing else.
          if (tail) addChunk(0, tail)
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
