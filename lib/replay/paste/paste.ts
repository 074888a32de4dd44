/** What people copy elsewhere, as the editor's form. */
import { t } from '../../i18n/translate.ts'
import { headerOf } from '../../headers.ts'
import type { HeaderPair } from '../../protocol.ts'
import { bytesBody, textBody } from '../editor/from-request.ts'
import { EMPTY_BODY, type BodyForm, type ReplayForm, toHeaderRow } from '../editor/form.ts'
import { newId } from '../editor/params.ts'
import { splitUrl } from '../editor/url.ts'
import { USUAL_OPTIONS } from '../replay.ts'
import { pasteCurl } from './curl.ts'
import type { Paste, PastedRequest } from './pasted.ts'

/** A command for curl, or code with a `fetch(…)`. Parsing code is loaded when it is needed first. */
export async function readPaste(text: string): Promise<Paste> {
  if (text.trim() === '') return { error: t('Paste a curl command or a call of fetch.') }
  if (/Invoke-(?:WebRequest|RestMethod)|curl\.exe --config -|\[IO\.File\]/.test(text))
    return { error: t('Commands for PowerShell cannot be read: copy it as cURL (bash), cURL (cmd) or fetch.') }
  if (/\b(?:fetch|EventSource)\s*\(/.test(text) && !/^\s*(?:\S+[$>%#]\s+|[$>%]\s+)?curl\b/.test(text)) {
    const { pasteFetch } = await import('./fetch-code.ts')
    return pasteFetch(text)
  }
  return pasteCurl(text)
}

/** The form with the pasted request in place of its own; the choices of how to send stay. */
export function fillForm(form: ReplayForm, request: PastedRequest): ReplayForm {
  return {
    ...form,
    ...USUAL_OPTIONS,
    timeoutMs: '',
    as: 'fetch',
    ...request.options,
    method: request.method,
    url: splitUrl(request.url),
    headers: [...request.headers, ...ownType(request)].map((header) => toHeaderRow(header)),
    body: toBody(request),
  }
}

/** A Blob's, which it has no more where it is edited as text. */
function ownType({ body, headers }: PastedRequest): readonly HeaderPair[] {
  if (body.kind !== 'bytes' || body.type === '' || headerOf(headers, 'content-type') !== null) return []
  return [['Content-Type', body.type]]
}

function toBody({ body, headers }: PastedRequest): BodyForm {
  const type = headerOf(headers, 'content-type') ?? ''
  switch (body.kind) {
    case 'none':
      return EMPTY_BODY
    case 'text':
      return { ...textBody(body.text, type), untyped: body.untyped }
    case 'bytes':
      return bytesBody(body.base64, body.type, type)
    case 'file':
      return { ...EMPTY_BODY, kind: 'file' }
    case 'form':
      return {
        ...EMPTY_BODY,
        kind: 'multipart',
        parts: body.entries.map((entry) => ({
          id: newId(),
          on: true,
          ...('value' in entry ? { kind: 'text' as const, ...entry } : { kind: 'file' as const, ...entry, file: null }),
        })),
      }
    default:
      return body satisfies never
  }
}
