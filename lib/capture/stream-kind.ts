/** Runs in the page. Which requests and answers are streams; nothing else is ever looked into. */
import type { HeaderPair } from '../protocol.ts'
import { indexOf, slice, split, toLowerCase, trim } from './natives.ts'

// Words between spaces, each looked for with its spaces.
const STREAM_TYPES =
  ' ndjson x-ndjson jsonl json-line json-lines jsonline jsonlines x-json-line x-json-lines x-jsonline x-jsonlines json-seq stream+json '
/** Types of an answer that says by another header that it streams. */
const PLAIN_TYPES = ' text/plain application/json application/octet-stream '
const STREAM_PARAMETERS = ' stream=true stream=1 alt=sse '
const isIn = (words: string, word: string): boolean => indexOf(words, ` ${word} `) >= 0

/** The first media type of a header, in lower case and without its parameters. */
const typeIn = (header: string): string => trim(split(split(toLowerCase(header), ';')[0] ?? '', ',')[0] ?? '')

function isStreamType(type: string): boolean {
  if (type === 'text/event-stream') return true
  if (indexOf(type, 'application/') !== 0) return false
  // Also `application/vnd.x+stream+json` and `application/geo+json-seq`.
  const end = slice(type, -12)
  return isIn(STREAM_TYPES, slice(type, 12)) || end === '+stream+json' || slice(end, 3) === '+json-seq'
}

/** Why a request asks for a stream, for people; empty when it does not. */
export function askedBy(url: string, headers: readonly HeaderPair[], body: string): string {
  const accept = headerOf(headers, 'accept')
  if (accept !== '' && acceptsStream(accept)) return `Accept: ${accept}`
  const parameter = streamParameter(url)
  if (parameter !== '') return `${parameter} in the URL`
  return body !== '' && streamTrue(body) ? '"stream": true in the body' : ''
}

function acceptsStream(accept: string): boolean {
  const lower = toLowerCase(accept)
  return indexOf(lower, 'text/event-stream') >= 0 || indexOf(lower, 'ndjson') >= 0 || isStreamType(typeIn(lower))
}

function streamParameter(url: string): string {
  const from = indexOf(url, '?')
  if (from < 0) return ''
  const parameters = split(split(slice(url, from + 1), '#')[0] ?? '', '&')
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] ?? ''
    if (isIn(STREAM_PARAMETERS, parameter)) return parameter
  }
  return ''
}

/** Looks for the member without parsing: bodies with images are megabytes. */
function streamTrue(body: string): boolean {
  for (let at = indexOf(body, '"stream"'); at >= 0; at = indexOf(body, '"stream"', at + 8))
    if (isTrue(trim(slice(body, at + 8, at + 40)))) return true
  return false
}

function isTrue(member: string): boolean {
  const value = trim(slice(member, 1))
  return indexOf(member, ':') === 0 && indexOf(value, 'true') === 0 && indexOf(',}', trim(slice(value, 4, 5))) >= 0
}

/** Why an answer is a stream by its own head; empty when only the request could say so. `header` reads one of `of`, or null. */
export function declaredBy<Of>(header: (of: Of, name: string) => string | null, of: Of): string {
  const type = header(of, 'content-type') ?? ''
  const media = typeIn(type)
  if (isStreamType(media)) return `Content-Type: ${type}`
  if (media !== '' && !isIn(PLAIN_TYPES, media)) return ''
  for (let i = 0; i < STREAM_HEADERS.length; i++) {
    const name = STREAM_HEADERS[i] ?? ''
    const value = header(of, name)
    if (value !== null && (i > 0 || toLowerCase(value) === 'no')) return `${name}: ${value}`
  }
  return ''
}
const STREAM_HEADERS = ['X-Accel-Buffering', 'X-Vercel-AI-UI-Message-Stream', 'X-Vercel-AI-Data-Stream'] as const

function headerOf(headers: readonly HeaderPair[], name: string): string {
  for (let i = 0; i < headers.length; i++) {
    const pair = headers[i]
    if (pair && toLowerCase(pair[0]) === name) return pair[1]
  }
  return ''
}
