import type { FormEntry, HeaderPair, RecordedBody } from '../protocol.ts'
import type { ReplayRequest } from '../replay/request.ts'
import { createRedactor, type Redactor } from './secrets.ts'

/** The request without what looks like a secret or has one of the user's own secret names, and a note if there was any. */
export function redactRequest(request: ReplayRequest, ownNames: readonly string[] = []): ReplayRequest {
  const redactor = createRedactor(ownNames)
  const redacted: ReplayRequest = {
    ...request,
    url: redactUrl(request.url, redactor),
    headers: redactHeaders(request.headers, redactor),
    wireHeaders: request.wireHeaders === null ? null : redactHeaders(request.wireHeaders, redactor),
    body: redactBody(request.body, redactor),
    options: mapValues(request.options, (value) => redactUrl(value, redactor)),
  }
  if (redactor.count === 0) return request
  return { ...redacted, notes: [...request.notes, 'Secrets are left out: each is marked as redacted.'] }
}

export function redactHeaders(headers: readonly HeaderPair[], redactor: Redactor): readonly HeaderPair[] {
  return headers.map(([name, value]) => [name, redactHeader(name, value, redactor)] as const)
}

function redactHeader(name: string, value: string, redactor: Redactor): string {
  if (/^(?:referer|location)$/i.test(name)) return redactUrl(value, redactor)
  const scheme = /^(?:proxy-)?authorization$/i.test(name)
    ? /^(?:bearer|basic|digest|token)(?=\s)/i.exec(value)?.[0]
    : null
  if (scheme !== null && scheme !== undefined) return `${scheme} ${redactor.value('secret', true)}`
  return redactor.value(value, redactor.isSecret(name))
}

export function redactUrl(url: string, redactor: Redactor): string {
  // Name and password before the host.
  const bare = url.replace(
    /^([a-z][a-z\d+.-]*:\/\/)[^/?#@]*@/i,
    (_, lead: string) => `${lead}${redactor.value('secret', true)}@`,
  )
  const at = bare.search(/[?#]/)
  return at === -1 ? redactor.text(bare) : redactor.text(bare.slice(0, at)) + redactor.query(bare.slice(at))
}

function redactBody(body: RecordedBody, redactor: Redactor): RecordedBody {
  switch (body.kind) {
    case 'none':
    case 'stream':
    case 'unseen':
      return body
    case 'text':
      return { ...body, text: redactText(body.text, redactor) }
    case 'bytes':
      return { ...body, base64: redactBase64(body.base64, redactor) }
    case 'form':
      return { ...body, entries: body.entries.map((entry) => redactEntry(entry, redactor)) }
    default:
      return body satisfies never
  }
}

/** A request's or answer's body, whatever it is. */
export function redactText(text: string, redactor: Redactor): string {
  // Parameters of a form stand in one line.
  return /^[^\s"{}[\]]+$/.test(text) ? redactor.query(text) : redactor.json(text)
}

/** Secrets are ASCII: any bytes can be looked through as if they were text. */
function redactBase64(base64: string, redactor: Redactor): string {
  try {
    const bytes = atob(base64)
    const redacted = redactText(bytes, redactor)
    return redacted === bytes ? base64 : btoa(redacted)
  } catch {
    // No base64: nothing of it is written anywhere.
    return base64
  }
}

function redactEntry(entry: FormEntry, redactor: Redactor): FormEntry {
  return 'value' in entry ? { ...entry, value: redactor.value(entry.value, redactor.isSecret(entry.name)) } : entry
}

function mapValues(record: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}
