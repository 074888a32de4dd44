/** Anthropic's Messages stream: a message of numbered blocks, each started, grown by deltas and stopped. */
import { saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import { createAnthropicBlocks } from './blocks.ts'
import type { AnthropicBlocks } from './blocks.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from '../format.ts'
import { createGrowingTurn, toSubject } from '../folding/growing-turn.ts'
import type { GrowingMessage } from '../folding/growing-turn.ts'
import { isObject, parseObject, toNumber, toObject, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import type { Finish, Usage } from '../turn.ts'
import { toTable } from '../folding/table.ts'
import { headerOf } from '../../headers.ts'

const NAME = 'anthropic-messages'
const BLOCK_EVENTS = new Set(['content_block_start', 'content_block_delta', 'content_block_stop'])

const FINISH_KINDS = toTable<Finish['kind']>({
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool',
  refusal: 'filter',
})

/** What `message_delta` replaces in the message, and in its usage, where it has it. */
const MESSAGE_FIELDS = ['stop_reason', 'stop_sequence', 'stop_details']
const OPTIONAL_MESSAGE_FIELDS = ['container']
const OPTIONAL_EVENT_FIELDS = ['context_management', 'input_transformations']

export const anthropicMessages: Format = {
  name: NAME,
  label: 'Anthropic Messages',
  expected: saying('the event message_stop'),
  match,
  terminal,
  start,
}

function match(sample: Sample): Match | null {
  const evidence: Wording[] = []
  const types = sample.first.map((event) => {
    const data = parseObject(event.data)
    const type = toText(data?.['type'])
    if (type === 'message_start') return toObject(data?.['message'])?.['type'] === 'message' ? type : ''
    return BLOCK_EVENTS.has(type) && toNumber(data?.['index']) !== null ? type : ''
  })
  const own = types.find((type) => type !== '')
  if (own !== undefined)
    evidence.push(saying("an event's data has the type {type} and that event's fields", { type: own }))
  if (headerOf(sample.requestHeaders, 'anthropic-version') !== null) {
    evidence.push(saying('the request has the header {header}', { header: 'anthropic-version' }))
  }
  const request = parseObject(sample.requestBody)
  const asks = request !== null && 'max_tokens' in request && 'messages' in request && request['stream'] === true
  if (asks && /\/v1\/messages(?:[?#]|$)/.test(sample.url)) {
    evidence.push(saying('the request posts messages and max_tokens to /v1/messages'))
  }
  if (evidence.length === 0) return null
  return { certainty: own === undefined ? 'likely' : 'sure', evidence }
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  for (const event of last.toReversed()) {
    const data = parseObject(event.data)
    if (data?.['type'] === 'message_stop') return { kind: 'end', index: event.index, name: 'message_stop', text: '' }
    if (data?.['type'] === 'error') {
      return { kind: 'error', index: event.index, name: 'error', text: toText(toObject(data['error'])?.['message']) }
    }
  }
  return null
}

function start(): Folding {
  const turn = createGrowingTurn(NAME)
  let message: GrowingMessage | null = null
  /** The message as `message_start` brought it, with what `message_delta` replaced. */
  let raw: Record<string, unknown> | null = null
  let rawUsage: Record<string, unknown> = {}
  let blocks: AnthropicBlocks = createAnthropicBlocks(turn)
  let failed = false
  let saidNameless = false

  function step(event: FormatEvent): void {
    const data = turn.read(event)
    if (data === null) return
    const type = toText(data['type'])
    if (event.type === 'message' && type !== '' && !saidNameless) {
      saidNameless = true
      turn.problem(
        'unexpected-shape',
        saying('The event {type} has no event field: the official clients skip it', { type }),
        event.index,
      )
    }
    if (turn.endedAt !== null && type !== 'ping') {
      turn.problem(
        'event-after-end',
        saying('{type} after the end of the message', { type: toSubject(type) }),
        event.index,
      )
    }
    switch (type) {
      case 'message_start':
        return startMessage(data, event.index)
      case 'content_block_start':
        return blocks.start(openMessage(), data, event.index)
      case 'content_block_delta':
        return blocks.delta(openMessage(), data, event.index)
      case 'content_block_stop':
        return blocks.stop(data, event.index)
      case 'message_delta':
        return changeMessage(data, event.index)
      case 'message_stop':
        return stopMessage(event.index)
      case 'error':
        return takeError(data, event.index)
      case 'ping':
        turn.pings += 1
        return
      default:
        turn.strange(type || event.type, event.index)
    }
  }

  function startMessage(data: JsonObject, event: number): void {
    const given = toObject(data['message'])
    if (given === null) return turn.problem('unexpected-shape', saying('message_start without a message'), event)
    if (raw !== null && turn.endedAt === null) {
      turn.problem('unexpected-shape', saying('A second message_start before message_stop'), event)
    }
    turn.id = toText(given['id'])
    turn.model = toText(given['model'])
    turn.endedAt = null
    blocks.end(failed)
    blocks = createAnthropicBlocks(turn)
    const id = turn.id || 'message'
    const isKnown = turn.messages.some((known) => known.key === id)
    message = turn.message(isKnown ? `${id}#${turn.messages.length}` : id, toText(given['role']))
    raw = { ...given }
    rawUsage = { ...toObject(given['usage']) }
    if (isObject(given['usage'])) turn.usage = toUsage(rawUsage, event)
    if (Array.isArray(given['content'])) {
      for (const [index, block] of given['content'].entries()) {
        blocks.start(message, { index, content_block: block as unknown }, event)
      }
    }
  }

  /** Blocks without their message are shown all the same. */
  function openMessage(): GrowingMessage {
    message ??= turn.message('message', 'assistant')
    return message
  }

  function changeMessage(data: JsonObject, event: number): void {
    const delta = toObject(data['delta']) ?? {}
    raw ??= {}
    for (const field of MESSAGE_FIELDS) raw[field] = delta[field]
    copyGiven(OPTIONAL_MESSAGE_FIELDS, delta, raw)
    copyGiven(OPTIONAL_EVENT_FIELDS, data, raw)
    const reason = toText(delta['stop_reason'])
    if (reason !== '') turn.finish(openMessage(), reason, FINISH_KINDS[reason] ?? 'other', event)
    const usage = toObject(data['usage'])
    if (usage === null) return
    // Counts of the whole message so far, not of what came since.
    copyGiven(Object.keys(usage), usage, rawUsage)
    turn.usage = toUsage(rawUsage, event)
  }

  function stopMessage(event: number): void {
    if (message?.finish == null) {
      turn.problem('done-without-finish', saying('message_stop came, but no stop_reason'), event)
    }
    blocks.end(failed)
    turn.ended(event)
  }

  function takeError(data: JsonObject, event: number): void {
    const error = toObject(data['error'])
    failed = true
    turn.error(toText(error?.['message']), toText(error?.['type']), event)
    turn.ended(event)
  }

  return {
    step,
    turn,
    end() {
      blocks.end(failed)
      if (turn.endedAt === null) turn.problem('missing-terminal', saying('The stream ended without message_stop'), -1)
    },
    final() {
      if (raw === null) return null
      return { ...raw, content: blocks.final(), usage: rawUsage }
    },
  }
}

function copyGiven(fields: readonly string[], from: JsonObject, to: Record<string, unknown>): void {
  for (const field of fields) if (from[field] != null) to[field] = from[field]
}

function toUsage(usage: JsonObject, event: number): Usage {
  return {
    inputTokens: toNumber(usage['input_tokens']),
    outputTokens: toNumber(usage['output_tokens']),
    reasoningTokens: toNumber(toObject(usage['output_tokens_details'])?.['thinking_tokens']),
    cachedInputTokens: toNumber(usage['cache_read_input_tokens']),
    totalTokens: null,
    event,
  }
}
