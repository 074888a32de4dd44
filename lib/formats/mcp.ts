/** MCP over streamable HTTP: JSON-RPC answers, and the server's own requests and notifications, as events. */
import { saying } from '../i18n/saying.ts'
import type { Wording } from '../i18n/saying.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from './format.ts'
import { createGrowingTurn, grow, toExcerpt } from './folding/growing-turn.ts'
import type { GrowingMessage } from './folding/growing-turn.ts'
import { toRpcMessage, toRpcMessages } from './json/json-rpc.ts'
import type { RpcId, RpcMessage } from './json/json-rpc.ts'
import { isObject, parseJson, toJson, toList, toObject, toObjects, toText } from './json/json.ts'
import type { JsonObject } from './json/json.ts'
import { toBase64SizeBytes } from './folding/media.ts'
import { headerOf } from '../headers.ts'

const NAME = 'mcp'
const METHOD =
  /^(?:initialize|ping|(?:notifications|tools|resources|prompts|sampling|elicitation|roots|completion|logging|tasks)\/.+)$/
const HEADERS = ['mcp-session-id', 'mcp-protocol-version', 'mcp-method']

export const mcp: Format = {
  name: NAME,
  label: 'MCP',
  // A stream may also end without an answer: opened by GET, or to be gone on with later from its last event id.
  expected: '',
  match,
  terminal,
  start,
}

function match(sample: Sample): Match | null {
  const messages = sample.first.flatMap((event) => toRpcMessages(parseJson(event.data)))
  const evidence: Wording[] = []
  const own = messages.find((message) => 'method' in message && METHOD.test(message.method))
  if (own !== undefined && 'method' in own)
    evidence.push(saying('an event is a JSON-RPC message with the method {method}', { method: own.method }))
  const asked = toRpcMessages(parseJson(sample.requestBody)).find(
    (message) => message.kind === 'request' && METHOD.test(message.method),
  )
  if (asked?.kind === 'request')
    evidence.push(saying('the request posts the JSON-RPC method {method}', { method: asked.method }))
  const header = HEADERS.find(
    (name) => headerOf(sample.requestHeaders, name) !== null || headerOf(sample.responseHeaders, name) !== null,
  )
  if (header !== undefined) evidence.push(saying('there is the header {header}', { header }))
  if (evidence.length === 0) return null
  return { certainty: messages.length > 0 ? 'sure' : 'likely', evidence }
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  for (const event of last.toReversed()) {
    const answer = toRpcMessages(parseJson(event.data)).findLast(({ kind }) => kind === 'result' || kind === 'error')
    if (answer?.kind === 'error') return { kind: 'error', index: event.index, name: 'error', text: answer.text }
    if (answer?.kind === 'result') return { kind: 'end', index: event.index, name: 'result', text: '' }
  }
  return null
}

