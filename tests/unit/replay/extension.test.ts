/** What the panel sends itself, as records in a session. */
import { expect, test } from 'vitest'
import { createPanelRecorder, EXTENSION_DOC } from '../../../lib/replay/extension/recorder.ts'
import { createChunkReader } from '../../../lib/replay/extension/utf8.ts'
import { toReplayRequest } from '../../../lib/replay/request.ts'
import { createSession } from '../../../lib/session/session.ts'
import { createRandom, exchange } from '../../helpers/stream-builders.ts'

const OPENING = {
  transport: 'fetch',
  method: 'POST',
  url: 'https://api.test/chat',
  headers: [['Cookie', 'a=b']],
  body: { kind: 'none' },
  options: {},
  stack: '',
  asked: '',
  replay: { run: 'r', of: '' },
} as const
const HEAD = {
  status: 200,
  statusText: 'OK',
  type: 'basic',
  redirected: false,
  url: '',
  headers: [['content-type', 'text/event-stream']],
  declared: '',
} as const

function createPanel() {
  const timers: (() => void)[] = []
  let nowMs = 0
  const session = createSession({ schedule: (run) => run() })
  const recorder = createPanelRecorder((message) => session.apply(message), {
    now: () => (nowMs += 1),
    timeOriginMs: 1_700_000_000_000,
    later: (run) => void timers.push(run),
  })
  const connection = () => {
    const [row] = session.rows
    if (row?.kind !== 'connection') throw new Error('no connection')
    return row.connection
  }
  return { session, recorder, connection, pass: () => timers.splice(0).forEach((run) => run()) }
}
const bytes = (text: string) => new TextEncoder().encode(text)

test('it streams into the session as a connection of a document of its own', () => {
  const { session, recorder, connection, pass } = createPanel()
  const log = recorder.open(OPENING)
  expect(connection()).toMatchObject({ state: 'connecting', replayOf: { number: null }, frame: { top: false } })
  expect(connection().frame.doc).toBe(EXTENSION_DOC)
  log.head(HEAD)
  log.chunk(bytes('data: 1\n\ndata: 2'))
  pass()
  expect(connection()).toMatchObject({ state: 'open', eventCount: 1, framing: 'sse' })
  log.chunk(bytes('\n\n'))
  log.end({ how: 'done' })
  log.end({ how: 'error' })
  expect(connection()).toMatchObject({ state: 'completed', eventCount: 2, sizeBytes: 18 })
  expect(session.losses).toEqual([])
  expect(session.pageUrl).toBe('')
})

test('what comes after its end is not written down', () => {
  const { session, recorder, connection, pass } = createPanel()
  const log = recorder.open(OPENING)
  log.end({ how: 'cancel', by: 'replay stopped' })
  log.head(HEAD)
  log.chunk(bytes('data: 1\n\n'))
  log.event({ type: 'message', data: '1', id: '', origin: '' })
  log.attempt('open')
  pass()
  expect(connection()).toMatchObject({ state: 'cancelled', head: null, eventCount: 0, sizeBytes: 0 })
  expect(session.losses).toEqual([])
})

test('sent again, it has the headers that it had', () => {
  const { recorder, connection } = createPanel()
  recorder.open(OPENING)
  expect(toReplayRequest(connection())).toMatchObject({ headers: [['Cookie', 'a=b']], notes: [] })
})

test('a failure blames no page and no CORS, which the extension is free of', () => {
  const { recorder, connection } = createPanel()
  recorder.open(OPENING).end({ how: 'error', reason: { type: 'Error', name: 'TypeError', text: 'Failed to fetch' } })
  expect(connection().ending).toMatchObject({ verdict: 'unreachable', who: 'network' })
  expect(connection().ending?.sentence).toMatch(/^Failed .*The extension is not told why/)
})

test('what DevTools tells of the tab is never taken for it', () => {
  const { session, recorder, connection } = createPanel()
  const log = recorder.open(OPENING)
  log.end({ how: 'done' })
  session.apply({ k: 'network', facts: exchange({ startedAtMs: 1_700_000_000_002, finishedAtMs: 1_700_000_000_003 }) })
  expect(connection().network).toEqual([])
})

test('it is recorded also while the page’s own connections are left out', () => {
  const { session, recorder } = createPanel()
  session.recording.value = false
  recorder.open(OPENING)
  expect(session.rows).toHaveLength(1)
})

test('text that is cut anywhere is whole again, and every chunk can be decoded by itself', () => {
  const text = 'aé€😀\u0000ß漢字 end'
  const all = bytes(text)
  const seed = Date.now() % 100_000
  const random = createRandom(seed)
  for (let round = 0; round < 300; round += 1) {
    const reader = createChunkReader()
    let read = ''
    for (let at = 0; at < all.length;) {
      const size = round === 0 ? 1 : Math.floor(random() * 6)
      const part = reader.read(all.slice(at, at + size))
      expect(part, `seed ${seed}`).not.toHaveProperty('raw')
      read += part.text
      at += size
    }
    expect(reader.rest()).toBe(null)
    expect(read, `seed ${seed}`).toBe(text)
  }
})

test('bytes that are not UTF-8 are kept as they are', () => {
  const reader = createChunkReader()
  expect(reader.read(Uint8Array.of(97, 0xff, 98))).toEqual({ text: 'a\ufffdb', raw: 'Yf9i' })
  expect(reader.read(Uint8Array.of(0xe2, 0x82))).toEqual({ text: '' })
  expect(reader.rest()).toEqual({ text: '\ufffd', raw: '4oI=' })
})
