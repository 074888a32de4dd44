/** The messages of an AG-UI run: text, reasoning, calls and results, as events of their own or in chunks. */
import { saying } from '../../i18n/saying.ts'
import { msg } from '../../i18n/translate.ts'
import { createConversation, toOwner } from './conversation.ts'
import { createAgUiRun } from './run.ts'
import type { AgUiRun } from './run.ts'
import { checkArguments, grow } from '../folding/growing-turn.ts'
import type { GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { toJson, toList, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { createOpenParts, growPart } from '../folding/open-parts.ts'
import { toTable } from '../folding/table.ts'

export interface AgUiParts {
  /** False for events of another kind. */
  take(type: string, data: JsonObject, event: number): boolean
  /** What belongs to no message. */
  readonly run: AgUiRun
  /** No more events of this run come. */
  end(failed: boolean): void
  final(): unknown
}

interface Chunked {
  readonly kind: 'text' | 'reasoning' | 'tool call'
  readonly id: string
}

/** It has no id. */
const THINKING = { message: msg('thinking'), id: '' }

const NAMELESS: Readonly<Record<Chunked['kind'], string>> = {
  text: msg('A text chunk without an id, and none before it'),
  reasoning: msg('A reasoning chunk without an id, and none before it'),
  'tool call': msg('A tool call chunk without an id, and none before it'),
}

export function createAgUiParts(turn: GrowingTurn): AgUiParts {
  const open = createOpenParts(turn)
  const conversation = createConversation()
  const run = createAgUiRun(turn, open, conversation)
  /** Parts that chunks made, by kind and id; chunks have no start and no end. */
  const chunkParts = new Map<string, PartOf<'text'> | PartOf<'reasoning'> | PartOf<'tool call'>>()
  let chunk: Chunked | null = null

  function openText(data: JsonObject, event: number): PartOf<'text'> {
    const id = toText(data['messageId'])
    const role = toText(data['role']) || 'assistant'
    const part = turn.open(turn.message(id, role), 'text', 'text', event)
    const name = data['name'] === undefined ? {} : { name: data['name'] }
    conversation.text(id, role, { ...name, ...toOwner(data) }, part.text)
    return part
  }

  function openReasoning(data: JsonObject, event: number): PartOf<'reasoning'> {
    const id = toText(data['messageId'])
    const part = turn.open(turn.message(id, 'reasoning'), 'reasoning', 'reasoning', event)
    conversation.text(id, 'reasoning', toOwner(data), part.text)
    return part
  }

  function openCall(data: JsonObject, event: number): PartOf<'tool call'> {
    const id = toText(data['toolCallId'])
    const name = toText(data['toolCallName'])
    const parent = toText(data['parentMessageId'])
    const known = turn.find(parent)
    const messageId = parent === '' || (known !== undefined && known.role !== 'assistant') ? id : parent
    const part = turn.open(turn.message(messageId, 'assistant'), 'tool call', id, event)
    part.id = id
    part.name = name
    conversation.call(id, name, messageId, toOwner(data), part.arguments)
    return part
  }

  function takeResult(data: JsonObject, event: number): void {
    const id = toText(data['messageId'])
    const role = toText(data['role']) || 'tool'
    const part = turn.open(turn.message(id, role), 'tool result', 'result', event)
    const { content, toolCallId } = data
    part.id = toText(toolCallId)
    part.closed = true
    grow(part, toContentText(content), event)
    const metadata = toObject(data['metadata'])
    conversation.result({ id, toolCallId, role, content, ...toOwner(data), ...(metadata === null ? {} : { metadata }) })
  }

  /** A chunk without an id goes on with the one before; a chunk with another begins. */
  function takeChunk(kind: Chunked['kind'], data: JsonObject, event: number): void {
    const given = toText(data[kind === 'tool call' ? 'toolCallId' : 'messageId'])
    const id = given || (chunk?.kind === kind ? chunk.id : '')
    const delta = toText(data['delta'])
    if (id === '') return turn.problem('delta-without-block', saying(NAMELESS[kind]), event)
    if (chunk?.kind !== kind || chunk.id !== id) {
      closeChunk()
      chunk = { kind, id }
    }
    const key = `${kind} ${id}`
    const part = chunkParts.get(key) ?? openChunk(kind, { ...data, messageId: id }, event)
    chunkParts.set(key, part)
    part.closed = false
    growPart(part, delta, event)
  }

  function openChunk(kind: Chunked['kind'], data: JsonObject, event: number) {
    switch (kind) {
      case 'text':
        return openText(data, event)
      case 'reasoning':
        return openReasoning(data, event)
      case 'tool call':
        return openCall(data, event)
      default:
        return kind satisfies never
    }
  }

  function closeChunk(): void {
    if (chunk === null) return
    const part = chunkParts.get(`${chunk.kind} ${chunk.id}`)
    if (part !== undefined && !part.closed) {
      part.closed = true
      if (part.kind === 'tool call') checkArguments(turn, part)
    }
    chunk = null
  }

  function takeMessage(type: string, data: JsonObject, event: number): boolean {
    const message = { message: msg('message {id}'), id: toText(data['messageId']) }
    const reasoning = { message: msg('reasoning {id}'), id: toText(data['messageId']) }
    const call = { message: msg('tool call {id}'), id: toText(data['toolCallId']) }
    const delta = toText(data['delta'])
    switch (type) {
      case 'TEXT_MESSAGE_START':
        open.add(message, openText(data, event), event)
        return true
      case 'TEXT_MESSAGE_CONTENT':
        open.grow(message, delta, event)
        return true
      case 'TEXT_MESSAGE_END':
        open.close(message, event)
        return true
      case 'REASONING_MESSAGE_START':
        open.add(reasoning, openReasoning(data, event), event)
        return true
      case 'REASONING_MESSAGE_CONTENT':
        open.grow(reasoning, delta, event)
        return true
      case 'REASONING_MESSAGE_END':
        open.close(reasoning, event)
        return true
      case 'TOOL_CALL_START':
        open.add(call, openCall(data, event), event)
        return true
      case 'TOOL_CALL_ARGS':
        open.grow(call, delta, event)
        return true
      case 'TOOL_CALL_END':
        open.close(call, event)
        return true
      case 'TOOL_CALL_RESULT':
        takeResult(data, event)
        return true
      case 'REASONING_ENCRYPTED_VALUE':
        conversation.encrypted(data['subtype'] === 'tool-call', toText(data['entityId']), data['encryptedValue'])
        turn.pings += 1
        return true
      // Reasoning messages stand between these two, which say nothing more.
      case 'REASONING_START':
      case 'REASONING_END':
        turn.pings += 1
        return true
      default:
        return takeThinking(type, delta, event)
    }
  }

  /** How reasoning was told before it had ids. */
  function takeThinking(type: string, delta: string, event: number): boolean {
    switch (type) {
      case 'THINKING_TEXT_MESSAGE_START':
        open.add(THINKING, turn.open(turn.message('thinking', 'reasoning'), 'reasoning', 'reasoning', event), event)
        return true
      case 'THINKING_TEXT_MESSAGE_CONTENT':
        open.grow(THINKING, delta, event)
        return true
      case 'THINKING_TEXT_MESSAGE_END':
        open.close(THINKING, event)
        return true
      case 'THINKING_START':
      case 'THINKING_END':
        turn.pings += 1
        return true
      default:
        return false
    }
  }

  function takeAny(type: string, data: JsonObject, event: number): boolean {
    const kind = CHUNKS[type]
    if (kind !== undefined) {
      takeChunk(kind, data, event)
      return true
    }
    closeChunk()
    return takeMessage(type, data, event) || run.take(type, data, event)
  }

  return {
    run,
    take(type, data, event) {
      const isOwn = takeAny(type, data, event)
      const metadata = toObject(data['metadata'])
      if (metadata === null) return isOwn
      const isCall = /^TOOL_CALL_(?!RESULT)/.test(type)
      conversation.metadata(isCall, toText(data[isCall ? 'toolCallId' : 'messageId']), metadata)
      return isOwn
    },
    end(failed) {
      closeChunk()
      open.end(failed)
    },
    final: () => conversation.final(),
  }
}

const CHUNKS = toTable<Chunked['kind']>({
  TEXT_MESSAGE_CHUNK: 'text',
  REASONING_MESSAGE_CHUNK: 'reasoning',
  TOOL_CALL_CHUNK: 'tool call',
})

/** Text where the content is text; images and files are named. */
function toContentText(content: unknown): string {
  if (typeof content === 'string') return content
  const named = toObjects(content).map((part) => {
    if (part['type'] === 'text') return toText(part['text'])
    return `[${toText(part['type'])} ${toText(toObject(part['source'])?.['mimeType'])}]`
  })
  return toList(content).length === named.length && named.length > 0 ? named.join('\n') : toJson(content)
}
