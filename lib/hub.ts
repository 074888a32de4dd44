/**
 * Connects the documents of one tab with that tab's panel. It dials each document; documents never call. While no panel is
 * there yet it keeps what comes, so that the panel can be opened late.
 */
import type { Channel } from './channel.ts'
import {
  PROTOCOL_VERSION,
  type BatchMessage,
  type DocumentKey,
  type DocumentToHub,
  type HubToDocument,
  type HubToPanel,
  type NetworkFacts,
  type PageReplay,
  type PanelToHub,
} from './protocol.ts'

/** Text kept for a panel that was not opened yet. */
const BACKLOG_CHARS = 64 * 1024 * 1024
/** Exchanges kept for a panel that comes later. */
const EXCHANGES = 500
/** A document commits before its content script listens: dial again, a little later each time, to a quarter of a second. */
const DIALS = 25
const REDIAL_MS = 10

/** How to reach a document: by its id where the browser has one, else by its frame. */
export interface Target {
  readonly frameId: number
  readonly documentId?: string | undefined
}

export interface HubOptions {
  readonly tabId: number
  readonly dial: (target: Target) => Channel<HubToDocument, DocumentToHub>
  readonly later: (callback: () => void, ms: number) => void
  /** Wall clock in ms. */
  readonly now: () => number
  /** A document of the tab has streams; may be called often. */
  readonly streams?: () => void
}

export interface Hub {
  /** A document was committed in the tab (or came back from the back/forward cache). `url` for the top one. */
  committed(target: Target, url: string, atMs: number): void
  /** Its markup is all there: its content script has run, if it ever will. */
  loaded(target: Target): void
  /** A document that was there before the hub. */
  found(target: Target): void
  /** A panel's channel; it replaces the one before. */
  attach(panel: Channel<HubToPanel, PanelToHub>): void
  /** DevTools finished an exchange of the tab. */
  finished(facts: NetworkFacts): void
  /** DevTools was closed: lets go of all documents, which then stop sending. */
  close(): void
}

/** What is to be reached in a frame. */
interface Load {
  readonly target: Target
  readonly isCommit: boolean
  /** Its markup may begin long after its head, and its content script runs only then. */
  readonly isComing: boolean
  isReached: boolean
}

interface Doc {
  readonly key: DocumentKey
  readonly frameId: number
  readonly url: string
  capturing: boolean | null
  channel: Channel<HubToDocument, DocumentToHub> | null
  /** Number of the first record not received yet. */
  next: number
  /** Of the last subscription. */
  turn: number
  /** It said that it was being left, and did not come back. */
  left: boolean
  /** It answered in place of the document that replaces it, which is to be dialled once this one is left. */
  replacedBy: Load | null
}

