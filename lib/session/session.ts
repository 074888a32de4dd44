/** Everything the panel knows, and the one entrance through which it comes. */
import { createModel, signal } from '@preact/signals'
import { PROTOCOL_VERSION } from '../protocol.ts'
import type { DroppedRecord, HubToPanel, OpenRecord, StreamRecord } from '../protocol.ts'
import { systemClock, type Clock } from './clock.ts'
import { EXTENSION_DOC } from '../replay/extension/recorder.ts'
import { createConnection } from './connection.ts'
import { createDocument, noteLag, toDocumentMs } from './document.ts'
import type { Document } from './document.ts'
import { createExchanges, type Exchanges } from './exchanges.ts'
import { toRecord } from './guards.ts'
import { createLosses } from './losses.ts'
import type { Losses } from './losses.ts'
import { createRows } from './rows.ts'
import type { Rows } from './rows.ts'
import { scheduleFrame } from './schedule.ts'
import type { Schedule } from './schedule.ts'
import { type TextBound, toTextBound } from './store/text-bound.ts'
import { createTextKeeper, type TextKeeper } from './store/text-keeper.ts'
import { createTextStorage, type TextStorage } from './store/text-storage.ts'
import type { Connection, OwnFormats, Session } from './types.ts'
import { createUpkeep } from './upkeep.ts'

/** A document that went within this time before a navigation went because of it. */
const NAVIGATION_WINDOW_MS = 1_000

/** Notes kept of one document: a page may fake any number. */
const MOST_NOTES = 20

export interface SessionOptions {
  /** When to tell components of changes; at most once a frame unless given. */
  readonly schedule?: Schedule
  /** The system's unless given. */
  readonly clock?: Clock
  /** None unless given. Call `lookForFormats` when they change. */
  readonly ownFormats?: OwnFormats
  /** Told of each connection once it is in the list. */
  readonly opened?: (connection: Connection) => void
  /** Of texts, in memory; a new user's unless given. Call `keepTextBound` when it changes. */
  readonly textBound?: () => TextBound
  /** Where texts beyond the bound go: the browser's storage unless given. */
  readonly textStorage?: () => TextStorage
}

/** What is too plain, or too large, to be a signal; `version` tells when to look. */
interface Store {
  readonly documents: Map<string, Document>
  readonly rows: Rows
  readonly losses: Losses
  readonly exchanges: Exchanges
  readonly texts: TextKeeper
  readonly opened: (connection: Connection) => void
  pageUrl: string
}

type Navigation = Extract<HubToPanel, { k: 'navigated' }>
type Message<Kind extends HubToPanel['k']> = Extract<HubToPanel, { k: Kind }>

