import type { HeaderPair } from '../protocol.ts'
import { withoutHeader } from '../replay/headers.ts'
import type { ReplayRequest } from '../replay/request.ts'
import { toBase64, toSentBody, toSentHeaders, toUtf8 } from './body.ts'
import { toComments } from './comments.ts'
import { MULTIPART_TYPE, toMultipart } from './multipart.ts'
import { headerOf } from '../headers.ts'

/** RFC 9112: the request as HTTP/1.1 would carry it. Comments before it, as `.http` files have them. */
export function toHttpMessage(request: ReplayRequest, withWire: boolean): string {
  const { text, type, notes } = toBodyText(request)
  const url = URL.parse(request.url)
  const target = url === null ? request.url : `${url.pathname}${url.search}`
  const sent = withoutHeader(toSentHeaders(request, withWire), 'host')
  const headers: readonly HeaderPair[] = [
    ['Host', url?.host ?? ''],
    ...sent,
    ...(type !== '' && headerOf(sent, 'content-type') === null ? [['Content-Type', type] as const] : []),
    ...(text === null ? [] : [['Content-Length', String(toUtf8(text).length)] as const]),
  ]
  return [
    ...toComments([...request.notes, ...notes], '#'),
    `${oneLine(request.method)} ${oneLine(target)} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`.trimEnd()),
    '',
    text ?? '',
  ].join('\r\n')
}

interface BodyText {
  /** Null for none. */
  readonly text: string | null
  readonly type: string
  readonly notes: readonly string[]
}

function toBodyText(request: ReplayRequest): BodyText {
  const body = toSentBody(request)
  const none = { text: null, type: '', notes: [] }
  switch (body.kind) {
    case 'none':
      return request.method === 'POST' || request.method === 'PUT' ? { ...none, text: '' } : none
    case 'text':
      return { ...none, text: body.text }
    case 'bytes':
      return { ...none, notes: [`The body is not text and left out. In base64: ${toBase64(body.bytes)}`] }
    case 'form':
      return { ...none, text: toMultipart(body.entries), type: MULTIPART_TYPE }
    default:
      return body satisfies never
  }
}

/** What is not valid must not become a header of its own. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]/gu, '?')
}
