/** Runs in the page. Turns what the patches see into numbered records, and sends them while a panel listens. */
import { createJournal, type Entry } from '../journal.ts'
import type {
  AttemptRecord,
  BodyRecord,
  DocumentRecord,
  EndRecord,
  EventRecord,
  HeadRecord,
  NoteRecord,
  OpenRecord,
} from '../protocol.ts'
import { byteLength, incompleteTail, keepBytes, since, toText, upTo, utf8Length, type Kept } from './bytes.ts'
import { bare, later, noop, now, slice, stringify } from './natives.ts'

/** Records go out at once when nothing went out lately, then at most this often, */
const PACE_MS = 16
/** or as soon as about this much waits: a page that reads in one long run of microtasks lets no timer through. */
const BATCH_BYTES = 256 * 1024
/** Beyond this an event's data is cut: it must fit into one message of the panel's memory. */
const EVENT_CHARS = 64 * 1024 * 1024
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
  end(record: Body<EndRecord>): void
  readonly ended: boolean
  /** Called once at the end, to let go of what was only needed to see it. */
  onEnd: () => void
}

export interface Recorder {
  open(record: Body<OpenRecord>): ConnectionLog
  /** Sends from record `from` on, and all that follows, to `send` in batches. */
  subscribe(from: number, send: Send): void
  unsubscribe(): void
  /** Sends what waits, now: the page is about to go. */
  flush(): void
}
export type Send = (first: number, last: number, json: string) => void

export function createRecorder(): Recorder {
  const journal = createJournal(undefined, bare)
  let connections = 0
  let send: Send | null = null
  let next = 1
  let waiting = 0
  let timer = false
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

  const entry = (c: number, atMs: number, sizeBytes: number, json: Entry['json']): Entry =>
    bare({ n: 0, c, atMs, sizeBytes: sizeBytes + RECORD_BYTES, json })

  /** A record that is written as it is. `rest` has no prototype, so that no toJSON of the page is called. */
  const plain = (k: string, c: number, rest: object, sizeBytes: number, droppable = false): void => {
    const text = slice(stringify(bare(rest)) ?? '{}', 1)
    const atMs = (rest as { atMs: number }).atMs
    const start = `{"k":"${k}",${c === 0 ? '' : `"c":${c},`}"n":`
    const made = entry(c, atMs, sizeBytes + text.length, (n) => `${start}${n},${text}`)
    if (droppable) journal.add(made)
    else journal.keep(made)
    schedule(made.sizeBytes)
  }

  const chunkJson =
    (c: number, atMs: number, sizeBytes: number, kept: Kept) =>
    (n: number): string => {
      const { text, raw } = toText(kept)
      return `{"k":"chunk","c":${c},"n":${n},"atMs":${atMs},"sizeBytes":${sizeBytes},"text":${stringify(text)}${raw === '' ? '' : `,"raw":"${raw}"`}}`
    }

  plain(
    'document',
    0,
    { atMs: 0, url: document.URL, timeOriginMs: performance.timeOrigin } satisfies Body<DocumentRecord>,
    0,
  )

  return bare({
    open(record) {
      const c = ++connections
      let tail: Kept | null = null
      let ended = false
      plain('open', c, record, 0)
      const add = (sizeBytes: number, kept: Kept): void => {
        const atMs = now()
        const made = entry(c, atMs, kept.to - kept.from, chunkJson(c, atMs, sizeBytes, kept))
        journal.add(made)
        schedule(made.sizeBytes)
      }
      const log: ConnectionLog = bare({
        c,
        onEnd: noop,
        get ended() {
          return ended
        },
        body: (rest) => plain('body', c, rest, 0),
        head: (rest) => plain('head', c, rest, 0),
        chunk(bytes, from) {
          const length = byteLength(bytes)
          const kept = keepBytes(tail, bytes, from, length)
          const cut = kept.to - incompleteTail(kept)
          tail = cut < kept.to ? since(kept, cut) : null
          add(length - from, upTo(kept, cut))
        },
        text(text) {
          const atMs = now()
          const json = stringify(text) ?? '""'
          const made = entry(
            c,
            atMs,
            text.length * 2,
            (n) => `{"k":"chunk","c":${c},"n":${n},"atMs":${atMs},"sizeBytes":${utf8Length(text)},"text":${json}}`,
          )
          journal.add(made)
          schedule(made.sizeBytes)
        },
        event(rest) {
          const data = rest.data
          if (data.length > EVENT_CHARS) {
            plain(
              'note',
              c,
              { atMs: rest.atMs, note: 'cut', detail: `${data.length - EVENT_CHARS} characters of an event's data` },
              0,
            )
            plain('event', c, { ...rest, data: slice(data, 0, EVENT_CHARS) }, 0, true)
          } else plain('event', c, rest, 0, true)
        },
        attempt: (state) => plain('attempt', c, { atMs: now(), state }, 0),
        note: (note, detail) => plain('note', c, { atMs: now(), note, detail }, 0),
        end(rest) {
          if (ended) return
          ended = true
          // A character that never became whole: shown as what it is, invalid bytes of a chunk that brought nothing else.
          if (tail) add(0, tail)
          tail = null
          plain('end', c, rest, 0)
          log.onEnd()
        },
      })
      return log
    },
    subscribe(from, to) {
      send = to
      next = from
      flush()
    },
    unsubscribe() {
      send = null
    },
    flush,
  } satisfies Recorder)
}
