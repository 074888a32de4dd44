import type { FormEntry, HeaderPair } from '../protocol.ts'
import type { ReplayRequest } from '../replay/request.ts'
import { type SentBody, toBase64, toSentBody, toSentHeaders } from './body.ts'
import { toComments } from './comments.ts'
import { hasFiles, MULTIPART_TYPE, toCrlf, toFilePath, toMultipart } from './multipart.ts'
import { headerOf } from '../headers.ts'

/** Python with httpx, printing the answer while it comes. */
export function toPython(request: ReplayRequest, withWire: boolean): string {
  const sent = toSentBody(request)
  const isRaw = sent.kind === 'form' && !hasFiles(sent.entries) && !isPlainForm(sent.entries)
  const body: SentBody = isRaw ? { kind: 'text', text: toMultipart(sent.entries) } : sent
  const { redirect } = request.options
  const given = toSentHeaders(request, withWire)
  const needsType = isRaw && headerOf(given, 'content-type') === null
  const headers: readonly HeaderPair[] = needsType ? [...given, ['Content-Type', MULTIPART_TYPE]] : given
  const values = [
    toPythonString(request.method),
    toPythonString(request.url),
    ...(headers.length === 0
      ? []
      : [`headers=[\n${headers.map((pair) => `        ${toHeader(pair)},\n`).join('')}    ]`]),
    ...toBodyValue(body),
    // A stream may be silent for long.
    'timeout=None',
    ...(redirect === undefined || redirect === 'follow' ? ['follow_redirects=True'] : []),
  ]
  return [
    ...toComments(request.notes, '#'),
    ...(body.kind === 'bytes' ? ['import base64', ''] : []),
    'import httpx',
    '',
    'with httpx.stream(',
    ...values.map((value) => `    ${value},`),
    ') as response:',
    '    print(response.status_code, response.reason_phrase)',
    '    for text in response.iter_text():',
    '        print(text, end="", flush=True)',
  ].join('\n')
}

/** JSON's escapes mean the same in Python once no half of a surrogate pair is left. */
function toPythonString(text: string): string {
  return JSON.stringify(text.toWellFormed())
}

/** httpx writes text as ASCII; other bytes have to be bytes already. */
function toHeader([name, value]: HeaderPair): string {
  const text = toPythonString(value)
  return `(${toPythonString(name)}, ${/^[\x20-\x7e]*$/.test(value) ? text : `${text}.encode("latin-1")`})`
}

function toBodyValue(body: SentBody): readonly string[] {
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return [`content=${toPythonString(body.text)}.encode()`]
    case 'bytes':
      return [`content=base64.b64decode("${toBase64(body.bytes)}")`]
    case 'form':
      return [`files=[\n${body.entries.map((entry) => `        ${toPart(entry)},\n`).join('')}    ]`]
    default:
      return body satisfies never
  }
}

/** httpx takes an empty form for none, and has its own way with odd names. */
function isPlainForm(entries: readonly FormEntry[]): boolean {
  return entries.length > 0 && entries.every(({ name }) => !/["\\]|\p{Cc}/u.test(name))
}

function toPart(entry: FormEntry): string {
  const name = toPythonString(entry.name)
  if ('value' in entry) return `(${name}, (None, ${toPythonString(toCrlf(entry.value))}))`
  const type = entry.type === '' ? '' : `, ${toPythonString(entry.type)}`
  const file = toPythonString(entry.fileName)
  return `(${name}, (${file}, open(${toPythonString(toFilePath(entry))}, "rb")${type}))`
}
