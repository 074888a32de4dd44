/** The form of a recorded request. */
import { fromBase64, toContentType } from '../../export/body.ts'
import { msg } from '../../i18n/translate.ts'
import { headerOf } from '../../headers.ts'
import type { HeaderPair, RecordedBody } from '../../protocol.ts'
import { USUAL_OPTIONS } from '../replay.ts'
import type { ReplayRequest } from '../request.ts'
import { findJsonMistake } from './json-check.ts'
import {
  type BodyForm,
  CACHES,
  CREDENTIALS,
  EMPTY_BODY,
  MODES,
  type Part,
  REDIRECTS,
  type ReplayForm,
  toHeaderRow,
} from './form.ts'
import { newId, parseParams } from './params.ts'
import { splitUrl } from './url.ts'
import { hasVariables } from './variables.ts'

const NOT_RECORDED = msg('The body was not recorded. Give another, or send the request without one.')
const CUT = msg('Only the beginning of the body was recorded. Complete it, or send what is here.')

/** What is sent when nothing is changed is the original, as far as it was recorded. */
export function toForm(request: ReplayRequest): ReplayForm {
  const { method, url, headers, options, transport } = request
  const { body } = request
  const bodyForm = toBodyForm(body, toContentType(request))
  // A Blob that is shown as text has no type of its own any more.
  const isUntyped = bodyForm.untyped && body.kind === 'bytes' && body.type !== ''
  const type: readonly HeaderPair[] =
    isUntyped && headerOf(headers, 'content-type') === null ? [['Content-Type', body.type]] : []
  const form: ReplayForm = {
    method,
    url: splitUrl(url),
    headers: [...headers, ...type].map((header) => toHeaderRow(header)),
    body: bodyForm,
    credentials:
      options['withCredentials'] === 'true'
        ? 'include'
        : oneOf(CREDENTIALS, options['credentials'], USUAL_OPTIONS.credentials),
    mode: oneOf(MODES, options['mode'], USUAL_OPTIONS.mode),
    redirect: oneOf(REDIRECTS, options['redirect'], USUAL_OPTIONS.redirect),
    cache: oneOf(CACHES, options['cache'], USUAL_OPTIONS.cache),
    referrer: options['referrer'] ?? USUAL_OPTIONS.referrer,
    referrerPolicy: (options['referrerPolicy'] ?? '') as ReplayForm['referrerPolicy'],
    timeoutMs: options['timeout'] ?? '',
    stopEvents: '',
    stopMs: '',
    times: '1',
    atOnce: '1',
    way: 'page',
    as: transport === 'eventsource' ? 'eventsource' : 'fetch',
    usesVariables: true,
  }
  return { ...form, usesVariables: !isTemplate(form, request) }
}

/** `type`: the Content-Type that the request has; empty for none. */
export function toBodyForm(body: RecordedBody, type: string): BodyForm {
  switch (body.kind) {
    case 'none':
      return EMPTY_BODY
    case 'text':
      return { ...textBody(body.text, type), missing: body.cut ? CUT : '' }
    case 'bytes': {
      if (body.cut && body.base64 === '') return { ...EMPTY_BODY, missing: NOT_RECORDED }
      return { ...bytesBody(body.base64, body.type, type), missing: body.cut ? CUT : '' }
    }
    case 'form':
      return { ...EMPTY_BODY, kind: 'multipart', parts: body.entries.map(toPart) }
    case 'stream':
    case 'unseen':
      return { ...EMPTY_BODY, missing: NOT_RECORDED }
    default:
      return body satisfies never
  }
}

/** As the kind that shows most of it. */
export function textBody(text: string, type: string): BodyForm {
  if (/^application\/x-www-form-urlencoded\b/i.test(type) && !/[\r\n]/.test(text))
    return { ...EMPTY_BODY, kind: 'urlencoded', params: text === '' ? [] : parseParams(text) }
  const isJson = /[/+]json\b/i.test(type) || (/^\s*[[{]/.test(text) && findJsonMistake(text) === null)
  return { ...EMPTY_BODY, kind: isJson ? 'json' : 'text', text }
}

/** Bytes that are text can be edited as text. `ownType` is a Blob's. */
export function bytesBody(base64: string, ownType: string, type: string): BodyForm {
  const bytes = fromBase64(base64)
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    // A text would get a type that bytes have not.
    return { ...textBody(text, type), untyped: true }
  } catch {
    // No text: it goes on as bytes.
    return { ...EMPTY_BODY, kind: 'file', file: { name: '', type: ownType, base64, sizeBytes: bytes.length } }
  }
}

function toPart(entry: (RecordedBody & { kind: 'form' })['entries'][number]): Part {
  const row = { id: newId(), name: entry.name, on: true }
  if ('value' in entry) return { ...row, kind: 'text', value: entry.value }
  return { ...row, kind: 'file', fileName: entry.fileName, type: entry.type, file: null }
}

/** The original has `{{…}}` in it, which is meant as it stands: prompts often have. */
function isTemplate({ body }: ReplayForm, { url, headers }: ReplayRequest): boolean {
  const texts = [
    url,
    body.text,
    ...headers.flat(),
    ...body.params.map(({ raw }) => raw),
    ...body.parts.flatMap((part) => [part.name, part.kind === 'text' ? part.value : part.fileName]),
  ]
  return texts.some(hasVariables)
}

function oneOf<const Value extends string>(
  values: readonly Value[],
  given: string | undefined,
  otherwise: Value,
): Value {
  return values.find((value) => value === given) ?? otherwise
}
