/** Ollama's JSON lines, of its chat and generate calls: deltas, then one line with `done`, counts and durations. */
import { saying } from '../i18n/saying.ts'
import { createDuplicateWatch } from './folding/duplicates.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from './format.ts'
import { closeParts, continuePart, createGrowingTurn, grow } from './folding/growing-turn.ts'
import { parseObject, toJson, toList, toNumber, toObject, toObjects, toText } from './json/json.ts'
import type { JsonObject } from './json/json.ts'
import { toBase64SizeBytes } from './folding/media.ts'
import { pathOf } from './folding/sample.ts'
import type { Finish } from './turn.ts'
import { toTable } from './folding/table.ts'

const NAME = 'ollama'
const KEY = 'message'
const FINISH_KINDS = toTable<Finish['kind']>({ stop: 'stop', length: 'length' })

export const ollama: Format = {
  name: NAME,
  label: 'Ollama',
  expected: saying('a line with "done": true'),
  match,
  terminal,
  start,
}

function isOwn(data: JsonObject | null): data is JsonObject {
  if (data === null || typeof data['done'] !== 'boolean' || typeof data['model'] !== 'string') return false
  return toObject(data['message']) !== null || typeof data['response'] === 'string'
}

function match(sample: Sample): Match | null {
  if (sample.first.some((event) => isOwn(parseObject(event.data)))) {
    return { certainty: 'sure', evidence: [saying('lines have model, done, and message or response')] }
  }
  const request = parseObject(sample.requestBody)
  const asks = request !== null && 'model' in request && ('messages' in request || 'prompt' in request)
  if (!asks || !/\/api\/(?:chat|generate)$/.test(pathOf(sample.url))) return null
  return {
    certainty: 'likely',
    evidence: [saying('the request posts a model and a prompt to /api/chat or /api/generate')],
  }
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  for (const { data, index } of last.toReversed()) {
    const line = parseObject(data)
    if (line?.['done'] === true) return { kind: 'end', index, name: 'done', text: '' }
    if (typeof line?.['error'] === 'string') return { kind: 'error', index, name: 'error', text: line['error'] }
  }
  return null
}

function start(): Folding {
  const turn = createGrowingTurn(NAME)
  const watch = createDuplicateWatch(turn)
  /** Fields of the lines, later ones in place of earlier ones. */
  const fields: Record<string, unknown> = {}
  const messageFields: Record<string, unknown> = {}
  const lists = new Map<string, unknown[]>()
  const texts = new Map<string, string>()

  function step(event: FormatEvent): void {
    const data = turn.read(event)
    if (data === null) return
    if (turn.endedAt !== null) turn.problem('event-after-end', saying('A line after the one with done'), event.index)
    if (typeof data['error'] === 'string') return takeError(data['error'], event.index)
    if (typeof data['done'] !== 'boolean') return turn.strange(Object.keys(data).slice(0, 3).join(', '), event.index)
    takeLine(data, event.index)
  }

  function takeLine(data: JsonObject, event: number): void {
    Object.assign(fields, data)
    turn.model = toText(data['model']) || turn.model
    collect('logprobs', data['logprobs'])
    const given = toObject(data['message'])
    const { message: _, ...bare } = data
    const source = given ?? bare
    if (given !== null) Object.assign(messageFields, given)
    const message = turn.message(KEY, toText(given?.['role']) || 'assistant')
    let isBare = true
    for (const field of ['thinking', given === null ? 'response' : 'content']) {
      const delta = toText(source[field])
      if (delta === '') continue
      isBare = false
      texts.set(field, (texts.get(field) ?? '') + delta)
      watch(delta, event)
      grow(continuePart(turn, message, field === 'thinking' ? 'reasoning' : 'text', event), delta, event)
    }
    for (const call of toObjects(source['tool_calls'])) takeCall(call, event)
    collect('tool_calls', source['tool_calls'])
    for (const image of [...toList(source['images']), ...toList(data['image'] === undefined ? [] : [data['image']])]) {
      takeImage(toText(image), event)
    }
    collect('images', source['images'])
    // Progress of an image, or an empty delta.
    if (data['done'] === false && isBare && toList(source['tool_calls']).length === 0) turn.pings += 1
    if (data['done'] === true) takeEnd(data, event)
  }

  function collect(field: string, list: unknown): void {
    const items = toList(list)
    if (items.length === 0) return
    const known = lists.get(field) ?? []
    for (const item of items) known.push(item)
    lists.set(field, known)
  }

  function takeCall(call: JsonObject, event: number): void {
    const part = turn.open(turn.message(KEY, ''), 'tool call', 'call', event)
    const asked = toObject(call['function'])
    part.id = toText(call['id'])
    part.name = toText(asked?.['name'])
    part.arguments.add(toJson(asked?.['arguments'] ?? {}), event)
    part.closed = true
  }

  function takeImage(base64: string, event: number): void {
    const part = turn.open(turn.message(KEY, ''), 'media', 'image', event)
    part.mediaType = 'image'
    part.sizeBytes = toBase64SizeBytes(base64)
    part.closed = true
  }

  function takeEnd(data: JsonObject, event: number): void {
    const reason = toText(data['done_reason'])
    if (reason !== '') turn.finish(turn.message(KEY, ''), reason, FINISH_KINDS[reason] ?? 'other', event)
    const [inputTokens, outputTokens] = [toNumber(data['prompt_eval_count']), toNumber(data['eval_count'])]
    if (inputTokens !== null || outputTokens !== null) {
      const unknown = { reasoningTokens: null, cachedInputTokens: null, totalTokens: null }
      turn.usage = { inputTokens, outputTokens, ...unknown, event }
    }
    turn.ended(event)
    closeParts(turn)
  }

  function takeError(text: string, event: number): void {
    turn.error(text, '', event)
    turn.ended(event)
  }

  return {
    step,
    turn,
    end() {
      closeParts(turn)
      if (turn.endedAt === null)
        turn.problem('missing-terminal', saying('The stream ended without a line with "done": true'), -1)
    },
    final() {
      if (Object.keys(fields).length === 0) return null
      const { logprobs: _, ...others } = fields
      const whole = { ...others, ...toEntries(['logprobs']) }
      const media = toEntries(['tool_calls', 'images'])
      if (!('message' in fields)) return { ...whole, ...media, ...toTexts('response') }
      return { ...whole, message: { ...messageFields, ...toTexts('content'), ...media } }
    },
  }

  function toEntries(names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(names.flatMap((name) => (lists.has(name) ? [[name, lists.get(name)]] : [])))
  }

  function toTexts(field: string): Record<string, string> {
    const thinking = texts.get('thinking')
    return { [field]: texts.get(field) ?? '', ...(thinking === undefined ? {} : { thinking }) }
  }
}