function start(sample: Sample): Folding {
  const turn = createGrowingTurn(NAME)
  const body = parseJson(sample.requestBody)
  const asked = new Map<RpcId, { readonly method: string; readonly params: JsonObject }>()
  for (const message of toRpcMessages(body)) if (message.kind === 'request') asked.set(message.id, message)
  const answers = new Map<RpcId, unknown>()
  /** An event without data only gives an id, from which the stream may be gone on with. */
  let resumable = false

  function step(event: FormatEvent): void {
    if (event.data === '') {
      resumable = true
      turn.pings += 1
      return
    }
    const value = parseJson(event.data)
    for (const item of Array.isArray(value) ? toList(value) : [value]) takeItem(item, event)
  }

  function takeItem(item: unknown, event: FormatEvent): void {
    const message = toRpcMessage(item)
    if (message === null) {
      const excerpt = toExcerpt(event.data)
      return item === undefined
        ? turn.problem('not-json', saying('Not JSON: {excerpt}', { excerpt }), event.index)
        : turn.problem('unexpected-shape', saying('Not a JSON-RPC message: {excerpt}', { excerpt }), event.index)
    }
    switch (message.kind) {
      case 'request':
      case 'notification':
        return takeCall(message, event.index)
      case 'result':
      case 'error':
        return takeAnswer(message, item, event.index)
      default:
        return message satisfies never
    }
  }

  function takeCall(message: Extract<RpcMessage, { readonly params: JsonObject }>, event: number): void {
    if (message.method === 'ping') {
      turn.pings += 1
      return
    }
    if (!METHOD.test(message.method)) turn.strange(message.method, event)
    const isRequest = message.kind === 'request'
    addData(
      turn.message('server', 'server'),
      message.method,
      isRequest ? { id: message.id, ...message.params } : message.params,
      event,
    )
  }

  function takeAnswer(message: Extract<RpcMessage, { kind: 'result' | 'error' }>, item: unknown, event: number): void {
    const { id } = message
    const request = asked.get(id)
    if (answers.has(id))
      turn.problem('sequence-repeat', saying('A second answer to the request {id}', { id: String(id) }), event)
    answers.set(id, item)
    if (message.kind === 'error') turn.error(message.text, message.code, event)
    if (message.kind === 'result') takeResult(turn.message(`answer ${id}`, 'server'), request, message.result, event)
    turn.id ||= String(id ?? '')
    if ([...asked.keys()].every((key) => answers.has(key))) turn.ended(event)
  }

  function takeResult(
    message: GrowingMessage,
    request: { readonly method: string; readonly params: JsonObject } | undefined,
    result: unknown,
    event: number,
  ): void {
    const content = toObject(result)?.['content']
    const isCall = request?.method === 'tools/call' || (request === undefined && Array.isArray(content))
    if (!isObject(result) || !isCall) {
      const name =
        request === undefined ? saying('result of a request') : saying('result of {method}', { method: request.method })
      addData(message, name, result, event)
      return
    }
    const part = turn.open(message, 'tool result', 'result', event)
    part.name = toText(request?.params['name'])
    part.id = message.key.slice('answer '.length)
    part.isError = result['isError'] === true
    part.closed = true
    const texts = toObjects(content).filter(({ type }) => type === 'text')
    grow(part, texts.map(({ text }) => toText(text)).join('\n'), event)
    for (const block of toObjects(content)) if (block['type'] !== 'text') addBlock(message, block, event)
    if (result['structuredContent'] !== undefined) {
      addData(message, saying('structured content'), result['structuredContent'], event)
    }
  }

  function addBlock(message: GrowingMessage, block: JsonObject, event: number): void {
    const type = toText(block['type'])
    const resource = type === 'resource_link' ? block : (toObject(block['resource']) ?? {})
    const part = turn.open(message, 'media', type, event)
    part.closed = true
    part.mediaType = toText(block['mimeType']) || toText(resource['mimeType'])
    part.name = toText(resource['name']) || type
    part.url = toText(resource['uri'])
    part.sizeBytes = toBase64SizeBytes(toText(block['data']) || toText(resource['blob']))
    if (!['image', 'audio', 'resource', 'resource_link'].includes(type)) turn.strange(`content ${type}`, event)
  }

  function addData(message: GrowingMessage, name: Wording, value: unknown, event: number): void {
    const part = turn.open(message, 'data', typeof name === 'string' ? name : name.message, event)
    part.name = name
    part.closed = true
    grow(part, toJson(value), event)
  }

  return {
    step,
    turn,
    end() {
      if (resumable) return
      for (const [id, { method }] of asked) {
        if (answers.has(id)) continue
        const text = saying('The stream ended without an answer to the request {id} ({method})', {
          id: String(id),
          method,
        })
        turn.problem('missing-terminal', text, -1)
      }
    },
    final() {
      const all = [...answers.values()]
      return Array.isArray(body) ? all : (all.at(-1) ?? null)
    },
  }
}
