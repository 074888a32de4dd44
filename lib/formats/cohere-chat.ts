/** Cohere's chat stream, version 2: contents, tool calls and citations by index, each started and ended. */
import { saying } from '../i18n/saying.ts'
import { msg } from '../i18n/translate.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from './format.ts'
import { closeParts, createGrowingTurn, grow, toSubject } from './folding/growing-turn.ts'
import type { GrowingMessage, PartOf } from './folding/growing-turn.ts'
import { isObject, parseObject, toNumber, toObject, toObjects, toText } from './json/json.ts'
import type { JsonObject } from './json/json.ts'
import { createOpenParts, sayNotStarted } from './folding/open-parts.ts'
import type { PartName } from './folding/open-parts.ts'
import { pathOf } from './folding/sample.ts'
import type { Citation, Finish } from './turn.ts'
import { toTable } from './folding/table.ts'

const NAME = 'cohere-chat'
const OWN_EVENT = /^(?:message|content|tool-call|citation)-(?:start|end)$|^(?:content|tool-call|tool-plan)-delta$/
const FINISH_KINDS = toTable<Finish['kind']>({
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool',
  ERROR: 'error',
  TIMEOUT: 'error',
  ERROR_TOXIC: 'filter',
})

export const cohereChat: Format = {
  name: NAME,
  label: 'Cohere chat',
  expected: saying('the event message-end'),
  match,
  terminal,
  start,
}

function match(sample: Sample): Match | null {
  const own = sample.first
    .map((event) => parseObject(event.data))
    .find((data) => OWN_EVENT.test(toText(data?.['type'])) && (isObject(data?.['delta']) || 'index' in (data ?? {})))
  if (own !== undefined) {
    return {
      certainty: 'sure',
      evidence: [saying("an event's data has the type {type} and its fields", { type: toText(own?.['type']) })],
    }
  }
  const request = parseObject(sample.requestBody)
  if (request === null || !('messages' in request) || !pathOf(sample.url).endsWith('/v2/chat')) return null
  return { certainty: 'likely', evidence: [saying('the request posts messages to /v2/chat')] }
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  for (const event of last.toReversed()) {
    const data = parseObject(event.data)
    if (data?.['type'] !== 'message-end') continue
    const error = toText(toObject(data['delta'])?.['error'])
    return { kind: error === '' ? 'end' : 'error', index: event.index, name: 'message-end', text: error }
  }
  return null
}

const toContentName = (id: number): PartName => ({ message: msg('content {id}'), id })
const toCallName = (id: number): PartName => ({ message: msg('tool call {id}'), id })

