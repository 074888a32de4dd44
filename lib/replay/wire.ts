/** A plan's request as the browser takes it: what of its headers goes out, its body in bytes, and how both are recorded. */
import { fromBase64, toBase64, toUtf8 } from '../export/body.ts'
import { headerOf } from '../headers.ts'
import type { FormEntry, HeaderPair, PageReplay, RecordedBody, ReplayMark } from '../protocol.ts'
import type { Connection } from '../session/types.ts'
import { toGivenHeaders } from './headers.ts'
import {
  type ReplayPlan,
  type SendableBody,
  type SendableEntry,
  type SendableRequest,
  USUAL_OPTIONS,
} from './replay.ts'

/** What is kept of a body for its record; as much as capture keeps of a page's. */
const RECORDED_CHARS = 256 * 1024

/** As the page's own native functions are to send it. */
export async function toPageReplay(
  { request, as }: ReplayPlan,
  mark: ReplayMark,
  original: Connection | null,
): Promise<PageReplay> {
  const isSource = as === 'eventsource'
  const given = toGivenHeaders(request.headers).headers
  const { content, type } = isSource ? { content: null, type: '' } : await toContent(request.body)
  const headers = isSource ? [] : withType(given, type)
  return {
    mark,
    as,
    method: isSource ? 'GET' : request.method,
    url: request.url,
    headers,
    options: isSource
      ? { withCredentials: String(request.credentials === 'include') }
      : toOptions(request, ['mode', 'credentials', 'redirect', 'cache', 'referrer', 'referrerPolicy']),
    content,
    body: isSource ? { kind: 'none' } : toRecordedBody(request.body),
    asked: askedOf(headers, original),
    types: isSource && original !== null ? typesOf(original) : [],
    timeoutMs: isSource ? null : request.timeoutMs,
  }
}

type OptionName = keyof typeof USUAL_OPTIONS

/** Those that are not the Fetch standard's own choice anyway. */
export function toOptions(request: SendableRequest, names: readonly OptionName[]): Record<string, string> {
  const told = names.filter((name) => request[name] !== USUAL_OPTIONS[name])
  return Object.fromEntries(told.map((name) => [name, request[name]]))
}

/** Why it counts as a stream, as capture says it of a page's request; empty when it does not. */
export function askedOf(headers: readonly HeaderPair[], original: Connection | null): string {
  const accept = headerOf(headers, 'accept')
  return accept?.includes('text/event-stream') === true ? `Accept: ${accept}` : (original?.open.asked ?? '')
}

/** Types that events of the original had, or that its page listened to. */
export function typesOf({ entries, notes }: Connection): readonly string[] {
  const types = new Set(notes.filter(({ note }) => note === 'listens-to').map(({ detail }) => detail))
  for (let index = 0; index < entries.length; index += 1) types.add(entries.typeOf(index))
  for (const own of ['', 'message', 'open', 'error']) types.delete(own)
  return [...types]
}

type Content = PageReplay['content']

/** The bytes that go out, and their type where the body names it: a form's has the boundary in it. */
async function toContent(body: SendableBody): Promise<{ readonly content: Content; readonly type: string }> {
  switch (body.kind) {
    case 'none':
    case 'missing':
      return { content: null, type: '' }
    case 'text':
      return { content: { text: body.text }, type: '' }
    case 'bytes':
      return { content: { base64: body.base64 }, type: body.type }
    case 'form': {
      const encoded = new Response(toFormData(body.entries))
      const type = encoded.headers.get('content-type') ?? ''
      return { content: { base64: toBase64(new Uint8Array(await encoded.arrayBuffer())) }, type }
    }
    default:
      return body satisfies never
  }
}

/** The body's own type, unless a header says another, be it that a form's boundary is missing then. */
function withType(headers: readonly HeaderPair[], type: string): readonly HeaderPair[] {
  return type === '' || headerOf(headers, 'content-type') !== null ? headers : [...headers, ['Content-Type', type]]
}

export function toFormData(entries: readonly SendableEntry[]): FormData {
  const form = new FormData()
  for (const entry of entries) {
    if ('value' in entry) form.append(entry.name, entry.value)
    else form.append(entry.name, new Blob([fromBase64(entry.base64 ?? '')], { type: entry.type }), entry.fileName)
  }
  return form
}

export function toRecordedBody(body: SendableBody): RecordedBody {
  switch (body.kind) {
    case 'none':
    case 'missing':
      return { kind: 'none' }
    case 'text': {
      const { length } = toUtf8(body.text)
      const cut = body.text.length > RECORDED_CHARS
      return { kind: 'text', text: body.text.slice(0, RECORDED_CHARS), sizeBytes: length, cut }
    }
    case 'bytes': {
      const cut = body.base64.length > RECORDED_CHARS
      const base64 = body.base64.slice(0, RECORDED_CHARS)
      return { kind: 'bytes', base64, sizeBytes: toSizeBytes(body.base64), cut, type: body.type }
    }
    case 'form':
      return { kind: 'form', entries: body.entries.map(toRecordedEntry) }
    default:
      return body satisfies never
  }
}

function toRecordedEntry(entry: SendableEntry): FormEntry {
  if ('value' in entry) return { name: entry.name, value: entry.value }
  const { name, fileName, type, base64 } = entry
  return { name, fileName, type, sizeBytes: toSizeBytes(base64 ?? '') }
}

/** Of what `base64` stands for, without decoding it. */
export function toSizeBytes(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  return (base64.length / 4) * 3 - padding
}
