/** Runs in the page. Which requests and answers are streams; nothing else is ever looked into. */
import type { HeaderPair } from '../protocol.ts'
import { exec, indexOf, slice, toLowerCase } from './natives.ts'

const STREAM_TYPE =
  /^\s*(?:text\/event-stream|application\/(?:x-)?ndjson|application\/(?:x-)?json-?lines?|application\/jsonl|application\/json-seq|application\/(?:[\w.-]+\+)?stream\+json|application\/(?:[\w.-]+\+)?json-seq)\s*(?:$|[;,])/
/** Types of an answer that says by another header that it streams. */
const PLAIN_TYPE = /^\s*(?:$|text\/plain|application\/json|application\/octet-stream)/
const STREAM_URL = /[?&](?:stream=(?:true|1)|alt=sse)(?:[&#]|$)/

/** Why a request asks for a stream, for people; empty when it does not. */
export function askedBy(url: string, headers: readonly HeaderPair[], body: string): string {
  const accept = headerOf(headers, 'accept')
  if (accept !== '' && acceptsStream(toLowerCase(accept))) return `Accept: ${accept}`
  const inUrl = exec(STREAM_URL, url)
  if (inUrl) return `${slice(inUrl[0], 1)} in the URL`
  return body !== '' && streamTrue(body) ? '"stream": true in the body' : ''
}

function acceptsStream(accept: string): boolean {
  return (
    indexOf(accept, 'text/event-stream') >= 0 || indexOf(accept, 'ndjson') >= 0 || exec(STREAM_TYPE, accept) !== null
  )
}

/** Looks for the member without parsing: bodies with images are megabytes. */
function streamTrue(body: string): boolean {
  for (let at = indexOf(body, '"stream"'); at >= 0; at = indexOf(body, '"stream"', at + 8))
    if (exec(/^"stream"\s*:\s*true\b/, slice(body, at, at + 40))) return true
  return false
}

/** Why an answer is a stream by its own head; empty when only the request could say so. `header` reads a header or null. */
export function declaredBy(header: (name: string) => string | null): string {
  const type = header('content-type') ?? ''
  if (exec(STREAM_TYPE, toLowerCase(type))) return `Content-Type: ${type}`
  for (let i = 0; i < STREAM_HEADERS.length; i++) {
    const name = STREAM_HEADERS[i] ?? ''
    const value = header(name)
    if (value !== null && exec(PLAIN_TYPE, toLowerCase(type)) && (i > 0 || toLowerCase(value) === 'no'))
      return `${name}: ${value}`
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
