/** Vercel's UI message stream, version 1: parts that start, grow and end, and the UI message they add up to. */
import { saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from '../format.ts'
import { createGrowingTurn, toSubject } from '../folding/growing-turn.ts'
import { isObject, parseObject, toNumber, toObject, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import type { Usage } from '../turn.ts'
import { FINISH_KINDS } from './finish.ts'
import { createVercelParts } from './ui-parts.ts'
import { headerOf } from '../../headers.ts'

const NAME = 'vercel-ui'
const DONE = '[DONE]'

/** Types that only this format has, with the field that goes with them. */
const OWN_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'text-start': 'id',
    'text-delta': 'id',
    'text-end': 'id',
    'reasoning-start': 'id',
    'reasoning-delta': 'id',
    'tool-input-start': 'toolCallId',
    'tool-input-available': 'toolCallId',
    'tool-output-available': 'toolCallId',
    'source-url': 'sourceId',
    'start-step': 'type',
    'finish-step': 'type',
  }),
)

const HEADER = 'x-vercel-ai-ui-message-stream'

export const vercelUi: Format = {
  name: NAME,
  label: 'Vercel AI UI message stream',
  expected: saying('the event finish, then data: [DONE]'),
  match,
  terminal,
  start,
}

function match(sample: Sample): Match | null {
  if (sample.framing === 'text') return null
  const evidence: Wording[] = []
  if (headerOf(sample.responseHeaders, HEADER) !== null) {
    evidence.push(saying('the response has the header {header}', { header: HEADER }))
  }
  const types = sample.first.map((event) => parseObject(event.data)).filter((data) => data !== null)
  const own = types.find((data) => toText(data[OWN_TYPES.get(toText(data['type'])) ?? '']) !== '')
  if (own !== undefined)
    evidence.push(saying("an event's data has the type {type} and that event's fields", { type: toText(own['type']) }))
  if (evidence.length === 0) return null
  return { certainty: own === undefined ? 'likely' : 'sure', evidence }
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  let done: Terminal | null = null
  for (const event of last.toReversed()) {
    const data = parseObject(event.data)
    const type = toText(data?.['type'])
    if (type === 'error') {
      return { kind: 'error', index: event.index, name: 'error', text: toText(data?.['errorText']) }
    }
    if (event.data === DONE) done ??= { kind: 'end', index: event.index, name: DONE, text: '' }
    else if (type === 'finish' || type === 'abort') done = { kind: 'end', index: event.index, name: type, text: '' }
    // An error that the answer goes on after did not end the stream.
    else if (done === null || type !== 'finish-step') return done
  }
  return done
}

function start(): Folding {
  const turn = createGrowingTurn(NAME)
  const parts = createVercelParts(turn)
  let metadata: Record<string, unknown> | null = null
  let isDone = false
  let failed = false

  function step(event: FormatEvent): void {
    if (event.data === DONE) return takeDone(event.index)
    const data = turn.read(event)
    if (data === null) return
    const type = toText(data['type'])
    if (turn.endedAt !== null && !failed) {
      turn.problem(
        'event-after-end',
        saying('{type} after the end of the message', { type: toSubject(type) }),
        event.index,
      )
    }
    switch (type) {
      case 'start':
        turn.id = toText(data['messageId']) || turn.id
        parts.message(turn.id)
        return takeMetadata(data, event.index)
      case 'message-metadata':
        parts.message(turn.id)
        return takeMetadata(data, event.index)
      case 'finish':
        return takeFinish(data, event.index)
      case 'abort':
        turn.finish(parts.message(turn.id), toText(data['reason']) || 'abort', 'abort', event.index)
        failed = true
        return turn.ended(event.index)
      case 'error':
        failed = true
        turn.error(toText(data['errorText']), '', event.index)
        return turn.ended(event.index)
      case 'ping':
        turn.pings += 1
        return
      default:
        if (!parts.take(type, data, turn.id, event.index)) turn.strange(type || event.type, event.index)
    }
  }

  function takeFinish(data: JsonObject, event: number): void {
    takeMetadata(data, event)
    const message = parts.message(turn.id)
    const reason = toText(data['finishReason'])
    if (reason !== '') turn.finish(message, reason, FINISH_KINDS.get(reason) ?? 'other', event)
    parts.end(failed)
    turn.ended(event)
  }

  function takeDone(event: number): void {
    if (isDone) turn.problem('event-after-end', saying('A second {what}', { what: DONE }), event)
    isDone = true
    if (turn.endedAt === null) {
      turn.problem('done-without-finish', saying('{what} came, but no finish', { what: DONE }), event)
    }
    turn.ended(event)
  }

  function takeMetadata(data: JsonObject, event: number): void {
    const given = toObject(data['messageMetadata'])
    if (given === null) return
    metadata ??= {}
    mergeInto(metadata, given)
    // Not the format's own, but the way its documentation shows: where it is there, it is believed.
    const usage = toObject(metadata['totalUsage']) ?? toObject(metadata['usage'])
    if (usage !== null) turn.usage = toUsage(usage, event)
    turn.model = toText(metadata['model']) || turn.model
  }

  return {
    step,
    turn,
    end() {
      parts.end(failed)
      if (turn.endedAt === null) {
        turn.problem('missing-terminal', saying('The stream ended without finish and {what}', { what: DONE }), -1)
      }
    },
    final() {
      if (turn.messages.length === 0) return null
      return { id: turn.id, role: 'assistant', ...(metadata === null ? {} : { metadata }), parts: parts.final() }
    },
  }
}

/** Deeper than any metadata; text from the network must not reach the engine's stack. */
const DEEPEST = 100

/** Later metadata is laid over earlier, object by object. */
function mergeInto(target: Record<string, unknown>, source: JsonObject, depth = 0): void {
  for (const [name, value] of Object.entries(source)) {
    if (name === '__proto__' || name === 'constructor' || name === 'prototype') continue
    const known = target[name]
    if (depth < DEEPEST && isObject(known) && isObject(value)) mergeInto(known, value, depth + 1)
    else target[name] = value
  }
}

function toUsage(usage: JsonObject, event: number): Usage | null {
  const [inputTokens, outputTokens] = [toNumber(usage['inputTokens']), toNumber(usage['outputTokens'])]
  if (inputTokens === null && outputTokens === null) return null
  const input = toObject(usage['inputTokenDetails'])
  const output = toObject(usage['outputTokenDetails'])
  return {
    inputTokens,
    outputTokens,
    reasoningTokens: toNumber(usage['reasoningTokens']) ?? toNumber(output?.['reasoningTokens']),
    cachedInputTokens: toNumber(usage['cachedInputTokens']) ?? toNumber(input?.['cacheReadTokens']),
    totalTokens: toNumber(usage['totalTokens']),
    event,
  }
}
