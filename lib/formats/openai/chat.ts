/** Chat completions as OpenAI streams them, and all that speak alike; the older text completions too. */
import { saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from '../format.ts'
import { createGrowingTurn } from '../folding/growing-turn.ts'
import { parseJson, parseObject, toList, toNumber, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { createChoice } from './chat-choice.ts'
import type { Choice } from './chat-choice.ts'
import { toStreamError } from './error.ts'
import { pathOf } from '../folding/sample.ts'
import type { Usage } from '../turn.ts'

const NAME = 'openai-chat'
const DONE = '[DONE]'
const OBJECTS = new Set(['chat.completion.chunk', 'text_completion'])

export const openaiChat: Format = {
  name: NAME,
  label: 'OpenAI chat completions',
  expected: saying('the line data: [DONE]'),
  match,
  terminal,
  start,
}

function match(sample: Sample): Match | null {
  if (sample.framing === 'text') return null
  const evidence = sample.first.map((event) => toEvidence(parseObject(event.data))).find((found) => found !== null)
  if (evidence != null) return { certainty: 'sure', evidence: [evidence] }
  const request = parseObject(sample.requestBody)
  const asks = request?.['stream'] === true && (Array.isArray(request['messages']) || 'prompt' in request)
  return asks && pathOf(sample.url).endsWith('/completions')
    ? { certainty: 'likely', evidence: [saying('the request posts messages with stream: true to …/completions')] }
    : null
}

function toEvidence(data: JsonObject | null): Wording | null {
  if (data === null || !Array.isArray(data['choices'])) return null
  const object = toText(data['object'])
  if (OBJECTS.has(object)) return saying("an event's object is {object}", { object })
  if (toObjects(data['choices']).some((choice) => toObject(choice['delta']) !== null)) {
    return saying('an event has choices with a delta')
  }
  return Array.isArray(data['prompt_filter_results']) ? saying('an event has choices and prompt_filter_results') : null
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  let done: Terminal | null = null
  for (const event of last.toReversed()) {
    if (event.data === DONE) {
      done = { kind: 'end', index: event.index, name: DONE, text: '' }
      continue
    }
    const data = parseJson(event.data)
    const error = toStreamError(event.type, data)
    if (error !== null) return { kind: 'error', index: event.index, name: 'error', text: error.text }
    // An error that is followed by more of the answer did not end the stream.
    if (toList(toObject(data)?.['choices']).length > 0) return done
  }
  return done
}

function start(): Folding {
  const turn = createGrowingTurn(NAME)
  const choices = new Map<number, Choice>()
  /** The chunks' fields beside the choices, the latest of each. */
  let fields: Record<string, unknown> | null = null
  let isDone = false
  let failed = false
  let citationCount = 0

  function step(event: FormatEvent): void {
    if (event.data === DONE) return takeDone(event.index)
    if (isDone) turn.problem('event-after-end', saying('An event after {what}', { what: DONE }), event.index)
    // Some servers keep the connection alive with empty events.
    if (event.data.trim() === '' || event.type === 'ping') {
      turn.pings += 1
      return
    }
    const data = parseJson(event.data)
    const error = toStreamError(event.type, data)
    if (error !== null) {
      failed = true
      turn.error(error.text, error.code, event.index)
      turn.ended(event.index)
      if (toObject(data)?.['choices'] === undefined) return
    }
    const chunk = toObject(data) ?? turn.read(event)
    if (chunk !== null) takeChunk(chunk, event)
  }

  function takeChunk(chunk: JsonObject, event: FormatEvent): void {
    if (chunk['type'] === 'ping') {
      turn.pings += 1
      return
    }
    if (!Array.isArray(chunk['choices']) && !('usage' in chunk)) {
      turn.strange(toText(chunk['type']) || toText(chunk['object']) || event.type, event.index)
      return
    }
    const { choices: _choices, obfuscation: _obfuscation, ...rest } = chunk
    // Later chunks without an id carry only what is theirs (the usage of some servers).
    if (fields === null) fields = { ...rest }
    else if (toText(chunk['id']) !== '') Object.assign(fields, rest)
    else if (chunk['usage'] != null) fields['usage'] = chunk['usage']
    turn.id = toText(fields['id'])
    turn.model = toText(fields['model'])
    for (const choice of toObjects(chunk['choices'])) takeChoice(choice, event.index)
    takeUsage(chunk, event.index)
    takeCitations(chunk, event.index)
  }

  function takeChoice(given: JsonObject, event: number): void {
    const index = toNumber(given['index']) ?? 0
    let choice = choices.get(index)
    if (choice === undefined) {
      choice = createChoice(turn, index)
      choices.set(index, choice)
    }
    choice.take(given, event)
  }

  /** Counts of the whole answer so far, wherever a server puts them. */
  function takeUsage(chunk: JsonObject, event: number): void {
    const usage =
      toObject(chunk['usage']) ??
      toObject(toObject(chunk['x_groq'])?.['usage']) ??
      toObjects(chunk['choices'])
        .map((choice) => toObject(choice['usage']))
        .find((given) => given !== null)
    if (usage != null) turn.usage = toUsage(usage, event)
  }

  /** Search engines name their sources beside the choices, all of them again in every chunk. */
  function takeCitations(chunk: JsonObject, event: number): void {
    const results = toObjects(chunk['search_results'])
    const urls = toList(chunk['citations']).map(toText)
    const count = Math.max(results.length, urls.length)
    for (; citationCount < count; citationCount += 1) {
      const result = results[citationCount]
      const url = toText(result?.['url']) || (urls[citationCount] ?? '')
      choices.get(0)?.cite({ title: toText(result?.['title']), url, text: toText(result?.['snippet']), event })
    }
  }

  function takeDone(event: number): void {
    if (isDone) turn.problem('event-after-end', saying('A second {what}', { what: DONE }), event)
    isDone = true
    const unfinished = [...choices.values()].filter((choice) => !choice.isFinished())
    if (!failed && choices.size === 0) {
      turn.problem('done-without-finish', saying('{what} came, but no answer', { what: DONE }), event)
    }
    if (!failed && unfinished.length > 0) {
      const list = unfinished.map(({ index }) => index).join(', ')
      const text =
        choices.size === 1
          ? saying('{what} came, but no finish_reason', { what: DONE })
          : saying('{what} came, but no finish_reason for choice {list}', { what: DONE, list })
      turn.problem('done-without-finish', text, event)
    }
    turn.ended(event)
  }

  return {
    step,
    turn,
    end() {
      for (const choice of choices.values()) choice.end()
      if (turn.endedAt !== null) return
      const finished = choices.size > 0 && [...choices.values()].every((choice) => choice.isFinished())
      const text = finished
        ? saying('The stream ended without {what}, though finish_reason came', { what: DONE })
        : saying('The stream ended without {what}', { what: DONE })
      turn.problem('missing-terminal', text, -1)
    },
    final() {
      if (fields === null) return null
      const { system_fingerprint: fingerprint, object, ...rest } = fields
      return {
        ...rest,
        object: object === 'text_completion' ? object : 'chat.completion',
        choices: [...choices.values()].toSorted((a, b) => a.index - b.index).map((choice) => choice.final()),
        ...(fingerprint != null && fingerprint !== '' ? { system_fingerprint: fingerprint } : {}),
      }
    },
  }
}

function toUsage(usage: JsonObject, event: number): Usage {
  const input = toObject(usage['prompt_tokens_details'])
  const output = toObject(usage['completion_tokens_details'])
  return {
    inputTokens: toNumber(usage['prompt_tokens']),
    outputTokens: toNumber(usage['completion_tokens']),
    reasoningTokens: toNumber(output?.['reasoning_tokens']),
    cachedInputTokens: toNumber(input?.['cached_tokens']) ?? toNumber(usage['prompt_cache_hit_tokens']),
    totalTokens: toNumber(usage['total_tokens']),
    event,
  }
}
