import { signal } from '@preact/signals'
import { toEnding } from '../endings/ending.ts'
import { isUnexplained } from '../endings/facts.ts'
import type { Evidence, Gone } from '../endings/evidence.ts'
import { toDeclaredFraming } from '../framing/detect.ts'
import type { FramedEntry } from '../framing/framing.ts'
import type {
  AlsoRecord,
  DemandRecord,
  DocumentNoteRecord,
  DocumentRecord,
  EndRecord,
  EventRecord,
  HeadRecord,
  NetworkFacts,
  NoteRecord,
  OpenRecord,
  StreamRecord,
} from '../protocol.ts'
import { createBodyReader } from './body.ts'
import { createChunks } from './chunks.ts'
import { createDispatchedEntries, createFramedEntries, type FilledEntries } from './entries.ts'
import { createFormatWatch } from './format-watch.ts'
import { createLastTexts } from './last-texts.ts'
import { toLiveState } from './live-state.ts'
import { createPulse } from './pulse.ts'
import { holdAll, type TextKeeper } from './store/text-keeper.ts'
import { KEPT_LENGTH } from './store/text-store.ts'
import type { AttemptMark, Connection, Ending, Frame, OwnFormats, ReadPause } from './types.ts'
import { toUtf8Size } from './utf8-size.ts'
import { headerOf } from '../headers.ts'

/** Characters of the body's beginning that go into an ending's sentence. */
const EVIDENCE_LENGTH = KEPT_LENGTH

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Records that belong to a connection which is already open. */
export type LaterRecord = Exclude<StreamRecord, DocumentRecord | DocumentNoteRecord | OpenRecord>

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
  comeBack(nowMs: number): void
  /** Judges the live state at `nowMs` of the document's clock; true when it is another than before. */
  tick(nowMs: number): boolean
  /** The user's own formats are others than before. */
  lookForFormat(): void
  /** DevTools knows this about one of its exchanges. */
  learn(facts: NetworkFacts): void
  /** Tells whoever reads `version` that something changed. */
  bump(): void
  /** It can never be shown again. */
  release(): void
}

export interface Opening {
  readonly key: string
  readonly number: number
  readonly frame: Frame
  readonly open: OpenRecord
  /** None unless given. */
  readonly ownFormats?: OwnFormats
  /** Null unless given. */
  readonly replayOf?: Connection['replayOf']
  /** Who keeps its texts within bounds; all are held unless given. */
  readonly texts?: TextKeeper
  /** A text went to the browser's storage, or came from it. */
  readonly textsMoved?: () => void
}

const NO_FORMATS: OwnFormats = () => []

