import type { Framing } from './framing.ts'
import { isJson } from './framing.ts'

/** UTF-16 units of text after which no more is waited for. */
export const DETECT_LIMIT = 32_768

const SSE_LINE = /^(?:data|event|id|retry)?:/
const SSE_FIELDS = ['data:', 'event:', 'id:', 'retry:']
const NDJSON_TYPE = /\b(?:ndjson|jsonl|json-?lines|stream\+json|json-stream)\b/i

export interface DetectInput {
  /** The `Content-Type` header's value, empty if there is none. */
  readonly contentType: string
  /** Why the request counts as asking for a stream (`OpenRecord.asked`). */
  readonly asked: string
  /** The body's text as far as it is known. */
  readonly text: string
  /** Whether no more text will come. */
  readonly complete: boolean
}

/** The framing that a content type (or a sentence that names one) stands for. */
export function toDeclaredFraming(contentType: string): Framing | null {
  if (/\btext\/event-stream\b/i.test(contentType)) return 'sse'
  if (/\bjson-seq\b/i.test(contentType)) return 'json-seq'
  if (NDJSON_TYPE.test(contentType)) return 'ndjson'
  return null
}

/**
 * The framing of a body, or null while its first text does not tell yet. A first line that plainly is SSE or JSON wins
 * over the content type, which servers and proxies get wrong; else the type decides, then what was asked for.
 */
export function detectFraming({ contentType, asked, text, complete }: DetectInput): Framing | null {
  const declared = toDeclaredFraming(contentType || asked)
  const start = text.replace(/^\ufeff?[\r\n]*/, '')
  const enough = complete || text.length >= DETECT_LIMIT
  if (start === '') return enough ? (declared ?? 'text') : null
  if (start.startsWith('\x1e')) return 'json-seq'
  if (SSE_LINE.test(start)) return 'sse'

  const lineEnd = start.search(/[\r\n]/)
  const undecided = lineEnd === -1 && !enough
  if (/^[{[]/.test(start)) {
    if (declared === 'ndjson' || declared === 'json-seq') return declared
    if (undecided) return null
    // One JSON value without a line end is an ordinary answer, such as an error's body.
    return lineEnd !== -1 && isJson(start.slice(0, lineEnd)) ? 'ndjson' : (declared ?? 'text')
  }
  if (undecided && declared !== 'sse' && SSE_FIELDS.some((field) => field.startsWith(start))) return null
  return declared ?? 'text'
}
