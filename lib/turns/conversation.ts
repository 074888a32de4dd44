/** What the page sent: the conversation in a request's body, whichever provider's shape it has. */
import { isObject, parseJson, toJson, toText } from '../formats/json/json.ts'
import type { JsonObject } from '../formats/json/json.ts'

export interface Conversation {
  /** `model`, `temperature` …: what else the body says at its top. */
  readonly settings: readonly (readonly [name: string, value: string])[]
  /** System prompt and messages, in order. */
  readonly messages: readonly SentMessage[]
  readonly tools: readonly { readonly name: string; readonly description: string }[]
}

export interface SentMessage {
  readonly role: string
  readonly parts: readonly SentPart[]
}

export interface SentPart {
  readonly kind: 'text' | 'reasoning' | 'tool call' | 'tool result' | 'media' | 'data'
  /** A tool's name, a file's type; empty for text. */
  readonly name: string
  /** Text, or JSON text where it is no text. */
  readonly text: string
}

/** Where providers keep the instructions, and where the messages. */
const SYSTEM_NAMES = ['system', 'instructions', 'systemInstruction', 'system_instruction', 'preamble'] as const
const MESSAGES_NAMES = ['messages', 'contents', 'input', 'prompt', 'message'] as const

/** The conversation in a request body; null where it has none. */
export function toConversation(body: string): Conversation | null {
  const given = parseJson(body)
  if (!isObject(given)) return null
  // JSON-RPC (A2A, MCP) wraps what is asked.
  const request = isObject(given['params']) ? given['params'] : given
  const source = MESSAGES_NAMES.find((name) => toMessages(request[name]).length > 0)
  if (source === undefined) return null
  const system = SYSTEM_NAMES.flatMap((name) => {
    const parts = toParts(request[name])
    return parts.length === 0 ? [] : [{ role: 'system', parts }]
  })
  const shown: readonly string[] = [source, 'tools', ...SYSTEM_NAMES]
  return {
    settings: Object.entries(request)
      .filter(([name, value]) => !shown.includes(name) && value !== null)
      .map(([name, value]) => [name, toPlain(value)] as const),
    messages: [...system, ...toMessages(request[source])],
    tools: toTools(request['tools']),
  }
}

function toMessages(value: unknown): SentMessage[] {
  if (typeof value === 'string') return value === '' ? [] : [{ role: 'user', parts: toParts(value) }]
  const list = Array.isArray(value) ? value : isObject(value) ? [value] : []
  return list.filter(isObject).map(toMessage)
}

function toMessage(message: JsonObject): SentMessage {
  const type = toText(message['type'])
  // Items of OpenAI Responses are calls and results without a message around them.
  const isItem = message['role'] === undefined && type !== ''
  const content = message['content'] ?? message['parts'] ?? (isItem ? [message] : message['text'])
  const reasoning = toText(message['reasoning_content'] ?? message['thinking'])
  const parts = [
    ...(reasoning === '' ? [] : [toPart('reasoning', '', reasoning)]),
    ...toParts(content),
    ...toParts(message['tool_calls']),
  ]
  const role = toText(message['role']) || (isItem ? type.replaceAll('_', ' ') : 'user')
  const isResult = role === 'tool' || role === 'function'
  return { role, parts: isResult ? parts.map((part) => toResult(part, message)) : parts }
}

/** What a message of the role `tool` says is a result. */
function toResult(part: SentPart, message: JsonObject): SentPart {
  return part.kind === 'text'
    ? { ...part, kind: 'tool result', name: toText(message['name'] ?? message['tool_call_id']) }
    : part
}

function toParts(value: unknown): SentPart[] {
  if (typeof value === 'string') return value === '' ? [] : [toPart('text', '', value)]
  if (Array.isArray(value)) return value.flatMap((one) => (isObject(one) ? [readPart(one)] : toParts(one)))
  if (!isObject(value)) return []
  return Array.isArray(value['parts']) ? toParts(value['parts']) : [readPart(value)]
}

function readPart(part: JsonObject): SentPart {
  const type = toText(part['type'])
  const call = firstObject(part, ['function', 'functionCall', 'function_call'])
  if (call !== null && type !== 'function_call_output') {
    return toPart('tool call', toText(call['name']), toPlain(call['arguments'] ?? call['args'] ?? {}))
  }
  const answer = firstObject(part, ['functionResponse', 'function_response'])
  if (answer !== null) return toPart('tool result', toText(answer['name']), toPlain(answer['response']))
  if (type === 'tool_use' || type === 'function_call') {
    return toPart('tool call', toText(part['name']), toPlain(part['input'] ?? part['arguments'] ?? {}))
  }
  if (type === 'tool_result' || type === 'function_call_output') {
    const content = toParts(part['content'])
    const text = content.map((one) => one.text).join('\n') || toPlain(part['output'] ?? '')
    return toPart('tool result', toText(part['tool_use_id'] ?? part['call_id']), text)
  }
  if (type === 'thinking' || type === 'reasoning') {
    return toPart('reasoning', '', toText(part['thinking'] ?? part['text']) || toPlain(part['summary'] ?? ''))
  }
  const text = part['text']
  if (typeof text === 'string') return toPart(part['thought'] === true ? 'reasoning' : 'text', '', text)
  return toMedia(part, type) ?? toPart('data', type, toPlain(part))
}

/** Images and files are named. What they are made of is left out. */
function toMedia(part: JsonObject, type: string): SentPart | null {
  const source = firstObject(part, [
    'image_url',
    'source',
    'inlineData',
    'inline_data',
    'fileData',
    'file_data',
    'file',
  ])
  const kind = /image|audio|video|document|file/.exec(type)?.[0] ?? ''
  if (source === null && kind === '') return null
  const from = source ?? part
  const mediaType = toText(from['mimeType'] ?? from['mime_type'] ?? from['media_type'] ?? from['mediaType'])
  const address = toText(from['url'] ?? part['image_url'] ?? from['fileUri'] ?? from['file_id'] ?? from['filename'])
  // An address may hold the data itself.
  const shown = address.startsWith('data:') ? address.slice(0, address.indexOf(',') + 1) : address
  return toPart('media', mediaType || kind || 'file', shown)
}

function toTools(value: unknown): Conversation['tools'] {
  if (!Array.isArray(value)) return []
  return value.filter(isObject).flatMap((tool) => {
    const declared = tool['functionDeclarations'] ?? tool['function_declarations']
    if (Array.isArray(declared)) return toTools(declared)
    const from = firstObject(tool, ['function']) ?? tool
    const name = toText(from['name'] ?? from['type'])
    return name === '' ? [] : [{ name, description: toText(from['description']) }]
  })
}

function firstObject(of: JsonObject, names: readonly string[]): JsonObject | null {
  for (const name of names) {
    const value = of[name]
    if (isObject(value)) return value
  }
  return null
}

function toPart(kind: SentPart['kind'], name: string, text: string): SentPart {
  return { kind, name, text }
}

function toPlain(value: unknown): string {
  return typeof value === 'string' ? value : toJson(value)
}
