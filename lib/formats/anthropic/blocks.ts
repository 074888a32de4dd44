/** The content blocks of one Anthropic message: parts for the panel, and the blocks as the call without streaming gives them. */
import { saying } from '../../i18n/saying.ts'
import { createDuplicateWatch } from '../folding/duplicates.ts'
import { checkArguments, grow, PART_WORDS } from '../folding/growing-turn.ts'
import type { GrowingMessage, GrowingPart, GrowingTurn, PartOf } from '../folding/growing-turn.ts'
import { isObject, parseJson, toJson, toList, toNumber, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import type { Citation } from '../turn.ts'

export interface AnthropicBlocks {
  start(message: GrowingMessage, data: JsonObject, event: number): void
  delta(message: GrowingMessage, data: JsonObject, event: number): void
  stop(data: JsonObject, event: number): void
  /** No more events come for these blocks; after an error, unfinished ones are no problem of their own. */
  end(failed: boolean): void
  final(): unknown[]
}

interface Block {
  readonly index: number
  /** As it was started; null for one that deltas came for without a start. */
  readonly raw: JsonObject | null
  readonly part: GrowingPart
  readonly watch: (delta: string, event: number) => void
  /** Whole citations, as the provider's object has them. */
  readonly citations: unknown[]
  /** Fields that a delta brought whole. */
  readonly replaced: Record<string, unknown>
}

export function createAnthropicBlocks(turn: GrowingTurn): AnthropicBlocks {
  const blocks = new Map<number, Block>()
  let ended = false

  function add(message: GrowingMessage, index: number, raw: JsonObject | null, like: JsonObject, event: number): Block {
    const part = openPart(turn, message, String(index), like, event)
    const block = { index, raw, part, watch: createDuplicateWatch(turn), citations: [], replaced: {} }
    blocks.set(index, block)
    return block
  }

  function closeCall(block: Block, part: PartOf<'tool call'>, event: number): void {
    const input = toObject(block.raw?.['input'])
    // A call may come whole with its start; where deltas come, they replace what the start said.
    if (part.arguments.deltas === 0 && input !== null && Object.keys(input).length > 0) {
      part.arguments.add(toJson(input), event)
    }
    checkArguments(turn, part)
  }

  return {
    start(message, data, event) {
      const raw = toObject(data['content_block'])
      const index = toNumber(data['index']) ?? blocks.size
      if (raw === null) return turn.problem('unexpected-shape', saying('content_block_start without a block'), event)
      if (blocks.has(index)) {
        turn.problem('sequence-repeat', saying('Block {index} is started a second time', { index }), event)
      } else if (index > blocks.size) {
        const text = saying('Block {index} is started, but the next one is {next}', { index, next: blocks.size })
        turn.problem('sequence-gap', text, event)
      }
      add(message, index, raw, raw, event)
    },
    delta(message, data, event) {
      const delta = toObject(data['delta'])
      const index = toNumber(data['index']) ?? -1
      if (delta === null) return turn.problem('unexpected-shape', saying('content_block_delta without a delta'), event)
      let block = blocks.get(index)
      if (block === undefined) {
        turn.problem(
          'delta-without-block',
          saying('A {type} for block {index}, which was not started', { type: toText(delta['type']), index }),
          event,
        )
        block = add(message, index, null, toImpliedBlock(delta), event)
      } else if (block.part.closed) {
        const text = saying('A {type} for block {index}, which was stopped', { type: toText(delta['type']), index })
        turn.problem('delta-without-block', text, event)
      }
      addDelta(turn, block, delta, event)
    },
    stop(data, event) {
      const index = toNumber(data['index']) ?? -1
      const block = blocks.get(index)
      if (block === undefined) {
        const text = saying('Block {index} is stopped, but was not started', { index })
        return turn.problem('delta-without-block', text, event)
      }
      if (block.part.closed) return
      block.part.closed = true
      if (block.part.kind === 'tool call') closeCall(block, block.part, event)
    },
    end(failed) {
      if (ended) return
      ended = true
      for (const block of blocks.values()) {
        if (block.part.closed || failed) continue
        const { index, part } = block
        const text = saying('Block {index} ({kind}) has no content_block_stop', {
          index,
          kind: saying(PART_WORDS[part.kind]),
        })
        turn.problem('unclosed-block', text, -1)
        if (block.part.kind === 'tool call') closeCall(block, block.part, block.part.lastEvent)
      }
    },
    final: () => [...blocks.values()].flatMap((block) => (block.raw === null ? [] : [toFinalBlock(block, block.raw)])),
  }
}

function openPart(
  turn: GrowingTurn,
  message: GrowingMessage,
  key: string,
  block: JsonObject,
  event: number,
): GrowingPart {
  const type = toText(block['type'])
  switch (type) {
    case 'text': {
      const part = turn.open(message, 'text', key, event)
      grow(part, toText(block['text']), event)
      part.citations.push(...toObjects(block['citations']).map((citation) => toCitation(citation, event)))
      return part
    }
    case 'thinking': {
      const part = turn.open(message, 'reasoning', key, event)
      grow(part, toText(block['thinking']), event)
      part.signature = toText(block['signature'])
      return part
    }
    case 'redacted_thinking': {
      const part = turn.open(message, 'reasoning', key, event)
      part.redacted = true
      return part
    }
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use': {
      const part = turn.open(message, 'tool call', key, event)
      part.id = toText(block['id'])
      part.name = toText(block['name'])
      part.server = type !== 'tool_use'
      return part
    }
    case 'container_upload': {
      const part = turn.open(message, 'media', key, event)
      part.name = toText(block['file_id'])
      return part
    }
    default:
      return type.endsWith('_tool_result')
        ? openResult(turn, message, key, block, event)
        : openOther(turn, message, key, block, event)
  }
}

