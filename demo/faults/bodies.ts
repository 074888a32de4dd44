/** The bodies that the fault server sends: the same text at every run, with characters of several bytes in every event. */
import type { BodyKind, Fault } from './fault.ts'

/** What is written at once when nothing else is asked for: an event, or a heartbeat. */
export interface Piece {
  readonly bytes: Uint8Array
  /** The event's number, from 1; null for what is none. */
  readonly event: number | null
}

/** Role, finish reason and `[DONE]` of a chat stream besides its text. */
const OPENAI_FRAME_EVENTS = 3
/** Message and block start, block stop, message delta and stop. */
const ANTHROPIC_FRAME_EVENTS = 5

/** How few events a body can have. */
export function minimumEvents(body: BodyKind): number {
  if (body === 'openai') return OPENAI_FRAME_EVENTS + 1
  if (body === 'anthropic') return ANTHROPIC_FRAME_EVENTS + 1
  return 0
}

/** The pieces of the whole body, before anything is cut off. */
export function bodyPieces(fault: Fault): Piece[] {
  if (fault.body === 'raw') return fault.raw.map((bytes, index) => ({ bytes, event: index + 1 }))
  const texts = eventTexts(fault)
  const isSse = fault.body === 'sse' || fault.body === 'openai' || fault.body === 'anthropic'
  const beat: Piece = { bytes: Buffer.from(`: beat${fault.eol}${fault.eol}`), event: null }
  const beats = isSse ? Array.from({ length: fault.beats }, () => beat) : []
  const pieces = texts.flatMap((text, index) => [...beats, { bytes: Buffer.from(text), event: index + 1 }])
  if (pieces.length === 0) pieces.push(...beats)
  if (!isSse || fault.retryMs === null) return pieces
  return [{ bytes: Buffer.from(`retry: ${fault.retryMs}${fault.eol}${fault.eol}`), event: null }, ...pieces]
}

function eventTexts(fault: Fault): string[] {
  switch (fault.body) {
    case 'sse':
      return sseTexts(fault)
    case 'ndjson':
      return linesOf(fault)
    case 'text':
      return numbers(fault).map((n) => `Line ${n}: ${sample(fault, n)}${fault.eol}`)
    case 'openai':
      return openaiTexts(fault)
    case 'anthropic':
      return anthropicTexts(fault)
    case 'json':
      return [JSON.stringify({ error: { message: `Answered ${fault.status} as asked.`, type: 'fault' } })]
    case 'raw':
    case 'none':
      return []
    default:
      return fault.body satisfies never
  }
}

function sseTexts(fault: Fault): string[] {
  return numbers(fault).map((n, index) => {
    const id = fault.ids ? `id: ${n}` : null
    if (index + 1 === fault.errorAt) return block(fault, id, 'event: error', data({ message: 'The work failed.' }))
    return block(fault, id, data({ n, text: sample(fault, n) }))
  })
}

/** As Ollama does it, an error is a line of its own. */
function linesOf(fault: Fault): string[] {
  return numbers(fault).map((n, index) => {
    const line = index + 1 === fault.errorAt ? { error: 'The work failed.' } : { n, text: sample(fault, n) }
    return JSON.stringify(line) + fault.eol
  })
}

function openaiTexts(fault: Fault): string[] {
  const base = { id: 'chatcmpl-fault', object: 'chat.completion.chunk', created: 1_767_225_600, model: 'fault-1' }
  const chunk = (delta: object, finishReason: string | null = null) =>
    block(fault, data({ ...base, choices: [{ index: 0, delta, finish_reason: finishReason }] }))
  const words = Array.from({ length: fault.events - OPENAI_FRAME_EVENTS }, (_, index) =>
    chunk({ content: `${sample(fault, index + 1)} ` }),
  )
  const texts = [
    chunk({ role: 'assistant', content: '' }),
    ...words,
    chunk({}, fault.finish === 'none' ? null : fault.finish),
    ...(fault.terminal ? [block(fault, 'data: [DONE]')] : []),
  ]
  const failure = { message: 'The server had an error.', type: 'server_error', param: null, code: null }
  return withError(fault, texts, block(fault, data({ error: failure })))
}

function anthropicTexts(fault: Fault): string[] {
  const event = (type: string, rest: object) => block(fault, `event: ${type}`, data({ type, ...rest }))
  const message = { id: 'msg_fault', type: 'message', role: 'assistant', model: 'fault-1', content: [] }
  const usage = { input_tokens: 5, output_tokens: 1 }
  const reasons = {
    stop: 'end_turn',
    length: 'max_tokens',
    tool_calls: 'tool_use',
    content_filter: 'refusal',
    none: null,
  }
  const words = Array.from({ length: fault.events - ANTHROPIC_FRAME_EVENTS }, (_, index) =>
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: `${sample(fault, index + 1)} ` } }),
  )
  const texts = [
    event('message_start', { message: { ...message, stop_reason: null, stop_sequence: null, usage } }),
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ...words,
    event('content_block_stop', { index: 0 }),
    event('message_delta', {
      delta: { stop_reason: reasons[fault.finish], stop_sequence: null },
      usage: { output_tokens: words.length },
    }),
    ...(fault.terminal ? [event('message_stop', {})] : []),
  ]
  return withError(fault, texts, event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }))
}

function withError(fault: Fault, texts: readonly string[], error: string): string[] {
  return fault.errorAt === null ? [...texts] : [...texts.slice(0, fault.errorAt - 1), error]
}

/** The numbers of the events, up to the one that is an error. */
function numbers({ events, errorAt, firstEvent }: Fault): number[] {
  return Array.from({ length: Math.min(events, errorAt ?? events) }, (_, index) => firstEvent + index)
}

function block({ eol }: Fault, ...lines: readonly (string | null)[]): string {
  return lines.filter((line) => line !== null).join(eol) + eol + eol
}

function data(value: object): string {
  return `data: ${JSON.stringify(value)}`
}

/** A text with characters of two, three and four bytes, made longer where asked. */
function sample({ dataBytes }: Fault, n: number): string {
  const text = `Grüße № ${n} 🙂`
  return text + '.'.repeat(Math.max(0, dataBytes - Buffer.byteLength(text)))
}