const SessionModel = createModel((store: Store, schedule: Schedule, clock: Clock, ownFormats: OwnFormats) => {
  const version = signal(0)
  const link = signal<'waiting' | 'ready' | 'lost'>('waiting')
  const reachable = signal(true)
  const capturing = signal<boolean | null>(null)
  const recording = signal(true)
  const preserve = signal(true)
  const canUndoClear = signal(false)
  const { documents, rows, losses, exchanges } = store
  const upkeep = createUpkeep(clock, exchanges, touch)
  let navigation: Navigation | null = null
  let navigations = 0
  let count = 0
  let scheduled = false

  function flush(): void {
    scheduled = false
    upkeep.flush()
    canUndoClear.value = rows.canUndo
    version.value += 1
  }

  function touch(): void {
    if (scheduled) return
    scheduled = true
    schedule(model.flush)
  }

  function documentOf(doc: string): Document {
    const known = documents.get(doc)
    if (known !== undefined) return known
    const created = createDocument(doc, -1, '', navigations)
    documents.set(doc, created)
    return created
  }

  function takeReached({ doc, frameId, url, capturing: isCapturing }: Message<'reached'>): void {
    const document = documents.get(doc) ?? createDocument(doc, frameId, url, navigations)
    documents.set(doc, document)
    Object.assign(document.frame, { frameId, top: frameId === 0, url })
    if (frameId === 0) {
      store.pageUrl = url
      reachable.value = true
      capturing.value = isCapturing
    }
    document.reachedAfter = navigations
    document.seenN = document.lastN
    if (document.gone === null) return
    document.gone = null
    for (const live of document.connections.values()) {
      live.comeBack(document.lastAtMs)
      upkeep.note(live)
    }
  }

  function leave(document: Document): void {
    if (document.gone === null) return
    for (const live of document.connections.values()) {
      if (!live.view.alive && live.view.ending?.verdict !== 'page gone') continue
      live.leave(document.gone)
      upkeep.note(live)
    }
  }

  function takeGone({ doc, cached, atMs }: Message<'gone'>): void {
    const document = documents.get(doc)
    if (document === undefined) return
    // The hub tells a navigation before it reaches the new document: older ones go because of it.
    const cause = document.reachedAfter < navigations ? navigation : null
    document.goneWallMs = Math.min(atMs, cause?.atMs ?? Infinity)
    document.gone = { atMs: toDocumentMs(document, document.goneWallMs), cached, to: cause?.url ?? null }
    leave(document)
    if (cause !== null && !preserve.value) dropGone()
  }

  function dropGone(): void {
    rows.drop((live) => !live.view.alive && documents.get(live.view.frame.doc)?.gone !== null)
  }

  function takeNavigated(message: Message<'navigated'>): void {
    navigation = message
    navigations += 1
    // Until its document is found not to answer.
    reachable.value = true
    capturing.value = null
    store.pageUrl = message.url
    for (const document of documents.values()) {
      if (document.gone === null || document.gone.to !== null) continue
      if (message.atMs - document.goneWallMs >= NAVIGATION_WINDOW_MS) continue
      document.goneWallMs = Math.min(document.goneWallMs, message.atMs)
      document.gone = { ...document.gone, atMs: toDocumentMs(document, document.goneWallMs), to: message.url }
      leave(document)
    }
    if (!preserve.value) dropGone()
    else if (rows.list.length > 0) rows.addDivider(message.url, message.atMs)
  }

  function takeBatch({ doc, last, json, part, more, lagMs }: Message<'batch'>): void {
    const document = documentOf(doc)
    if (lagMs !== undefined) noteLag(document, lagMs)
    if (last <= document.lastN) return
    // Made in the page's world: its type is only a promise.
    if (typeof json !== 'string') return losses.unreadableBatch()
    const whole = document.batches.join({ json, part, more })
    if (whole === null) return
    const records = parseList(whole)
    if (records === null) return losses.unreadableBatch()
    for (const value of records) {
      const record = toRecord(value)
      if (record === null) losses.badRecord()
      else if (record.n > document.lastN) takeRecord(document, record)
    }
  }

  function takeRecord(document: Document, record: StreamRecord): void {
    document.lastN = record.n
    document.lastAtMs = Math.max(document.lastAtMs, record.atMs)
    if (record.k === 'document') {
      document.frame.timeOriginMs = record.timeOriginMs
      document.frame.url = record.url
      return
    }
    if (record.k === 'document-note') {
      document.frame.notes = [...(document.frame.notes ?? []), record].slice(-MOST_NOTES)
      for (const live of document.connections.values()) upkeep.note(live)
      return
    }
    if (record.k === 'open') return takeOpen(document, record)
    if (record.k === 'dropped') return takeDropped(document, record)
    if (record.k === 'note' && record.note === 'cut') losses.cut()
    const live = document.connections.get(record.c)
    if (live === undefined) {
      if (!document.skipped.has(record.c)) losses.misplacedRecord()
      return
    }
    if (!live.take(record)) losses.misplacedRecord()
    upkeep.note(live)
  }

  function takeDropped(document: Document, record: DroppedRecord): void {
    const records = Math.min(record.records, record.n - document.seenN)
    losses.dropped(records, record.sizeBytes)
    const live = document.connections.get(record.c)
    if (live === undefined) return
    live.take({ ...record, records })
    upkeep.note(live)
  }

  /** What it sends again, as long as the session has it. */
  function originalOf({ replay }: OpenRecord): Connection['replayOf'] {
    if (replay === undefined) return null
    const [, doc = '', c = ''] = /^(.*)\/(\d+)$/.exec(replay.of) ?? []
    const original = documents.get(doc)?.connections.get(Number(c))?.view
    return { key: replay.of, number: original?.number ?? null }
  }

  function takeOpen(document: Document, open: OpenRecord): void {
    if (document.connections.has(open.c) || document.skipped.has(open.c)) return losses.misplacedRecord()
    // What is sent from the panel is wanted, also while the page's own connections are left out.
    if (!recording.value && open.replay === undefined) {
      document.skipped.add(open.c)
      return
    }
    count += 1
    const live = createConnection({
      key: `${document.frame.doc}/${open.c}`,
      number: count,
      frame: document.frame,
      open,
      replayOf: originalOf(open),
      ownFormats,
      texts: store.texts,
      textsMoved() {
        upkeep.note(live)
        touch()
      },
    })
    document.connections.set(open.c, live)
    // DevTools knows the tab's exchanges, and none of the panel's.
    if (document.frame.doc !== EXTENSION_DOC) exchanges.add(live)
    upkeep.note(live)
    rows.addConnection(live)
    store.opened(live.view)
  }

  const model = {
    version,
    link,
    reachable,
    capturing,
    recording,
    preserve,
    canUndoClear,
    flush,
    apply(message: HubToPanel): void {
      switch (message.k) {
        case 'welcome':
          link.value = message.v === PROTOCOL_VERSION ? 'ready' : 'lost'
          if (message.v !== PROTOCOL_VERSION) losses.otherVersion(message.v, PROTOCOL_VERSION)
          break
        case 'reached':
          takeReached(message)
          break
        case 'batch':
          takeBatch(message)
          break
        case 'gone':
          takeGone(message)
          break
        case 'navigated':
          takeNavigated(message)
          break
        case 'unreachable':
          reachable.value = false
          break
        case 'network':
          upkeep.learn(message.facts)
          break
        case 'lost':
          losses.lost(message.records, message.sizeBytes)
          for (const live of documents.get(message.doc)?.connections.values() ?? []) {
            live.miss()
            upkeep.note(live)
          }
          break
        case 'replaying':
        case 'not-replayed':
          // The replayer's.
          break
        default:
          message satisfies never
          losses.badRecord()
      }
      touch()
    },
    lookForFormats(): void {
      for (const { connections } of documents.values()) {
        for (const live of connections.values()) {
          live.lookForFormat()
          upkeep.note(live)
        }
      }
      touch()
    },
    keepTextBound(): void {
      store.texts.keepBound()
      touch()
    },
    disconnect(): void {
      link.value = 'lost'
    },
    clear(): void {
      rows.clear()
      touch()
    },
    undoClear(): void {
      rows.undoClear()
      touch()
    },
  }
  return model
})