function openResult(turn: GrowingTurn, message: GrowingMessage, key: string, block: JsonObject, event: number) {
  const part = turn.open(message, 'tool result', key, event)
  const content = block['content']
  part.id = toText(block['tool_use_id'])
  part.name = toText(block['type']).slice(0, -'_tool_result'.length)
  part.isError = block['is_error'] === true || toText(toObject(content)?.['type']).endsWith('_error')
  grow(part, toResultText(content), event)
  return part
}

/** What has no kind of its own: shown as data. Compactions and fallbacks are the format's own, the rest is not known. */
function openOther(turn: GrowingTurn, message: GrowingMessage, key: string, block: JsonObject, event: number) {
  const part = turn.open(message, 'data', key, event)
  const type = toText(block['type'])
  part.name = type
  const isKnown = ['compaction', 'fallback', 'mcp_tool_listing', 'tool_reference', 'image', 'document'].includes(type)
  if (!isKnown) turn.strange(`block ${type}`, event)
  if (type !== 'compaction') grow(part, toJson(block), event)
  else grow(part, toText(block['content']), event)
  return part
}

/** Text where the result is text, JSON where it is not. */
function toResultText(content: unknown): string {
  if (typeof content === 'string') return content
  const parts = toList(content)
  const isText = parts.length > 0 && parts.every((part) => isObject(part) && part['type'] === 'text')
  return isText
    ? toObjects(content)
        .map((part) => toText(part['text']))
        .join('\n')
    : toJson(content)
}

/** The block that a delta without one must have been meant for. */
function toImpliedBlock(delta: JsonObject): JsonObject {
  switch (delta['type']) {
    case 'text_delta':
    case 'citations_delta':
      return { type: 'text' }
    case 'thinking_delta':
    case 'signature_delta':
      return { type: 'thinking' }
    case 'input_json_delta':
      return { type: 'tool_use' }
    default:
      return { type: toText(delta['type']).replace(/_delta$/, '') }
  }
}

function addDelta(turn: GrowingTurn, block: Block, delta: JsonObject, event: number): void {
  const { part } = block
  const type = toText(delta['type'])
  part.lastEvent = event
  if (type === 'text_delta' && part.kind === 'text') {
    const text = toText(delta['text'])
    grow(part, text, event)
    block.watch(text, event)
  } else if (type === 'thinking_delta' && part.kind === 'reasoning') {
    const text = toText(delta['thinking'])
    grow(part, text, event)
    block.watch(text, event)
  } else if (type === 'input_json_delta' && part.kind === 'tool call') {
    const text = toText(delta['partial_json'])
    part.arguments.add(text, event)
    block.watch(text, event)
    block.replaced['input'] = true
  } else if (type === 'citations_delta' && part.kind === 'text') {
    block.citations.push(delta['citation'])
    part.citations.push(toCitation(toObject(delta['citation']) ?? {}, event))
  } else if (type === 'signature_delta' && part.kind === 'reasoning') {
    part.signature = toText(delta['signature'])
  } else if (type === 'compaction_delta' && part.kind === 'data') {
    grow(part, toText(delta['content']), event)
    for (const field of ['content', 'encrypted_content']) {
      if (field in delta) block.replaced[field] = delta[field]
    }
  } else if (/^(?:text|thinking|input_json|citations|signature|compaction)_delta$/.test(type)) {
    const values = { type, index: block.index, kind: saying(PART_WORDS[part.kind]) }
    turn.problem('unexpected-shape', saying('A {type} for block {index}, which is a {kind}', values), event)
  } else {
    turn.strange(`delta ${type}`, event)
  }
}

function toCitation(citation: JsonObject, event: number): Citation {
  return {
    title: toText(citation['title']) || toText(citation['document_title']),
    url: toText(citation['url']) || toText(citation['source']),
    text: toText(citation['cited_text']),
    event,
  }
}

function toFinalBlock({ part, citations, replaced }: Block, raw: JsonObject): JsonObject {
  switch (part.kind) {
    case 'text':
      return citations.length === 0
        ? { ...raw, text: part.text.text }
        : { ...raw, text: part.text.text, citations: [...toList(raw['citations']), ...citations] }
    case 'reasoning':
      return part.redacted ? raw : { ...raw, thinking: part.text.text, signature: part.signature }
    case 'tool call':
      return 'input' in replaced ? { ...raw, input: toInput(part.arguments.text) } : raw
    case 'refusal':
    case 'tool result':
    case 'media':
    case 'data':
      return { ...raw, ...replaced }
    default:
      return part satisfies never
  }
}

/** Deltas that add up to nothing are a call without input; what is not JSON is given as it came. */
function toInput(text: string): unknown {
  return text === '' ? {} : (parseJson(text) ?? text)
}
