/** A recorded body as what can be sent. What was not recorded of it is said by the request's notes. */
import type { FormEntry, HeaderPair } from '../protocol.ts'
import { withoutHeader } from '../replay/headers.ts'
import type { ReplayRequest } from '../replay/request.ts'
import { headerOf } from '../headers.ts'

export type SentBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'form'; readonly entries: readonly FormEntry[] }

export function toSentBody({ body }: ReplayRequest): SentBody {
  switch (body.kind) {
    case 'none':
    case 'stream':
    case 'unseen':
      return { kind: 'none' }
    case 'text':
      // As the browser encodes it: half a surrogate pair becomes U+FFFD.
      return { kind: 'text', text: body.text.toWellFormed() }
    case 'bytes': {
      const bytes = fromBase64(body.base64)
      const text = toText(bytes)
      return text === null ? { kind: 'bytes', bytes } : { kind: 'text', text }
    }
    case 'form':
      return { kind: 'form', entries: body.entries }
    default:
      return body satisfies never
  }
}

/**
 * The headers for a sender that is no browser: those from the wire where they are wanted and known, else the page's and
 * what every browser adds by the standards. A form's type is left out: its boundary is the sender's.
 */
export function toSentHeaders(request: ReplayRequest, withWire: boolean): readonly HeaderPair[] {
  const { body, headers, wireHeaders, transport } = request
  const all = withWire && wireHeaders !== null ? wireHeaders : withStandardHeaders(headers, transport)
  if (body.kind === 'form') return headerOf(headers, 'content-type') === null ? withoutHeader(all, 'content-type') : all
  const type = toContentType(request)
  return type === '' || headerOf(all, 'content-type') !== null ? all : [...all, ['Content-Type', type]]
}

/** What the request said, or the browser says for such a body (Fetch standard, "extract a body"); empty if nothing. */
export function toContentType({ headers, wireHeaders, body }: ReplayRequest): string {
  const told = headerOf(headers, 'content-type') ?? headerOf(wireHeaders ?? [], 'content-type')
  if (told !== null) return told
  if (body.kind === 'text') return 'text/plain;charset=UTF-8'
  return body.kind === 'bytes' ? body.type : ''
}

/** HTML standard, "the EventSource constructor"; Fetch standard, cache mode `no-store`. */
function withStandardHeaders(
  headers: readonly HeaderPair[],
  transport: ReplayRequest['transport'],
): readonly HeaderPair[] {
  if (transport !== 'eventsource') return headers
  return [['Accept', 'text/event-stream'], ['Cache-Control', 'no-cache'], ...headers]
}

/** Null for what is no UTF-8. A byte order mark stays. */
function toText(bytes: Uint8Array<ArrayBuffer>): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // Not text: it is sent as bytes.
    return null
  }
}

/** Empty for what is no base64. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  } catch {
    // A record that is not as it should be: there is nothing to send.
    return new Uint8Array()
  }
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
