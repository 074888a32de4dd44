import { expect, test } from 'vitest'
import { toCurlBash } from '../../../lib/export/curl-bash.ts'
import { toCurlCmd } from '../../../lib/export/curl-cmd.ts'
import { COPY_FORMATS } from '../../../lib/export/copy-as.ts'
import { toEventSource, whyNoEventSource } from '../../../lib/export/event-source.ts'
import { toFetch } from '../../../lib/export/fetch.ts'
import { toHttpMessage } from '../../../lib/export/http-message.ts'
import { toPython } from '../../../lib/export/python.ts'
import type { HeaderPair, NetworkFacts, RecordedBody } from '../../../lib/protocol.ts'
import { applyLanguage } from '../../../lib/i18n/languages.ts'
import { toReplayNotes, toReplayRequest } from '../../../lib/replay/request.ts'
import { connectionFor, type OddRequest, text } from './odd-requests.ts'

const ORIGIN = 'https://a.test'
const requestOf = (odd: OddRequest) => toReplayRequest(connectionFor(odd, ORIGIN))

/** With DevTools' facts of the exchange. */
function seenByDevTools(odd: OddRequest, requestHeaders: readonly HeaderPair[]) {
  const connection = connectionFor(odd, ORIGIN)
  const facts: NetworkFacts = {
    url: connection.open.url,
    method: connection.open.method,
    resourceType: 'fetch',
    startedAtMs: 0,
    finishedAtMs: 1,
    status: 200,
    netError: '',
    protocol: 'h2',
    remoteAddress: '',
    fromCache: false,
    transferredBytes: -1,
    bodyBytes: -1,
    redirectedTo: '',
    requestHeaders,
    responseHeaders: [],
    requestBody: '',
    calledFrom: '',
    timings: { blockedMs: -1, dnsMs: -1, connectMs: -1, sslMs: -1, sendMs: -1, waitMs: -1, receiveMs: -1 },
    resume: null,
  }
  return toReplayRequest({ ...connection, network: [facts] })
}

test('headers are joined and trimmed as the browser does, and those it does not send are named', () => {
  const { headers, notes } = requestOf({
    headers: [
      ['X-A', ' one\t'],
      ['x-a', 'two'],
      ['Cookie', 'a=b'],
      ['Sec-Fetch-Mode', 'x'],
      ['X-Broken', 'a\nInjected: b'],
      ['not a name', 'x'],
      ['X-High', '漢'],
    ],
  })
  expect(headers).toEqual([['X-A', 'one, two']])
  expect(notes).toEqual([
    'The header Cookie that the page gave is left out: the browser does not send it for a page.',
    'The header Sec-Fetch-Mode that the page gave is left out: the browser does not send it for a page.',
    'The header X-Broken is left out: no request can carry it.',
    'The header not a name is left out: no request can carry it.',
    'The header X-High is left out: no request can carry it.',
  ])
})

test('headers that the browser added are there where DevTools told them, and can be left out', () => {
  const request = seenByDevTools(
    {
      headers: [
        ['X-Own', '1'],
        ['Authorization', 'Bearer a'],
      ],
    },
    [
      [':authority', 'a.test'],
      ['cookie', 'sid=1'],
      ['accept-encoding', 'gzip, br'],
      ['content-length', '3'],
      ['x-own', '1'],
      ['user-agent', 'Browser'],
    ],
  )
  expect(request.wireHeaders).toEqual([
    ['cookie', 'sid=1'],
    ['x-own', '1'],
    ['user-agent', 'Browser'],
    // What DevTools keeps to itself.
    ['Authorization', 'Bearer a'],
  ])
  const whole = toCurlBash(request, true)
  expect(whole).toContain("-H 'cookie: sid=1'")
  expect(whole).toContain('--compressed')
  const own = toCurlBash(request, false)
  expect(own).toContain("-H 'X-Own: 1'")
  expect(own).not.toContain('cookie')
  expect(toFetch(request)).not.toContain('cookie')
})

test('an exchange of another request lends no headers', () => {
  const connection = connectionFor({ path: '/b' }, ORIGIN)
  const other = seenByDevTools({ path: '/a' }, [['cookie', 'x']])
  expect(other.wireHeaders).not.toBeNull()
  expect(toReplayRequest(connection).wireHeaders).toBeNull()
})

test.each<[string, RecordedBody, RegExp]>([
  ['a cut text', { kind: 'text', text: 'abc', sizeBytes: 900, cut: true }, /Only the beginning .* 900 bytes/],
  [
    'cut bytes',
    { kind: 'bytes', base64: 'AAEC', sizeBytes: 900, cut: true, type: '' },
    /Only the beginning .* 900 bytes/,
  ],
  [
    'bytes not read',
    { kind: 'bytes', base64: '', sizeBytes: 9, cut: true, type: '' },
    /missing: 9 bytes that were not recorded/,
  ],
  ['a stream', { kind: 'stream' }, /missing: it was a stream/],
  ['an unseen body', { kind: 'unseen', why: 'So it is.' }, /missing: it could not be seen. So it is./],
  [
    'a file',
    { kind: 'form', entries: [{ name: 'f', fileName: 'x.png', type: 'image/png', sizeBytes: 5 }] },
    /The file x.png .5 bytes. was not recorded/,
  ],
])('%s is said in every text', (_, body, said) => {
  const connection = connectionFor({ method: 'POST', body }, ORIGIN)
  for (const { label, make, whyNot } of COPY_FORMATS) {
    if (whyNot !== undefined) continue
    expect([label, make(connection, { withSecrets: false, withWire: true })]).toEqual([
      label,
      expect.stringMatching(said),
    ])
  }
})

