import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, expect, test } from 'vitest'
import { BodyView } from '../../../../components/exchange/BodyView.tsx'
import { ResponseView } from '../../../../components/exchange/ResponseView.tsx'
import { applyLanguage } from '../../../../lib/i18n/languages.ts'
import type { NetworkFacts, NoteCode, RecordedBody } from '../../../../lib/protocol.ts'
import type { Connection } from '../../../../lib/session/types.ts'
import { connectionFor } from '../../export/odd-requests.ts'
import { englishLeft } from '../english-left.ts'

afterEach(() => applyLanguage('en', ''))

async function shownInChinese(view: preact.ComponentChild): Promise<HTMLElement> {
  const root = document.createElement('div')
  document.body.replaceChildren(root)
  await act(() => render(view, root))
  await act(() => applyLanguage('zh-CN', ''))
  return root
}

const BODIES: Readonly<Record<string, RecordedBody>> = {
  none: { kind: 'none' },
  'cut text': { kind: 'text', text: 'a b', sizeBytes: 9_000, cut: true },
  form: {
    kind: 'form',
    entries: [
      { name: 'a', value: 'b' },
      { name: 'f', fileName: 'x.bin', type: '', sizeBytes: 12 },
    ],
  },
  'empty form': { kind: 'form', entries: [] },
  bytes: { kind: 'bytes', base64: 'AAEC', sizeBytes: 3, cut: false, type: '' },
  'typed bytes': { kind: 'bytes', base64: 'AAEC', sizeBytes: 3, cut: true, type: 'image/png' },
  stream: { kind: 'stream' },
  unseen: { kind: 'unseen', why: 'The page gave an object that the browser turns into text.' },
}

test.each(Object.entries(BODIES))('this body is Chinese throughout: %s', async (_name, body) => {
  const root = await shownInChinese(<BodyView body={body} />)
  expect(root.textContent).toMatch(body.kind === 'form' && body.entries.length > 0 ? /文件/ : /\p{Script=Han}/u)
  expect(englishLeft(root)).toEqual([])
})

const NOTES = [
  'rebuilt',
  'held-open',
  'unseen-consumer',
  'read-by',
  'no-text-until-end',
  'listens-to',
  'cut',
] as const satisfies readonly NoteCode[]

const FACTS: NetworkFacts = {
  url: 'https://a.test/',
  method: 'GET',
  resourceType: 'fetch',
  startedAtMs: 1_000,
  finishedAtMs: 2_000,
  status: 0,
  netError: 'net::ERR_FAILED',
  protocol: 'h2',
  remoteAddress: '[::1]:80',
  fromCache: false,
  transferredBytes: 10,
  bodyBytes: 9,
  redirectedTo: 'https://b.test/',
  requestHeaders: [['Cookie', 'a']],
  responseHeaders: [['Server', 'x']],
  requestBody: '',
  calledFrom: '',
  timings: { blockedMs: 1, dnsMs: 1, connectMs: 1, sslMs: 1, sendMs: 1, waitMs: 1, receiveMs: 1 },
  resume: { retryMs: 1, lastEventId: '' },
}

function answered(): Connection {
  const connection = connectionFor({}, 'https://a.test')
  return {
    ...connection,
    attempts: 2,
    head: {
      k: 'head',
      n: 2,
      c: 1,
      atMs: 20,
      status: 0,
      statusText: '',
      type: 'cors',
      redirected: true,
      url: 'https://a.test/x',
      headers: [],
      declared: 'Content-Type: text/event-stream',
    },
    end: {
      k: 'end',
      n: 3,
      c: 1,
      atMs: 30,
      how: 'cancel',
      reason: { type: 'string', name: '', text: 'x' },
      by: 'reader.cancel',
      stack: '',
      signal: null,
      readyState: -1,
    },
    firstByteAtMs: 21,
    firstEventAtMs: 22,
    lastByteAtMs: 23,
    dropped: { records: 2, sizeBytes: 100 },
    notes: NOTES.map((note) => ({ k: 'note', n: 4, c: 1, atMs: 25, note, detail: 'clone()' })),
    network: [{ ...FACTS, status: 200 }, FACTS],
  }
}

test.each(['fetch', 'eventsource', 'xhr'] as const)(
  'a response of %s with all that may be known of it is Chinese throughout',
  async (transport) => {
    const connection = { ...answered(), transport }
    const root = await shownInChinese(<ResponseView connection={connection} />)
    expect(root.textContent).toContain('网络（来自 DevTools），第 2 次交互，共 2 次：重定向')
    expect(root.textContent).toContain('2 个数据块（100 B）在显示之前已丢弃。')
    expect(englishLeft(root)).toEqual([])
  },
)

test('a request that never got an answer is Chinese throughout', async () => {
  const root = await shownInChinese(<ResponseView connection={connectionFor({}, 'https://a.test')} />)
  expect(root.textContent).toContain('没有响应。')
  expect(englishLeft(root)).toEqual([])
})
