/** Streams in the domain's notation, for tests. Records come numbered by `numbered` or by a `page()`. */
import type {
  AttemptRecord,
  ChunkRecord,
  DemandRecord,
  DocumentRecord,
  DroppedRecord,
  EndRecord,
  EventRecord,
  HeadRecord,
  HubToPanel,
  NetworkFacts,
  NoteRecord,
  OpenRecord,
  Reason,
  StreamRecord,
} from '../../lib/protocol.ts'

type Given<R> = Partial<Omit<R, 'k'>>

/** Cuts text after each of the sizes; the rest is the last part: `chunked('abcdef', [3, 1])` is `['abc', 'd', 'ef']`. */
export function chunked(text: string, sizes: readonly number[]): string[] {
  const parts: string[] = []
  let from = 0
  for (const size of sizes) {
    parts.push(text.slice(from, from + size))
    from += size
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

/** Every UTF-16 unit on its own. */
export function everyUnit(text: string): string[] {
  return text.split('')
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Cuts text into parts of 0 to `longest` units. */
export function randomlyCut(text: string, random: () => number, longest = 12): string[] {
  const parts: string[] = []
  for (let from = 0; from < text.length;) {
    const size = Math.floor(random() * (longest + 1))
    parts.push(text.slice(from, from + size))
    from += size
  }
  return parts
}

export const documentRecord = (given: Given<DocumentRecord> = {}) =>
  ({
    k: 'document',
    n: 0,
    atMs: 0,
    url: 'https://page.test/',
    timeOriginMs: 1_700_000_000_000,
    ...given,
  }) satisfies DocumentRecord

export const open = (given: Given<OpenRecord> = {}) =>
  ({
    k: 'open',
    n: 0,
    atMs: 100,
    c: 1,
    transport: 'fetch',
    method: 'POST',
    url: 'https://api.test/chat',
    headers: [],
    body: { kind: 'none' },
    options: {},
    stack: '',
    asked: '',
    ...given,
  }) satisfies OpenRecord

/** An answer's head; a content type is given as its header. */
export const head = (contentType = 'text/event-stream', given: Given<HeadRecord> = {}) =>
  ({
    k: 'head',
    n: 0,
    atMs: 150,
    c: 1,
    status: 200,
    statusText: 'OK',
    type: 'cors',
    redirected: false,
    url: 'https://api.test/chat',
    headers: contentType === '' ? [] : [['Content-Type', contentType]],
    declared: '',
    ...given,
  }) satisfies HeadRecord

export const chunk = (text: string, given: Given<ChunkRecord> = {}) =>
  ({
    k: 'chunk',
    n: 0,
    atMs: 200,
    c: 1,
    sizeBytes: new TextEncoder().encode(text).length,
    text,
    ...given,
  }) satisfies ChunkRecord

export const dispatched = (data: string, given: Given<EventRecord> = {}) =>
  ({
    k: 'event',
    n: 0,
    atMs: 200,
    c: 1,
    type: 'message',
    data,
    id: '',
    origin: 'https://api.test',
    ...given,
  }) satisfies EventRecord

export const attempt = (state: AttemptRecord['state'], given: Given<AttemptRecord> = {}) =>
  ({ k: 'attempt', n: 0, atMs: 150, c: 1, state, ...given }) satisfies AttemptRecord

export const demand = (pending: boolean, given: Given<DemandRecord> = {}) =>
  ({ k: 'demand', n: 0, atMs: 200, c: 1, pending, ...given }) satisfies DemandRecord

/** What DevTools tells of the exchange of `open()` … `end()`. */
export const exchange = (given: Partial<NetworkFacts> = {}): NetworkFacts => ({
  url: 'https://api.test/chat',
  method: 'POST',
  resourceType: 'fetch',
  startedAtMs: 1_700_000_000_101,
  finishedAtMs: 1_700_000_003_299,
  status: 200,
  netError: '',
  protocol: 'h2',
  remoteAddress: '192.0.2.1',
  fromCache: false,
  transferredBytes: 400,
  bodyBytes: -1,
  redirectedTo: '',
  requestHeaders: [],
  responseHeaders: [],
  requestBody: '',
  calledFrom: '',
  timings: { blockedMs: -1, dnsMs: -1, connectMs: -1, sslMs: -1, sendMs: -1, waitMs: -1, receiveMs: -1 },
  resume: null,
  ...given,
})

export const note = (code: NoteRecord['note'], given: Given<NoteRecord> = {}) =>
  ({ k: 'note', n: 0, atMs: 160, c: 1, note: code, detail: '', ...given }) satisfies NoteRecord

export const end = (how: EndRecord['how'] = 'done', given: Given<EndRecord> = {}) =>
  ({
    k: 'end',
    n: 0,
    atMs: 3300,
    c: 1,
    how,
    reason: null,
    by: '',
    stack: '',
    signal: null,
    readyState: -1,
    ...given,
  }) satisfies EndRecord

export const dropped = (records: number, sizeBytes: number, given: Given<DroppedRecord> = {}) =>
  ({ k: 'dropped', n: 0, atMs: 200, c: 1, records, sizeBytes, ...given }) satisfies DroppedRecord

export const reason = (type: string, text = '', name = ''): Reason => ({ type, name, text })

/** Gives records their numbers, from `first` on. */
export function numbered(records: readonly StreamRecord[], first = 1): StreamRecord[] {
  return records.map((record, index) => ({ ...record, n: first + index }))
}

/** One batch of records that have their numbers. */
export function batchOf(records: readonly StreamRecord[], doc = 'd1'): HubToPanel {
  const numbers = records.map(({ n }) => n)
  return {
    k: 'batch',
    doc,
    first: Math.min(...numbers),
    last: Math.max(...numbers),
    json: JSON.stringify(records),
    part: 0,
    more: false,
  }
}

export const welcome: HubToPanel = { k: 'welcome', v: 1, tabId: 1 }
export const reached = (doc = 'd1', frameId = 0, url = 'https://page.test/'): HubToPanel => ({
  k: 'reached',
  doc,
  frameId,
  url,
  capturing: true,
})
export const gone = (doc = 'd1', cached = false, atMs = 1_700_000_005_000): HubToPanel => ({
  k: 'gone',
  doc,
  cached,
  atMs,
})
export const navigated = (url: string, atMs = 1_700_000_005_000): HubToPanel => ({ k: 'navigated', url, atMs })

/** A document that numbers what it sends. */
export function page(doc = 'd1') {
  let last = 0
  return {
    batch(...records: readonly StreamRecord[]): HubToPanel {
      const first = last + 1
      last += records.length
      return batchOf(numbered(records, first), doc)
    },
  }
}
