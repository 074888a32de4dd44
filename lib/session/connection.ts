import { signal } from '@preact/signals'
import { toEnding } from '../endings/ending.ts'
import type { Evidence, Gone } from '../endings/ending.ts'
import { toDeclaredFraming } from '../framing/detect.ts'
import type { FramedEntry } from '../framing/framing.ts'
import type {
  DocumentRecord,
  EndRecord,
  EventRecord,
  HeadRecord,
  NoteRecord,
  OpenRecord,
  StreamRecord,
} from '../protocol.ts'
import { createBodyReader } from './body.ts'
import { createChunks } from './chunks.ts'
import { createDispatchedEntries, createFramedEntries } from './entries.ts'
import type { Connection, Ending, Frame, LiveState } from './types.ts'

/** Characters of the body's beginning and of a tail that go into an ending's sentence. */
const EVIDENCE_LENGTH = 200

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Records that belong to a connection which is already open. */
export type LaterRecord = Exclude<StreamRecord, DocumentRecord | OpenRecord>

export interface LiveConnection {
  /** What components read; always the same object. */
  readonly view: Connection
  /** False when the record cannot belong here: after the end, or of another transport. */
  take(record: LaterRecord): boolean
  /** Records may be missing from here on, whose we cannot know. */
  miss(): void
  /** The document went away. */
  leave(gone: Gone): void
  /** The document came back from the back/forward cache. */
  comeBack(): void
  /** Tells whoever reads `version` that something changed. */
  bump(): void
}

export interface Opening {
  readonly key: string
  readonly number: number
  readonly frame: Frame
  readonly open: OpenRecord
}

/** One row's state, built from its records. */
export function createConnection({ key, number, frame, open }: Opening): LiveConnection {
  const isEventSource = open.transport === 'eventsource'
  const version = signal(0)
  const chunks = createChunks()
  const dispatched = createDispatchedEntries()
  const framed = createFramedEntries(chunks, () => body.framing ?? 'text')
  const body = createBodyReader(
    chunks,
    () => ({ contentType: contentTypeOf(view.head), asked: open.asked }),
    takeFramed,
  )
  const notes: NoteRecord[] = []
  let reconnecting = false

  const view: Writable<Connection> = {
    key,
    number,
    frame,
    transport: open.transport,
    open,
    body: open.body,
    head: null,
    end: null,
    ending: null,
    state: 'connecting',
    alive: true,
    notes,
    firstByteAtMs: null,
    firstEventAtMs: null,
    lastByteAtMs: null,
    attempts: isEventSource ? 0 : 1,
    sizeBytes: 0,
    eventCount: 0,
    framing: isEventSource ? 'events' : 'text',
    entries: isEventSource ? dispatched : framed,
    chunks,
    dropped: { records: 0, sizeBytes: 0 },
    version,
  }

  function toLiveState(): LiveState {
    if (reconnecting) return 'reconnecting'
    if (view.firstByteAtMs !== null || view.entries.length > 0) return 'open'
    return view.head !== null || (isEventSource && view.attempts > 0) ? 'waiting' : 'connecting'
  }

  function setEnding(ending: Ending | null): void {
    view.ending = ending
    view.alive = ending === null
    view.state = ending?.verdict ?? toLiveState()
  }

  function judge(by: Evidence['by']): Ending {
    const last = framed.length === 0 ? null : framed.at(framed.length - 1)
    return toEnding({
      open,
      head: view.head,
      by,
      framing: view.framing,
      tail: last?.kind === 'tail' ? last.data.slice(0, EVIDENCE_LENGTH) : null,
      sizeBytes: view.sizeBytes,
      eventCount: view.eventCount,
      attempts: view.attempts,
      bodyStart: chunks.text(0, EVIDENCE_LENGTH),
    })
  }

  function takeFramed(entry: FramedEntry): void {
    framed.append(entry)
    view.eventCount = framed.eventCount
    if (entry.kind === 'event') view.firstEventAtMs ??= chunks.atMs(entry.chunk)
  }

  function takeEvent(record: EventRecord): void {
    dispatched.append(record)
    reconnecting = false
    view.eventCount += 1
    view.firstEventAtMs ??= record.atMs
    view.sizeBytes += toUtf8Size(record.data)
  }

  function takeEnd(record: EndRecord): void {
    // The browser will try again: that is a state of the connection, not its ending.
    if (isEventSource && record.how === 'error' && record.readyState !== 2) {
      reconnecting = true
      return
    }
    view.end = record
    body.end()
    view.framing = body.framing ?? view.framing
    const ending = judge({ end: record })
    const wasGone = view.ending?.verdict === 'page gone'
    // A page that goes away breaks its own connections: the leaving is the cause, the broken read only its effect.
    if (wasGone && (ending.verdict === 'lost' || ending.verdict === 'unreachable')) return
    setEnding(ending)
  }

  function takeRecord(record: LaterRecord): boolean {
    switch (record.k) {
      case 'body':
        view.body = record.body
        return true
      case 'head':
        view.head = record
        if (!isEventSource && body.framing === null) view.framing = toDeclaredFraming(contentTypeOf(record)) ?? 'text'
        return true
      case 'chunk':
        if (isEventSource) return false
        chunks.append(record)
        view.sizeBytes += record.sizeBytes
        view.firstByteAtMs ??= record.atMs
        view.lastByteAtMs = record.atMs
        body.read()
        view.framing = body.framing ?? view.framing
        return true
      case 'event':
        if (!isEventSource) return false
        takeEvent(record)
        return true
      case 'attempt':
        reconnecting = record.state === 'reconnecting'
        if (isEventSource && record.state === 'open') view.attempts += 1
        return true
      case 'note':
        notes.push(record)
        return true
      case 'end':
        takeEnd(record)
        return true
      case 'dropped':
        view.dropped = {
          records: view.dropped.records + record.records,
          sizeBytes: view.dropped.sizeBytes + record.sizeBytes,
        }
        if (!isEventSource && view.end === null) body.gap()
        return true
      default:
        return record satisfies never
    }
  }

  return {
    view,
    take(record) {
      // What tells more about the request or the loss may come late; the stream itself is over.
      const isLate = view.end !== null && !['body', 'note', 'dropped'].includes(record.k)
      if (isLate || !takeRecord(record)) return false
      if (view.alive) view.state = toLiveState()
      return true
    },
    miss() {
      if (!isEventSource && view.end === null && chunks.length > 0) body.gap()
    },
    leave(gone) {
      if (view.end !== null) return
      if (!gone.cached && !isEventSource) {
        // Shows what was left unfinished; `gap` and not `end`, as the same document may still be reached again.
        body.gap()
      }
      setEnding(judge({ gone }))
    },
    comeBack() {
      if (view.end === null) setEnding(null)
    },
    bump() {
      version.value += 1
    },
  }
}

function contentTypeOf(head: HeadRecord | null): string {
  return head?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
}

/** Bytes of `text` in UTF-8. */
function toUtf8Size(text: string): number {
  let sizeBytes = text.length
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    // Half a surrogate pair counts two here, so that a pair makes four.
    if (code > 0x7f) sizeBytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1
  }
  return sizeBytes
}