/** The session of one panel. Give it every message of the hub; read it when `version` changes. */
export function createSession({
  schedule = scheduleFrame,
  clock = systemClock,
  ownFormats = () => [],
  opened = () => {},
  textBound = () => toTextBound(undefined),
  textStorage = createTextStorage,
}: SessionOptions = {}): Session {
  const documents = new Map<string, Document>()
  const exchanges = createExchanges()
  let storage: TextStorage | null = null
  const texts = createTextKeeper({ bound: textBound, storage: () => (storage ??= textStorage()) })
  const rows = createRows((live) => {
    const { view } = live
    exchanges.forget(live)
    live.release()
    const document = documents.get(view.frame.doc)
    document?.connections.delete(view.open.c)
    document?.skipped.add(view.open.c)
  })
  const store: Store = { documents, rows, losses: createLosses(), exchanges, texts, opened, pageUrl: '' }
  const model = new SessionModel(store, schedule, clock, ownFormats)
  return {
    version: model.version,
    link: model.link,
    reachable: model.reachable,
    capturing: model.capturing,
    recording: model.recording,
    preserve: model.preserve,
    canUndoClear: model.canUndoClear,
    get rows() {
      return rows.list
    },
    get losses() {
      return store.losses.sentences
    },
    get documentNotes() {
      return [...documents.values()].flatMap(({ gone, frame }) => (gone === null ? (frame.notes ?? []) : []))
    },
    get pageUrl() {
      return store.pageUrl
    },
    apply: model.apply,
    lookForFormats: model.lookForFormats,
    keepTextBound: model.keepTextBound,
    get texts() {
      return texts.totals
    },
    disconnect: model.disconnect,
    clear: model.clear,
    undoClear: model.undoClear,
  }
}

function parseList(json: string): readonly unknown[] | null {
  try {
    const list: unknown = JSON.parse(json)
    return Array.isArray(list) ? list : null
  } catch {
    // Pages can send any text; that it is no JSON is said in `losses`.
    return null
  }
}
