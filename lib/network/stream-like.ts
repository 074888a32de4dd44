/** Which of a tab's exchanges can belong to a stream that capture records; asked for each of them, so it looks at little. */
import { callFrames, fieldsOf, headersOf, textOf } from './har.ts'

const RESOURCE_TYPES: ReadonlySet<unknown> = new Set(['fetch', 'xhr', 'eventsource'])
/** Wider than what capture takes for a stream (lib/capture/stream-kind.ts): what is one too many is dropped when nothing fits it. */
const STREAM_TYPE = /event-stream|ndjson|json-?lines?|jsonl|json-seq|stream\+json/i
const STREAM_HEADER = /^(?:x-accel-buffering|x-vercel-ai-(?:ui-message|data)-stream)$/i
const STREAM_URL = /[?&](?:stream=(?:true|1)|alt=sse)(?:[&#]|$)/
const STREAM_BODY = /"stream"\s*:\s*true\b/
/** Our functions lie innermost in the stack of every call that capture sees. */
const OWN_DEPTH = 4

/** `ownScript`: the URL of capture's script. */
export function isStreamLike(entry: unknown, ownScript: string): boolean {
  const exchange = fieldsOf(entry)
  const type = exchange['_resourceType']
  if (!RESOURCE_TYPES.has(type)) return false
  if (type === 'eventsource') return true
  const response = fieldsOf(exchange['response'])
  if (STREAM_TYPE.test(textOf(fieldsOf(response['content'])['mimeType']))) return isCaptured(exchange, ownScript)
  return saysMore(exchange, response) && isCaptured(exchange, ownScript)
}

/** A failure or a redirect, whose answer says nothing of streams, or one that another header or the request declares. */
function saysMore(exchange: Readonly<Record<string, unknown>>, response: Readonly<Record<string, unknown>>): boolean {
  if (textOf(response['_error']) !== '' || textOf(response['redirectURL']) !== '') return true
  const request = fieldsOf(exchange['request'])
  return (
    STREAM_URL.test(textOf(request['url'])) ||
    headersOf(request['headers']).some(([name, value]) => /^accept$/i.test(name) && STREAM_TYPE.test(value)) ||
    headersOf(response['headers']).some(([name]) => STREAM_HEADER.test(name)) ||
    STREAM_BODY.test(textOf(fieldsOf(request['postData'])['text']))
  )
}

/** A script's call that did not pass capture is a worker's, say: its URL may be that of a page's stream. */
function isCaptured(exchange: Readonly<Record<string, unknown>>, ownScript: string): boolean {
  const frames = callFrames(exchange)
  return frames.length === 0 || frames.slice(0, OWN_DEPTH).some((frame) => textOf(frame['url']) === ownScript)
}