test("a file's name is never a path to a file of the user, nor a command", () => {
  const fileName = '/home/me/.ssh/id_rsa"; touch /tmp/x; "\n$(id)'
  const body: RecordedBody = { kind: 'form', entries: [{ name: 'f', fileName, type: 'a/b;x=@y', sizeBytes: 5 }] }
  const request = requestOf({ method: 'POST', body })
  const [comment = '', ...command] = toCurlBash(request, true).split('\n')
  expect(comment).toMatch(/^# [\w .,:/?-]+$/)
  expect(command.join('\n')).toContain('f=@"path/to/x; \\"_$(id)";filename=')
  expect(command.join('\n')).not.toContain('type=')
  expect(toPython(request, true)).toContain('open("path/to/x; \\"_$(id)", "rb")')
})

test("a field's name and an invalid URL cannot make curl read or write a file", () => {
  const name = 'x=@/etc/passwd;y'
  const body: RecordedBody = { kind: 'form', entries: [{ name, fileName: 'a', type: '', sizeBytes: 5 }] }
  const request = requestOf({ method: 'POST', body })
  expect(toCurlBash(request, true)).toContain(`-F 'x_@/etc/passwd_y=@"path/to/a"`)
  expect(toCurlBash(request, true)).toMatch(/^# Names or values of the form may not arrive/m)
  expect(toCurlBash({ ...request, url: '-o/tmp/x' }, true)).toContain("curl --url '-o/tmp/x'")
  expect(toCurlCmd({ ...request, url: '-o/tmp/x' }, true)).toContain('curl.exe --url ^"-o/tmp/x^"')
})

test('an invalid URL stays as the page gave it, and makes no line of its own', () => {
  const connection = connectionFor({}, ORIGIN)
  const open = { ...connection.open, url: 'http://[bad\nHost: evil', method: 'GE\r\nX: y' }
  const request = toReplayRequest({ ...connection, open })
  expect(request.notes).toContain('The URL is not valid; it stands here as the page gave it.')
  const lines = toHttpMessage(request, true)
    .split('\r\n')
    .filter((line) => !line.startsWith('#'))
  expect(lines[0]).toBe('GE??X:?y http://[bad?Host:?evil HTTP/1.1')
})

test('what a guess at the type rests on is said', () => {
  expect(requestOf(text('a=1&b=2', '')).notes).toEqual([expect.stringContaining('Content-Type is a guess')])
  expect(requestOf(text('{"a":1}', '')).notes).toEqual([])
  expect(requestOf(text('a=1', 'text/plain')).notes).toEqual([])
})

test('notes are read in the user’s language, and written into code in English', () => {
  const odd: OddRequest = { headers: [['Cookie', 'a=b']], body: { kind: 'stream' } }
  const english = requestOf(odd).notes
  expect(english).toHaveLength(2)
  expect(toReplayNotes(connectionFor(odd, ORIGIN))).toEqual(english)
  applyLanguage('zh-CN', '')
  try {
    expect(requestOf(odd).notes).toEqual(english)
    expect(toCurlBash(requestOf(odd), true)).toContain('# The body is missing: it was a stream')
    expect(toReplayNotes(connectionFor(odd, ORIGIN))).toEqual([
      '页面提供的标头 Cookie 已省略：浏览器不会替页面发送它。',
      '缺少正文：它是一个流，已原样留给请求。',
    ])
  } finally {
    applyLanguage('en', '')
  }
})

test('fetch has the options that are not as usual', () => {
  const options = {
    mode: 'cors',
    credentials: 'include',
    cache: 'no-store',
    redirect: 'error',
    keepalive: 'true',
    referrer: 'about:client',
    duplex: 'half',
  }
  const code = toFetch(requestOf({ options }))
  expect(code).toContain("credentials: 'include',\n  cache: 'no-store',\n  redirect: 'error',\n  keepalive: true,\n")
  expect(code).not.toMatch(/mode|referrer|duplex/)
  expect(toFetch(requestOf({ transport: 'xhr', options: { withCredentials: 'true', timeout: '5' } }))).toContain(
    "credentials: 'include'",
  )
})

test('curl follows redirects only where the request did', () => {
  expect(toCurlBash(requestOf({}), true)).toContain(' -L')
  expect(toCurlBash(requestOf({ options: { redirect: 'manual' } }), true)).not.toContain(' -L')
})

test('EventSource listens to the types that came, and says what it cannot send', () => {
  const request = requestOf({
    transport: 'fetch',
    headers: [['Authorization', 'Bearer a']],
    options: { credentials: 'include' },
  })
  const code = toEventSource(request, ["it's", 'message', 'update', 'error'])
  expect(code).toContain("new EventSource('https://a.test/', { withCredentials: true })")
  expect(code).toContain("['message', 'it\\'s', 'update']")
  expect(code).toContain('// An EventSource cannot send the header Authorization.')
  expect(whyNoEventSource(request)).toBe('')
  expect(whyNoEventSource(requestOf({ method: 'POST' }))).toBe('sends GET only, not POST')
})

test('bytes that are no text are said in an HTTP message, not put in wrong', () => {
  const body: RecordedBody = { kind: 'bytes', base64: '//79', sizeBytes: 3, cut: false, type: 'image/png' }
  const message = toHttpMessage(requestOf({ method: 'PUT', body }), true)
  expect(message).toMatch(/^# The body is not text and left out\. In base64: \/\/79\r\nPUT \/ HTTP/)
  expect(message).toMatch(/Content-Type: image\/png\r\n\r\n$/)
})
