/** OpenAI's Responses stream: output items made of parts, every event numbered, the whole response at the end. */
import { saying } from '../../i18n/saying.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from '../format.ts'
import { createGrowingTurn, toSubject } from '../folding/growing-turn.ts'
import { parseObject, toNumber, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { toStreamError } from './error.ts'
import { createResponseOutput } from './responses-output.ts'
import { pathOf } from '../folding/sample.ts'
import { createSequenceWatch } from '../folding/sequence.ts'
import type { Finish, Usage } from '../turn.ts'

const NAME = 'openai-responses'

/** Events that carry the whole response, by what they mean for the stream. */
const LIFECYCLE: ReadonlyMap<string, 'going on' | 'end' | 'error'> = new Map(
  Object.entries({
    'response.created': 'going on',
    'response.queued': 'going on',
    'response.in_progress': 'going on',
    'response.completed': 'end',
    'response.incomplete': 'end',
    'response.cancelled': 'end',
    'response.failed': 'error',
  } as const),
)

export const openaiResponses: Format = {
  name: NAME,
  label: 'OpenAI Responses',
  expected: saying('the event response.completed, response.incomplete or response.failed'),
  match,
  terminal,
  start,
}

function match(sample: Sample): Match | null {
  if (sample.framing === 'text') return null
  const own = sample.first.map((event) => toOwnType(parseObject(event.data))).find((type) => type !== '')
  if (own !== undefined) {
    return {
      certainty: 'sure',
      evidence: [saying("an event's data has the type {type} and that event's fields", { type: own })],
    }
  }
  const request = parseObject(sample.requestBody)
  const asks = request?.['stream'] === true && ('input' in request || 'prompt' in request)
  return asks && pathOf(sample.url).endsWith('/responses')
    ? { certainty: 'likely', evidence: [saying('the request posts input with stream: true to …/responses')] }
    : null
}

function toOwnType(data: JsonObject | null): string {
  const type = toText(data?.['type'])
  if (data === null || !type.startsWith('response.')) return ''
  return toObject(data['response']) !== null || toNumber(data['output_index']) !== null ? type : ''
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  for (const event of last.toReversed()) {
    const data = parseObject(event.data)
    const name = toText(data?.['type'])
    const meaning = LIFECYCLE.get(name)
    if (meaning === 'end') return { kind: 'end', index: event.index, name, text: '' }
    const error = meaning === 'error' ? toResponseError(data) : toStreamError(event.type, data)
    if (error !== null) return { kind: 'error', index: event.index, name: name || 'error', text: error.text }
  }
  return null
}

function start(): Folding {
  const turn = createGrowingTurn(NAME)
  const output = createResponseOutput(turn)
  const watchSequence = createSequenceWatch(turn)
  let response: JsonObject | null = null
  /** The response came as it is in the end. */
  let isOver = false

  function step(event: FormatEvent): void {
    // Some servers that speak alike end as chat completions do.
    if (event.data === '[DONE]') return
    const data = turn.read(event)
    if (data === null) return
    const type = toText(data['type'])
    watchSequence(toNumber(data['sequence_number']), event.index)
    if (type === 'keepalive' || type === 'ping') {
      turn.pings += 1
      return
    }
    if (turn.endedAt !== null) {
      turn.problem('event-after-end', saying('{type} after the end', { type: toSubject(type) }), event.index)
    }
    if (LIFECYCLE.has(type)) return takeResponse(type, data, event.index)
    const error = type.startsWith('response.') ? null : toStreamError(event.type, data)
    if (error !== null) {
      turn.error(error.text, error.code, event.index)
      turn.ended(event.index)
      return
    }
    if (!output.take(type, data, event.index)) turn.strange(type || event.type, event.index)
  }

  function takeResponse(type: string, data: JsonObject, event: number): void {
    const given = toObject(data['response'])
    if (given === null) return turn.problem('unexpected-shape', saying('{type} without a response', { type }), event)
    response = given
    turn.id = toText(given['id'])
    turn.model = toText(given['model'])
    const usage = toObject(given['usage'])
    if (usage !== null) turn.usage = toUsage(usage, event)
    const meaning = LIFECYCLE.get(type)
    if (meaning === 'going on') return
    isOver = true
    output.settle(toObjects(given['output']), type === 'response.completed', event)
    const finish = toFinish(type, given, output.isCalling())
    turn.finish(output.message(), finish.reason, finish.kind, event)
    const error = toResponseError(data)
    if (error !== null) turn.error(error.text, error.code, event)
    turn.ended(event)
  }

  return {
    step,
    turn,
    end() {
      output.end(turn.endedAt === null)
      if (turn.endedAt === null) {
        turn.problem('missing-terminal', saying('The stream ended without response.completed'), -1)
      }
    },
    final() {
      if (response === null) return null
      // The last event has all of it; until then, and where it leaves the output out, it is what the events add up to.
      const isWhole = isOver && Array.isArray(response['output'])
      return isWhole ? response : { ...response, output: output.final(response['status'] === 'completed') }
    },
  }
}

function toFinish(type: string, response: JsonObject, isCalling: boolean): Omit<Finish, 'event'> {
  const status = toText(response['status']) || type.slice('response.'.length)
  if (type === 'response.failed') return { reason: status, kind: 'error' }
  if (type === 'response.cancelled' || status === 'cancelled') return { reason: status, kind: 'abort' }
  if (type === 'response.incomplete') {
    const reason = toText(toObject(response['incomplete_details'])?.['reason'])
    const kind = reason === 'content_filter' ? 'filter' : reason === 'max_output_tokens' ? 'length' : 'other'
    return { reason: reason || status, kind }
  }
  return { reason: status, kind: isCalling ? 'tool' : 'stop' }
}

function toResponseError(data: JsonObject | null): { readonly text: string; readonly code: string } | null {
  const error = toObject(toObject(data?.['response'])?.['error'])
  if (error !== null) return { text: toText(error['message']), code: toText(error['code']) }
  return data?.['type'] === 'response.failed' ? { text: '', code: '' } : null
}

function toUsage(usage: JsonObject, event: number): Usage {
  return {
    inputTokens: toNumber(usage['input_tokens']),
    outputTokens: toNumber(usage['output_tokens']),
    reasoningTokens: toNumber(toObject(usage['output_tokens_details'])?.['reasoning_tokens']),
    cachedInputTokens: toNumber(toObject(usage['input_tokens_details'])?.['cached_tokens']),
    totalTokens: toNumber(usage['total_tokens']),
    event,
  }
}