function start(): Folding {
  const turn = createGrowingTurn(NAME)
  const parts = createOpenParts(turn)
  const contents = new Map<number, PartOf<'text'> | PartOf<'reasoning'>>()
  const calls: PartOf<'tool call'>[] = []
  const citations: JsonObject[] = []
  const logprobs: unknown[] = []
  let lastText: PartOf<'text'> | null = null
  let plan: PartOf<'reasoning'> | null = null
  let message: GrowingMessage | null = null
  let end: JsonObject | null = null
  const openCitations = new Set<number>()

  function step(event: FormatEvent): void {
    if (event.data === '[DONE]') return
    const data = turn.read(event)
    if (data === null) return
    const type = toText(data['type'])
    if (turn.endedAt !== null) {
      turn.problem('event-after-end', saying('{type} after message-end', { type: toSubject(type) }), event.index)
    }
    const delta = toObject(data['delta']) ?? {}
    const given = toObject(delta['message']) ?? {}
    const index = toNumber(data['index']) ?? 0
    switch (type) {
      case 'message-start':
        turn.id = toText(data['id'])
        message = turn.message('message', toText(given['role']))
        return
      case 'content-start':
        return startContent(toObject(given['content']) ?? {}, index, event.index)
      case 'content-delta':
        if (data['logprobs'] !== undefined) logprobs.push(data['logprobs'])
        return addContent(toObject(given['content']) ?? {}, index, event.index)
      case 'content-end':
        return parts.close(toContentName(index), event.index)
      case 'tool-plan-delta':
        return addPlan(toText(given['tool_plan']), event.index)
      case 'tool-call-start':
        return startCall(toObject(given['tool_calls']) ?? {}, index, event.index)
      case 'tool-call-delta': {
        const call = toObject(toObject(given['tool_calls'])?.['function'])
        parts.grow(toCallName(index), toText(call?.['arguments']), event.index)
        return
      }
      case 'tool-call-end':
        return parts.close(toCallName(index), event.index)
      case 'citation-start':
        openCitations.add(index)
        return addCitation(toObject(given['citations']) ?? {}, event.index)
      case 'citation-end':
        if (!openCitations.delete(index)) {
          turn.problem(
            'delta-without-block',
            saying('citation {index} is ended, but was not started', { index }),
            event.index,
          )
        }
        return
      case 'message-end':
        return endMessage(data, delta, event.index)
      case 'debug':
        turn.pings += 1
        return
      default:
        turn.strange(type || event.type, event.index)
    }
  }

  function openMessage(): GrowingMessage {
    message ??= turn.message('message', 'assistant')
    return message
  }

  function startContent(content: JsonObject, index: number, event: number): void {
    const isThinking = content['type'] === 'thinking'
    const part = turn.open(openMessage(), isThinking ? 'reasoning' : 'text', `content ${index}`, event)
    parts.add(toContentName(index), part, event)
    contents.set(index, part)
    if (part.kind !== 'reasoning') lastText = part
    grow(part, toText(content['text']) + toText(content['thinking']), event)
  }

  function addContent(content: JsonObject, index: number, event: number): void {
    const text = toText(content['text']) + toText(content['thinking'])
    if (contents.has(index)) parts.grow(toContentName(index), text, event)
    else {
      sayNotStarted(turn, toContentName(index), event)
      startContent({ type: 'thinking' in content ? 'thinking' : 'text', text }, index, event)
    }
  }

  function addPlan(text: string, event: number): void {
    plan ??= turn.open(openMessage(), 'reasoning', 'tool plan', event)
    grow(plan, text, event)
  }

  function startCall(call: JsonObject, index: number, event: number): void {
    const asked = toObject(call['function'])
    const part = turn.open(openMessage(), 'tool call', `tool call ${index}`, event)
    part.id = toText(call['id'])
    part.name = toText(asked?.['name'])
    part.arguments.add(toText(asked?.['arguments']), event)
    parts.add(toCallName(index), part, event)
    calls.push(part)
  }

  function addCitation(citation: JsonObject, event: number): void {
    citations.push(citation)
    const part = contents.get(toNumber(citation['content_index']) ?? -1) ?? lastText
    if (part !== null && part.kind !== 'reasoning') part.citations.push(...toCitations(citation, event))
  }

  function endMessage(data: JsonObject, delta: JsonObject, event: number): void {
    end = delta
    turn.id ||= toText(data['id'])
    const error = toText(delta['error'])
    if (error !== '') turn.error(error, toText(delta['finish_reason']), event)
    const reason = toText(delta['finish_reason'])
    if (reason === '') turn.problem('done-without-finish', saying('message-end came, but no finish_reason'), event)
    else turn.finish(openMessage(), reason, FINISH_KINDS[reason] ?? 'other', event)
    const usage = toObject(delta['usage'])
    const tokens = toObject(usage?.['tokens']) ?? toObject(usage?.['billed_units'])
    if (tokens !== null) {
      turn.usage = {
        inputTokens: toNumber(tokens['input_tokens']),
        outputTokens: toNumber(tokens['output_tokens']),
        reasoningTokens: null,
        cachedInputTokens: toNumber(usage?.['cached_tokens']),
        totalTokens: null,
        event,
      }
    }
    turn.ended(event)
    for (const index of openCitations) {
      turn.problem('unclosed-block', saying('citation {index} was not ended', { index }), event)
    }
    openCitations.clear()
    parts.end(error !== '')
  }

  return {
    step,
    turn,
    end() {
      if (turn.endedAt !== null) return closeParts(turn)
      parts.end(false)
      turn.problem('missing-terminal', saying('The stream ended without message-end'), -1)
    },
    final() {
      if (message === null) return null
      const content = [...contents.values()].map((part) =>
        part.kind === 'reasoning'
          ? { type: 'thinking', thinking: part.text.text }
          : { type: 'text', text: part.text.text },
      )
      const tool_calls = calls.map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: call.name, arguments: call.arguments.text },
      }))
      return {
        id: turn.id,
        ...(end?.['finish_reason'] === undefined ? {} : { finish_reason: end['finish_reason'] }),
        message: {
          role: message.role,
          ...(plan === null ? {} : { tool_plan: plan.text.text }),
          ...(content.length === 0 ? {} : { content }),
          ...(tool_calls.length === 0 ? {} : { tool_calls }),
          ...(citations.length === 0 ? {} : { citations }),
        },
        ...(end?.['usage'] === undefined ? {} : { usage: end['usage'] }),
        ...(logprobs.length === 0 ? {} : { logprobs }),
      }
    },
  }
}

/** One for each source; a citation without sources still says which text it is about. */
function toCitations(citation: JsonObject, event: number): Citation[] {
  const text = toText(citation['text'])
  const sources = toObjects(citation['sources'])
  if (sources.length === 0) return [{ title: '', url: '', text, event }]
  return sources.map((source) => {
    const document = toObject(source['document']) ?? toObject(source['tool_output']) ?? {}
    const title = toText(document['title']) || toText(source['id'])
    return { title, url: toText(document['url']), text, event }
  })
}