/** One row's state, built from its records. */
export function createConnection({
  key,
  number,
  frame,
  open,
  replayOf = null,
  ownFormats = NO_FORMATS,
  texts = holdAll,
  textsMoved = () => {},
}: Opening): LiveConnection {
  const isEventSource = open.transport === 'eventsource'
  const version = signal(0)
  const chunks = createChunks(texts, { leaving: (to) => framed.leave(to), moved: textsMoved })
  const dispatched = createDispatchedEntries(texts, textsMoved)
  const framed: FilledEntries<FramedEntry> = createFramedEntries(chunks, () => body.framing ?? 'text')
  const body = createBodyReader(
    chunks,
    () => ({ contentType: contentTypeOf(view.head), asked: open.asked }),
    takeFramed,
  )
  const notes: NoteRecord[] = []
  const attemptMarks: AttemptMark[] = []
  const pauses: ReadPause[] = []
  const network: NetworkFacts[] = []
  const pulse = createPulse(open)
  let terminal: Evidence['terminal'] = null
  /** What ended it, for when it is judged again. */
  let cause: Evidence['by'] | null = null
  let also: AlsoRecord | null = null
  let left: Gone | null = null
  let missed = false

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
    network,
    demand: null,
    marks: pulse.marks,
    format: null,
    replayOf,
    ownFormats,
    pauses,
    firstByteAtMs: null,
    firstEventAtMs: null,
    lastByteAtMs: null,
    attempts: isEventSource ? 0 : 1,
    attemptMarks,
    sizeBytes: 0,
    eventCount: 0,
    framing: isEventSource ? 'events' : 'text',
    entries: (isEventSource ? dispatched : framed).entries,
    chunks,
    dropped: { records: 0, sizeBytes: 0 },
    version,
  }

  const formats = createFormatWatch(view)
  const lastTexts = createLastTexts(view.entries)

  function setEnding(ending: Ending | null, nowMs: number): void {
    view.ending = ending
    view.alive = ending === null
    view.state = ending?.verdict ?? toLiveState(pulse.marks, nowMs)
  }

  function lookForFormat(): void {
    formats.look()
    view.format = formats.match
  }

  /** More became known of what is over already. */
  function judgeAgain(): void {
    if (view.ending === null || cause === null) return
    const again = judge(cause)
    setEnding(again, again.atMs)
  }

  function judge(by: Evidence['by']): Ending {
    const { tail, lastEvent } = lastTexts.read()
    return toEnding({
      pageUrl: frame.url,
      timeOriginMs: frame.timeOriginMs,
      open,
      head: view.head,
      by,
      also,
      left,
      framing: view.framing,
      tail,
      lastEvent,
      sizeBytes: view.sizeBytes,
      eventCount: view.eventCount,
      missing: missed || view.dropped.records > 0,
      attempts: view.attempts,
      reconnecting: pulse.marks.reconnect !== null,
      bodyStart: chunks.text(0, EVIDENCE_LENGTH),
      network: view.network,
      terminal,
    })
  }

  function takeFramed(entry: FramedEntry): void {
    framed.append(entry)
    pulse.entry(entry.kind, entry.type)
    view.eventCount = framed.eventCount
    if (entry.kind === 'event') view.firstEventAtMs ??= chunks.atMsOf(entry.chunk)
  }

  function takeEvent(record: EventRecord): void {
    dispatched.append(record)
    pulse.event(record.atMs, record.type, record.id)
    view.eventCount += 1
    view.firstEventAtMs ??= record.atMs
    view.sizeBytes += toUtf8Size(record.data)
  }

  function takeEnd(record: EndRecord): void {
    // The browser will try again: that is a state of the connection, not its ending.
    if (isEventSource && record.how === 'error' && record.readyState !== 2) {
      takeAttempt(record.atMs, 'reconnecting')
      return
    }
    view.end = record
    if (!isEventSource) body.end()
    view.framing = body.framing ?? view.framing
    terminal = formats.terminal()
    view.format = formats.match
    // A page that goes away breaks its own connections: the leaving is the cause, the broken read only its effect.
    if (cause !== null && 'gone' in cause && isUnexplained(record)) return
    cause = { end: record }
    setEnding(judge(cause), record.atMs)
    closeTexts()
  }

  /** Nothing more is to come, for now. */
  function closeTexts(): void {
    chunks.store.close()
    dispatched.close()
  }

  function takeAttempt(atMs: number, state: AttemptMark['state']): void {
    attemptMarks.push({ atMs, state })
    if (state === 'reconnecting') return pulse.reconnects.lost(atMs)
    view.attempts += 1
    pulse.answered(atMs)
    pulse.reconnects.connected(atMs)
  }

  function takeRecord(record: LaterRecord): boolean {
    switch (record.k) {
      case 'body':
        view.body = record.body
        return true
      case 'head':
        view.head = record
        pulse.answered(record.atMs)
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
        pulse.chunk(record.atMs, record.text)
        lookForFormat()
        return true
      case 'event':
        if (!isEventSource) return false
        takeEvent(record)
        lookForFormat()
        return true
      case 'attempt':
        if (isEventSource) takeAttempt(record.atMs, record.state)
        return true
      case 'demand':
        view.demand = { pending: record.pending, sinceMs: record.atMs }
        pulse.demand(view.demand)
        notePause(pauses, record)
        return true
      case 'note':
        notes.push(record)
        return true
      case 'end':
        takeEnd(record)
        return true
      case 'also':
        also = record
        judgeAgain()
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
      const isLate = view.end !== null && !['body', 'note', 'also', 'dropped'].includes(record.k)
      if (isLate || !takeRecord(record)) return false
      if (view.alive) view.state = toLiveState(pulse.marks, record.atMs)
      return true
    },
    miss() {
      missed = true
      if (!isEventSource && view.end === null && chunks.length > 0) body.gap()
    },
    leave(gone) {
      left = gone
      // Where the page went may be told only after its leaving, and after the read that it broke.
      const wasGone = cause !== null && 'gone' in cause
      if (view.end !== null && !wasGone) return judgeAgain()
      if (view.end === null && !gone.cached && !isEventSource) {
        // Shows what was left unfinished; `gap` and not `end`, as the same document may still be reached again.
        body.gap()
      }
      cause = { gone }
      setEnding(judge(cause), gone.atMs)
      if (!gone.cached) closeTexts()
    },
    comeBack(nowMs) {
      if (view.end !== null) return
      cause = null
      setEnding(null, nowMs)
    },
    tick(nowMs) {
      const before = view.state
      if (view.alive) view.state = toLiveState(pulse.marks, nowMs)
      return view.state !== before
    },
    lookForFormat() {
      formats.lookAnew()
      view.format = formats.match
      if (view.end === null) return
      terminal = formats.terminal()
      judgeAgain()
    },
    learn(facts) {
      const originMs = frame.timeOriginMs + (frame.lagMs ?? 0)
      const at = network.findLastIndex((known) => known.startedAtMs <= facts.startedAtMs)
      network.splice(at + 1, 0, facts)
      pulse.reconnects.learn(facts, facts.startedAtMs - originMs, facts.finishedAtMs - originMs)
      judgeAgain()
    },
    bump() {
      version.value += 1
    },
    release() {
      chunks.release()
      dispatched.release()
    },
  }
}

/** `pauses` grows by a pause, or its last one ends. */
function notePause(pauses: ReadPause[], { pending, atMs }: DemandRecord): void {
  const last = pauses.at(-1)
  const isPaused = last !== undefined && last.toMs === null
  if (!pending && !isPaused) pauses.push({ fromMs: atMs, toMs: null })
  else if (pending && isPaused) pauses[pauses.length - 1] = { ...last, toMs: atMs }
}

function contentTypeOf(head: HeadRecord | null): string {
  return headerOf(head?.headers ?? [], 'content-type') ?? ''
}
