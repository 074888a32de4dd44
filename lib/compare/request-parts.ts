/** Two requests, part by part, as what is compared of them. */
import type { HeaderPair, RecordedBody } from '../protocol.ts'
import type { ReplayRequest } from '../replay/request.ts'
import { diffPairs, type PairDiff } from './pair-diff.ts'

export type RequestPart =
  | {
      readonly name: 'general' | 'query' | 'headers' | 'wire headers' | 'form' | 'options'
      readonly pairs: readonly PairDiff[]
    }
  /** A body that is no form. `kind` says what it is where there is no text of it. */
  | { readonly name: 'body'; readonly before: BodyText; readonly after: BodyText }

export interface BodyText {
  readonly kind: RecordedBody['kind']
  /** Empty where it has none that is known. */
  readonly text: string
  readonly sizeBytes: number
  /** Only its beginning was recorded. */
  readonly cut: boolean
}

/** What the browser added is compared where it is known of both. */
export function requestParts(before: ReplayRequest, after: ReplayRequest): readonly RequestPart[] {
  const pairs = (
    name: Exclude<RequestPart['name'], 'body'>,
    of: (request: ReplayRequest) => readonly HeaderPair[],
    toKey?: (text: string) => string,
  ): RequestPart => ({ name, pairs: diffPairs(of(before), of(after), toKey) })
  const lower = (text: string) => text.toLowerCase()
  const isForm = before.body.kind === 'form' || after.body.kind === 'form'
  return [
    pairs('general', ({ method, url, transport }) => [
      ['Via', transport],
      ['Method', method],
      ['URL', url.replace(/[?#].*$/s, '')],
    ]),
    pairs('query', ({ url }) => [...(URL.parse(url)?.searchParams ?? [])]),
    before.wireHeaders !== null && after.wireHeaders !== null
      ? pairs('wire headers', ({ wireHeaders }) => wireHeaders ?? [], lower)
      : pairs('headers', ({ headers }) => headers, lower),
    isForm
      ? pairs('form', ({ body }) => formPairs(body))
      : { name: 'body', before: bodyText(before.body), after: bodyText(after.body) },
    pairs('options', ({ options }) => Object.entries(options)),
  ]
}

function formPairs(body: RecordedBody): readonly HeaderPair[] {
  if (body.kind !== 'form') return []
  return body.entries.map((entry) => [
    entry.name,
    'value' in entry ? entry.value : `${entry.fileName} (${entry.type}, ${entry.sizeBytes} B)`,
  ])
}

function bodyText(body: RecordedBody): BodyText {
  const { kind } = body
  switch (kind) {
    case 'text':
      return { kind, text: body.text, sizeBytes: body.sizeBytes, cut: body.cut }
    case 'bytes':
      return { kind, text: body.base64, sizeBytes: body.sizeBytes, cut: body.cut }
    case 'none':
    case 'form':
    case 'stream':
    case 'unseen':
      return { kind, text: '', sizeBytes: 0, cut: false }
    default:
      return body satisfies never
  }
}