export function createHub({ tabId, dial, later, now, streams }: HubOptions): Hub {
  const docs = new Map<DocumentKey, Doc>()
  /** By frame, the newest. */
  const loads = new Map<number, Load>()
  let panel: Channel<HubToPanel, PanelToHub> | null = null
  let attached = false
  /** What a panel will be told first; null once one has been told. */
  let backlog: HubToPanel[] | null = []
  let backlogChars = 0
  let closed = false
  /** What DevTools told, for a panel that comes later or again. */
  const exchanges: NetworkFacts[] = []

  const tell = (message: HubToPanel): void => {
    if (attached) panel?.post(message)
    else if (backlog) store(backlog, message)
  }

  const store = (list: HubToPanel[], message: HubToPanel): void => {
    list.push(message)
    if (message.k !== 'batch') return
    backlogChars += message.json.length
    for (let i = 0; backlogChars > BACKLOG_CHARS && i < list.length; i++) {
      const old = list[i]
      if (old?.k !== 'batch' || old === message) continue
      backlogChars -= old.json.length
      list[i] = { k: 'lost', doc: old.doc, records: old.last - old.first + 1, sizeBytes: old.json.length }
    }
  }

  const subscribe = (doc: Doc): void => {
    doc.turn += 1
    doc.channel?.post({ k: 'subscribe', v: PROTOCOL_VERSION, from: doc.next, turn: doc.turn })
  }

  const reach = (target: Target, isCommit: boolean, isComing: boolean): void => {
    const load: Load = { target, isCommit, isComing, isReached: false }
    loads.set(target.frameId, load)
    connect(load, 1)
  }

  const connect = (load: Load, dials: number): void => {
    const { target } = load
    if (closed || loads.get(target.frameId) !== load) return
    const channel = dial(target)
    let doc: Doc | null = null
    channel.listen((message) => {
      if (message.k === 'hello') doc = reached(message, load, channel)
      else if (!doc || doc.channel !== channel) return
      else if (message.k === 'batch') received(doc, message)
      else leave(doc, message.cached)
    })
    channel.onClose((why) => {
      if (!doc) {
        if (dials < DIALS || load.isComing) later(() => connect(load, dials + 1), REDIAL_MS * Math.min(dials, DIALS))
        else if (target.frameId === 0) tell({ k: 'unreachable' })
        return
      }
      if (doc.channel !== channel) return
      doc.channel = null
      leave(doc, /back\/forward cache/i.test(why))
    })
  }

  const leave = (doc: Doc, cached: boolean): void => {
    if (doc.left) return
    doc.left = true
    tell({ k: 'gone', doc: doc.key, cached, atMs: now() })
    const load = doc.replacedBy
    doc.replacedBy = null
    if (load) connect(load, 1)
  }

  const reached = (
    hello: DocumentToHub & { k: 'hello' },
    load: Load,
    channel: Channel<HubToDocument, DocumentToHub>,
  ): Doc | null => {
    const { target } = load
    load.isReached = true
    if (hello.v !== PROTOCOL_VERSION) {
      channel.close()
      if (target.frameId === 0) tell({ k: 'unreachable' })
      return null
    }
    const known = docs.get(hello.doc)
    const doc: Doc = known ?? {
      key: hello.doc,
      frameId: target.frameId,
      url: hello.url,
      capturing: hello.capturing,
      channel: null,
      next: 1,
      turn: 0,
      left: false,
      replacedBy: null,
    }
    // Firefox names frames only: while a tab changes process, the old document may still pick up.
    if (load.isCommit && known && known.channel !== channel && !known.left && target.documentId === undefined) {
      doc.replacedBy = load
      load.isReached = false
    }
    // Dialled twice (found and committed at once): the newest line stays, as it does at the other end.
    if (doc.channel && doc.channel !== channel) doc.channel.close()
    doc.channel = channel
    doc.capturing = hello.capturing
    doc.left = false
    docs.set(doc.key, doc)
    tell({ k: 'reached', doc: doc.key, frameId: doc.frameId, url: hello.url, capturing: doc.capturing })
    subscribe(doc)
    return doc
  }

  const received = (doc: Doc, { first, last, json, part, more, lagMs, turn }: BatchMessage): void => {
    // On its way when a panel asked for all anew: it comes again, in its place.
    if (turn !== doc.turn) return
    // The document's own record is the first: a second one is a stream's.
    if (last > 1) streams?.()
    if (!more) doc.next = Math.max(doc.next, last + 1)
    tell({ k: 'batch', doc: doc.key, first, last, json, part, more, ...(lagMs !== undefined && { lagMs }) })
  }

  /** The document that is to send a replay: the one asked for, its frame's of now, or the top one. */
  const senderOf = (key: DocumentKey, frameId: number): Doc | undefined => {
    const there = [...docs.values()].filter(({ channel, left }) => channel !== null && !left)
    return (
      there.find((doc) => doc.key === key) ??
      there.findLast((doc) => doc.frameId === frameId) ??
      there.findLast((doc) => doc.frameId === 0)
    )
  }

  const replay = (key: DocumentKey, frameId: number, request: PageReplay): void => {
    const { run } = request.mark
    const doc = senderOf(key, frameId)
    if (!doc?.capturing)
      return panel?.post({ k: 'not-replayed', run, why: doc === undefined ? 'no-document' : 'not-capturing' })
    panel?.post({ k: 'replaying', run, doc: doc.key })
    doc.channel?.post({ k: 'replay', replay: request })
  }

  const welcome = (): void => {
    panel?.post({ k: 'welcome', v: PROTOCOL_VERSION, tabId })
    attached = true
    if (backlog) {
      for (const message of backlog) panel?.post(message)
      backlog = null
      tellExchanges()
      return
    }
    // A panel that was reloaded: what the documents still have, from the start.
    for (const doc of docs.values()) {
      if (!doc.channel) continue
      panel?.post({ k: 'reached', doc: doc.key, frameId: doc.frameId, url: doc.url, capturing: doc.capturing })
      doc.next = 1
      subscribe(doc)
    }
    tellExchanges()
  }

  const tellExchanges = (): void => {
    for (const facts of exchanges) panel?.post({ k: 'network', facts })
  }

  return {
    close() {
      closed = true
      for (const doc of docs.values()) doc.channel?.close()
      docs.clear()
    },
    committed(target, url, atMs) {
      if (target.frameId === 0) tell({ k: 'navigated', url, atMs })
      // Other frames can go without a word: they are not waited for.
      reach(target, true, target.frameId === 0)
    },
    loaded({ frameId }) {
      const load = loads.get(frameId)
      if (load && !load.isReached) reach(load.target, load.isCommit, false)
    },
    found(target) {
      const load = loads.get(target.frameId)
      // It is being dialled already.
      if (load?.isCommit && !load.isReached) return
      reach(target, false, false)
    },
    finished(facts) {
      exchanges.push(facts)
      if (exchanges.length > EXCHANGES) exchanges.shift()
      if (attached) panel?.post({ k: 'network', facts })
    },
    attach(channel) {
      panel = channel
      channel.listen((message) => {
        if (panel !== channel) return
        switch (message.k) {
          case 'hello':
            return welcome()
          case 'replay':
            return replay(message.doc, message.frameId, message.replay)
          case 'stop-replay':
            return docs.get(message.doc)?.channel?.post({ k: 'stop-replay', run: message.run, by: message.by })
          default:
            message satisfies never
        }
      })
    },
  }
}
