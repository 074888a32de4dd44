/** Requests that are easily written down wrong. */
import type { HeaderPair, RecordedBody } from '../../../lib/protocol.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { connectionOf } from '../session/connection-of.ts'

export interface OddRequest {
  readonly method?: string
  readonly path?: string
  readonly headers?: readonly HeaderPair[]
  readonly body?: RecordedBody
  readonly options?: Readonly<Record<string, string>>
  readonly transport?: Connection['transport']
}

export const text = (body: string, type = 'application/json'): OddRequest => ({
  method: 'POST',
  headers: type === '' ? [] : [['Content-Type', type]],
  body: { kind: 'text', text: body, sizeBytes: Buffer.byteLength(body), cut: false },
})
const bytes = (body: Uint8Array, type: string): OddRequest => ({
  method: 'PUT',
  body: { kind: 'bytes', base64: Buffer.from(body).toString('base64'), sizeBytes: body.length, cut: false, type },
})
const form = (...entries: (readonly [string, string])[]): OddRequest => ({
  method: 'POST',
  body: { kind: 'form', entries: entries.map(([name, value]) => ({ name, value })) },
})

/** Signs that mean something to one shell or the other. */
const SIGNS = `it's "quoted" \\back\\" \\\\ $HOME $(id) \`id\` %PATH% %20 %% !bang! ^caret^ & | < > ; ~ # * ? [x] {1,2} (y) \u201ctypographic\u201d \u2018single\u2019`
const ASCII_SIGNS = SIGNS.replace(/[^\x20-\x7e]/g, '')

export const ODD_REQUESTS: Readonly<Record<string, OddRequest>> = {
  'plain GET': {},
  'a path and a query full of signs': {
    path: `/it's/$(id)/\`id\`/!bang/a%20b/{x,y}/[1-3]/é?q=it's&w=%PATH%&x=%20%25&y="&z=a^b|c&e=[]&t=$HOME;x#fragment`,
  },
  'header values full of signs': {
    headers: [
      ['X-Signs', ASCII_SIGNS],
      ['X-At', '@/etc/hostname'],
      ['X-Semicolon', 'a;'],
      ['X-Backslash', 'ends with \\'],
    ],
  },
  'a header value beyond ASCII': { headers: [['X-Latin', 'caf\u00e9!']] },
  'an empty header': {
    headers: [
      ['X-Empty', ''],
      ['X-After', 'there'],
    ],
  },
  'headers of one name': {
    headers: [
      ['X-Twice', 'one'],
      ['x-twice', ' two '],
    ],
  },
  'a header name of signs': { headers: [["X!#$%&'*+-.^_`|~", 'odd']] },
  'JSON that a parser would change': text('{"id": 12345678901234567890,"b":1.0,"a":"\\u00e9","a":2}'),
  'JSON that stays the same': text('{"model":"m","messages":[{"role":"user","content":"it\'s \\"so\\"\\n"}],"n":1}'),
  'JSON with __proto__': text('{"__proto__":{"a":1}}'),
  'text full of signs': text(SIGNS, 'text/plain;charset=UTF-8'),
  'text of several lines': text(`\nfirst\n'@\nEOF\n"@\n\n${SIGNS}\n\n`, 'text/plain'),
  'carriage returns, tabs and control characters': text('a\r\nb\rc\td\u0001\u001b[31m\u007f\u0085e\n', 'text/plain'),
  'text that starts with @': text('@/etc/hostname', 'text/plain'),
  'text that is one line end': text('\n', 'text/plain'),
  'an empty text': text('', 'text/plain'),
  unicode: text('grüße 漢字 🎉 \u2028 \u200b e\u0301 \ufeff', 'text/plain'),
  'a byte order mark at the start': text('\ufeffa', 'text/plain'),
  'half a surrogate pair': text('a\ud83cb', 'text/plain'),
  'NUL bytes': text('a\0b\0', 'text/plain'),
  'a type that the browser adds': text('hello', ''),
  "a form in the URL's encoding": text('a=1&b=%26+x', 'application/x-www-form-urlencoded;charset=UTF-8'),
  'every byte': bytes(
    Uint8Array.from({ length: 256 }, (_, index) => index),
    '',
  ),
  'every byte, with a type': bytes(
    Uint8Array.from({ length: 256 }, (_, index) => 255 - index),
    'image/png',
  ),
  'bytes that are text': bytes(Buffer.from(`{"it's": true}\n`), ''),
  'a long text': text("it's long ".repeat(26_000), 'text/plain'),
  'a long text of long characters': text('漢字'.repeat(30_000), 'text/plain'),
  'a form': form(
    ['a', '1'],
    ['a', '2'],
    ['at', '@/etc/hostname'],
    ['less', '</etc/hostname'],
    ['t', 'x;type=text/html'],
    ['empty', ''],
  ),
  'a form full of signs': form(['signs', SIGNS], ['grüße', '漢字 🎉'], ['lines', 'a\nb\r\nc\rd'], ['tabs', '\t']),
  'a form whose names are odd': form(['a=b', '1'], ['"q"', '2'], ['l\nine', '3'], ['s;type=x', '4'], ['', '5']),
  'a form with NUL': form(['nul', 'a\0b']),
  'an empty form': form(),
  'POST without a body': { method: 'POST' },
  'PUT without a body': { method: 'PUT' },
  'DELETE without a body': { method: 'DELETE' },
  'DELETE with a body': { ...text('{"a":1}'), method: 'DELETE' },
  'a method of its own': { method: 'PURGE' },
  HEAD: { method: 'HEAD' },
  'an EventSource': { transport: 'eventsource', options: { withCredentials: 'true' } },
}

export function connectionFor(odd: OddRequest, origin: string): Connection {
  const { method = 'GET', path = '/', headers = [], body = { kind: 'none' }, options = {}, transport = 'fetch' } = odd
  const url = `${origin}${path}`
  return connectionOf({
    k: 'open',
    n: 1,
    c: 1,
    atMs: 10,
    transport,
    method,
    url,
    headers,
    body,
    options,
    stack: '',
    asked: '',
  })
}
