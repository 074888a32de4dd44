/** One choice of a chat completion: parts for the panel, and the choice as the call without streaming gives it. */
import { saying } from '../../i18n/saying.ts'
import { createDuplicateWatch } from '../folding/duplicates.ts'
import { grow } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { isObject, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { createChatMedia } from './chat-media.ts'
import { createChatReasoning } from './chat-reasoning.ts'
import { createChatTools } from './chat-tools.ts'
import type { Citation, Finish } from '../turn.ts'

export interface Choice {
  readonly index: number
  take(choice: JsonObject, event: number): void
  cite(citation: Citation): void
  isFinished(): boolean
  /** No more comes: what is open is closed, what is wrong with it is said. */
  end(): void
  final(): unknown
}

const FINISH_KINDS: ReadonlyMap<string, Finish['kind']> = new Map(
  Object.entries({
    stop: 'stop',
    eos: 'stop',
    end_turn: 'stop',
    stop_sequence: 'stop',
    length: 'length',
    max_tokens: 'length',
    model_length: 'length',
    tool_calls: 'tool',
    tool_use: 'tool',
    function_call: 'tool',
    content_filter: 'filter',
    sensitive: 'filter',
    error: 'error',
    network_error: 'error',
    insufficient_system_resource: 'error',
    abort: 'abort',
  } as const),
)

/** What a delta may carry; anything else is counted as strange, and kept. */
const DELTA_FIELDS = new Set(
  'role content refusal tool_calls function_call audio images annotations reasoning_content reasoning reasoning_details'.split(
    ' ',
  ),
)

export function createChoice(turn: GrowingTurn, index: number): Choice {
  const message: GrowingMessage = turn.message(String(index), '')
  const texts = new Map<'text' | 'refusal', Grown>()
  const reasoning = createChatReasoning(turn, message)
  const tools = createChatTools(turn, message)
  const media = createChatMedia(turn, message)
  /** Fields of the choice and of its message that are no text of their own: the latest of each. */
  const choiceFields: Record<string, unknown> = {}
  const messageFields: Record<string, unknown> = {}
  let content: string | null = null
  /** Content that came as a list of blocks, as Mistral's does. */
  const blocks: JsonObject[] = []
  const annotations: unknown[] = []
  let logprobs: Record<string, unknown> | null = null
  /** `text` in place of a delta: a text completion. */
  let isCompletion = false

  function take(choice: JsonObject, event: number): void {
    const { delta, finish_reason: reason, index: _index, logprobs: given, message: _message, text, ...rest } = choice
    if (typeof text === 'string') {
      isCompletion = true
      takeText('text', text, event)
    }
    Object.assign(choiceFields, rest)
    if (isObject(given)) takeLogprobs(given)
    if (isObject(delta)) takeDelta(delta, event)
    if (typeof reason === 'string' && reason !== '') {
      turn.finish(message, reason, FINISH_KINDS.get(reason) ?? 'other', event)
      close()
    }
  }

  function takeDelta(delta: JsonObject, event: number): void {
    const role = toText(delta['role'])
    if (role !== '') message.role = role
    reasoning.take(delta, event)
    if (typeof delta['content'] === 'string') takeText('text', delta['content'], event)
    else for (const block of toObjects(delta['content'])) takeBlock(block, event)
    if (typeof delta['refusal'] === 'string') takeText('refusal', delta['refusal'], event)
    if (message.finish !== null && (delta['tool_calls'] != null || delta['function_call'] != null)) sayLate(event)
    for (const call of toObjects(delta['tool_calls'])) tools.take(call, event)
    if (isObject(delta['function_call'])) tools.takeFunctionCall(delta['function_call'], event)
    if (isObject(delta['audio'])) media.takeAudio(delta['audio'], event)
    for (const image of toObjects(delta['images'])) media.takeImage(image, event)
    for (const annotation of toObjects(delta['annotations'])) takeAnnotation(annotation, event)
    for (const [name, value] of Object.entries(delta)) {
      if (DELTA_FIELDS.has(name)) continue
      messageFields[name] = value
      if (value !== null) turn.strange(`delta.${name}`, event)
    }
  }

  function takeText(kind: 'text' | 'refusal', delta: string, event: number): void {
    if (kind === 'text') content ??= ''
    if (delta === '') return
    if (message.finish !== null) sayLate(event)
    const grown = open(kind, event)
    grown.watch(delta, event)
    grow(grown.part, delta, event)
  }

  function open(kind: 'text' | 'refusal', event: number): Grown {
    let grown = texts.get(kind)
    if (grown === undefined) {
      const name = kind === 'text' ? 'content' : kind
      grown = { part: turn.open(message, kind, name, event), watch: createDuplicateWatch(turn) }
      texts.set(kind, grown)
    }
    return grown
  }

  function takeBlock(block: JsonObject, event: number): void {
    const type = toText(block['type'])
    if (type === 'thinking') {
      for (const part of toObjects(block['thinking'])) reasoning.takeText(toText(part['text']), event)
    } else if (type === 'text') {
      takeText('text', toText(block['text']), event)
    } else if (type === 'image_url') {
      media.takeImage(block, event)
    } else {
      turn.strange(`content ${type}`, event)
    }
    blocks.push(block)
  }

  function takeAnnotation(annotation: JsonObject, event: number): void {
    annotations.push(annotation)
    const given = toObject(annotation['url_citation'])
    if (given === null) return
    cite({ title: toText(given['title']), url: toText(given['url']), text: toText(given['content']), event })
  }

  function cite(citation: Citation): void {
    open('text', citation.event).part.citations.push(citation)
  }

  function takeLogprobs(given: JsonObject): void {
    logprobs ??= {}
    for (const [name, value] of Object.entries(given)) {
      const known = logprobs[name]
      if (Array.isArray(known) && Array.isArray(value)) known.push(...(value as unknown[]))
      else if (known == null || value != null) logprobs[name] = Array.isArray(value) ? [...(value as unknown[])] : value
    }
  }

  function sayLate(event: number): void {
    if (turn.endedAt !== null) return
    const text = saying('More of the answer after finish_reason {reason}', { reason: message.finish?.reason ?? '' })
    turn.problem('event-after-end', text, event)
  }

  function close(): void {
    for (const part of message.parts) part.closed = true
  }

  function finalContent(): unknown {
    if (blocks.length > 0) return mergeBlocks(blocks)
    return content === null ? null : (texts.get('text')?.part.text.text ?? '')
  }

  return {
    index,
    take,
    cite,
    isFinished: () => message.finish !== null || media.isAudioWhole(),
    end() {
      tools.end()
      close()
    },
    final() {
      const finish = message.finish?.reason ?? (media.isAudioWhole() ? 'stop' : null)
      const shared = { ...choiceFields, finish_reason: finish, index, logprobs }
      if (isCompletion) return { ...shared, text: finalContent() ?? '' }
      return {
        ...shared,
        message: {
          ...messageFields,
          role: message.role || 'assistant',
          content: finalContent(),
          refusal: texts.get('refusal')?.part.text.text ?? null,
          ...reasoning.final(),
          ...tools.final(),
          ...media.final(),
          ...(annotations.length > 0 ? { annotations } : {}),
        },
      }
    },
  }
}

interface Grown {
  readonly part: PartOf<'text' | 'refusal'>
  readonly watch: (delta: string, event: number) => void
}

/** Neighbours of one kind are one block that came in pieces. */
function mergeBlocks(blocks: readonly JsonObject[]): unknown[] {
  const merged: { block: JsonObject; pieces: JsonObject[] }[] = []
  for (const block of blocks) {
    const last = merged.at(-1)
    const grows = block['type'] === 'text' || block['type'] === 'thinking'
    if (last !== undefined && grows && last.block['type'] === block['type']) last.pieces.push(block)
    else merged.push({ block, pieces: [block] })
  }
  return merged.map(({ block, pieces }) => {
    if (block['type'] === 'text') return { ...block, text: pieces.map((piece) => toText(piece['text'])).join('') }
    if (block['type'] !== 'thinking') return block
    const parts = pieces.flatMap((piece) => toObjects(piece['thinking']))
    return { ...block, thinking: parts.length > 0 ? mergeBlocks(parts) : [] }
  })
}
