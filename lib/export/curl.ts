/** A request as what curl is told; each shell writes that down in its own way. */
import type { FormEntry } from '../protocol.ts'
import type { ReplayRequest } from '../replay/request.ts'
import { type SentBody, toSentBody, toSentHeaders } from './body.ts'
import { hasFiles, MULTIPART_TYPE, toCrlf, toFilePath, toMultipart } from './multipart.ts'
import { headerOf } from '../headers.ts'

export interface CurlCall {
  readonly url: string
  /** Long names without the dashes; null where an option has no value. A value's characters are bytes in `header`, UTF-8 elsewhere. */
  readonly options: readonly (readonly [name: string, value: string | null])[]
  /** Comes beside the options: shells differ in what they can pass on. */
  readonly body: Exclude<SentBody, { kind: 'form' }>
  /** The request's, and what curl cannot do of it. */
  readonly notes: readonly string[]
}

/** `fits` says which texts can stand in an option; a form with others goes as a body. */
export function toCurlCall(request: ReplayRequest, withWire: boolean, fits: (text: string) => boolean): CurlCall {
  const sent = toSentBody(request)
  const form = sent.kind === 'form' ? sent.entries : null
  const plain =
    form?.every((entry) => isPlain(entry) && Object.values(entry).every((part) => fits(String(part)))) ?? true
  const asOptions = form !== null && form.length > 0 && (hasFiles(form) || plain)
  const body =
    sent.kind !== 'form' ? sent : ({ kind: asOptions ? 'none' : 'text', text: toMultipart(sent.entries) } as const)
  const headers = [...toSentHeaders(request, withWire)]
  if (form !== null && !asOptions && headerOf(headers, 'content-type') === null)
    headers.push(['Content-Type', MULTIPART_TYPE])
  const takesBody = body.kind !== 'none' || asOptions
  const { method } = request
  // Fetch standard, "HTTP-network-or-cache fetch": these say that they have no body.
  const saysEmpty = !takesBody && (method === 'POST' || method === 'PUT')
  return {
    url: request.url,
    options: [
      ['no-buffer', null],
      ...(/[[\]{}]/.test(request.url) ? [['globoff', null] as const] : []),
      ...(follows(request) ? [['location', null] as const] : []),
      // The browser's Accept-Encoding is left out: curl asks for what it can decode.
      ...(withWire && request.wireHeaders !== null ? [['compressed', null] as const] : []),
      ...methodOption(method, takesBody || saysEmpty),
      ...headers.map(([name, value]) => ['header', value === '' ? `${name};` : `${name}: ${value}`] as const),
      // Else curl says that it is a form.
      ...((body.kind !== 'none' || saysEmpty) && headerOf(headers, 'content-type') === null
        ? [['header', 'Content-Type:'] as const]
        : []),
      ...(asOptions ? form.map(formOption) : []),
    ],
    body: saysEmpty ? { kind: 'text', text: '' } : body,
    notes:
      asOptions && !plain
        ? [...request.notes, 'Names or values of the form may not arrive as they were: curl cannot take them so.']
        : request.notes,
  }
}

/** What is no URL could be an option. */
export function urlOption({ url }: CurlCall): string {
  return url.startsWith('-') ? '--url ' : ''
}

function follows({ options }: ReplayRequest): boolean {
  return options['redirect'] !== 'manual' && options['redirect'] !== 'error'
}

/** Naming a method that curl takes anyway would make it keep that over redirects. */
function methodOption(method: string, takesBody: boolean): CurlCall['options'] {
  if (method === 'HEAD' && !takesBody) return [['head', null]]
  return method === (takesBody ? 'POST' : 'GET') ? [] : [['request', method]]
}

const ODD_NAME = /["=\\;]|\p{Cc}/u

/** Names that curl takes as they are, and values that an option can hold. */
function isPlain(entry: FormEntry): boolean {
  return !ODD_NAME.test(entry.name) && !('value' in entry && entry.value.includes('\0'))
}

function formOption(entry: FormEntry): readonly [string, string] {
  if ('value' in entry) return ['form-string', `${entry.name}=${toCrlf(entry.value).toWellFormed()}`]
  const inQuotes = (text: string) => `"${text.replace(/[\\"]/g, '\\$&').replace(/\0/g, '')}"`
  // A name could name another file.
  const name = entry.name.replace(new RegExp(ODD_NAME, 'gu'), '_')
  const parts = [`${name}=@${inQuotes(toFilePath(entry))}`, `filename=${inQuotes(entry.fileName)}`]
  // Whatever is no media type could be taken for another part of the option.
  if (/^[\w.+-]+\/[\w.+-]+$/.test(entry.type)) parts.push(`type=${entry.type}`)
  return ['form', parts.join(';').toWellFormed()]
}
