/** Gemini's streamed generateContent: every event is a whole answer object with what is new, as SSE or as one JSON array. */
import { saying } from '../../i18n/saying.ts'
import type { Wording } from '../../i18n/saying.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from '../format.ts'
import { createGeminiCandidate } from './candidate.ts'
import type { GeminiCandidate } from './candidate.ts'
import { closeParts, createGrowingTurn, sayNoObject } from '../folding/growing-turn.ts'
import { createArraySplitter } from '../json/json-array.ts'
import { isObject, parseJson, parseObject, toNumber, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import { pathOf } from '../folding/sample.ts'
import type { Usage } from '../turn.ts'

const NAME = 'gemini'
/** How an array of answers begins: the fields that an answer or an error may start with. */
const ARRAY_START = /^\s*\[\s*\{\s*"(?:candidates|promptFeedback|usageMetadata|modelVersion|responseId|createTime)"\s*:/
/** In the text of an array, where the last events may begin inside an item. */
const FINISHED = /(?<!\\)"(finishReason|blockReason)"\s*:\s*"(\w+)"/g
const OWN_FIELDS = new Set([
  'candidates',
  'promptFeedback',
  'usageMetadata',
  'modelVersion',
  'responseId',
  'createTime',
  'modelStatus',
  'automaticFunctionCallingHistory',
  'sdkHttpResponse',
  'error',
])

export const gemini: Format = {
  name: NAME,
  label: 'Gemini',
  expected: saying('a candidate with a finishReason'),
  match,
  terminal,
  start,
}

function isAnswer(data: JsonObject | null): boolean {
  if (data === null) return false
  const first = toObjects(data['candidates'])[0]
  if (first !== undefined) return 'content' in first || 'finishReason' in first
  return 'usageMetadata' in data || toObject(data['promptFeedback'])?.['blockReason'] !== undefined
}

function match(sample: Sample): Match | null {
  const evidence: Wording[] = []
  if (sample.framing === 'text') {
    const beginning = sample.first
      .map((event) => event.data)
      .join('')
      .slice(0, 1000)
    if (ARRAY_START.test(beginning)) evidence.push(saying('the body is an array of objects with candidates'))
  } else if (sample.first.some((event) => isAnswer(parseObject(event.data)))) {
    evidence.push(saying("an event's data has candidates with content, or usageMetadata"))
  }
  const isSure = evidence.length > 0
  const request = parseObject(sample.requestBody)
  const asks = request !== null && 'contents' in request
  if (asks && pathOf(sample.url).endsWith(':streamGenerateContent')) {
    evidence.push(saying('the request posts contents to :streamGenerateContent'))
  }
  return evidence.length === 0 ? null : { certainty: isSure ? 'sure' : 'likely', evidence }
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  for (const event of last.toReversed()) {
    const data = parseObject(event.data)
    if (data === null) continue
    if (isObject(data['error'])) {
      return { kind: 'error', index: event.index, name: 'error', text: toText(data['error']['message']) }
    }
    const reason = toObjects(data['candidates'])
      .map(({ finishReason }) => toText(finishReason))
      .find(Boolean)
    const blocked = toText(toObject(data['promptFeedback'])?.['blockReason'])
    if (reason !== undefined) return { kind: 'end', index: event.index, name: `finishReason ${reason}`, text: '' }
    if (blocked !== '') return { kind: 'end', index: event.index, name: `blockReason ${blocked}`, text: '' }
  }
  return findInText(last)
}

/** The events of an array are pieces of text: a reason may be cut by their borders. */
function findInText(last: readonly FormatEvent[]): Terminal | null {
  const found = [
    ...last
      .map(({ data }) => data)
      .join('')
      .matchAll(FINISHED),
  ].at(-1)
  if (found === undefined) return null
  let end = found.index + found[0].length
  const event = last.find(({ data }) => (end -= data.length) <= 0)
  return { kind: 'end', index: event?.index ?? -1, name: `${found[1]} ${found[2]}`, text: '' }
}

function start(sample: Sample): Folding {
  const turn = createGrowingTurn(NAME)
  const candidates = new Map<number, GeminiCandidate>()
  /** Fields of the answers, later ones in place of earlier ones. */
  const fields: Record<string, unknown> = {}
  let failed = false
  let blocked = false
  let index = 0
  const items = createArraySplitter((json) => takeJson(json, index))

  function step(event: FormatEvent): void {
    index = event.index
    if (sample.framing === 'text') items.feed(event.data)
    else if (event.data !== '[DONE]') takeJson(event.data, index)
  }

  function takeJson(json: string, event: number): void {
    const value = parseJson(json)
    if (isObject(value)) return takeAnswer(value, event)
    // Whole arrays come as events where a proxy cuts the array form by lines.
    if (Array.isArray(value)) return toObjects(value).forEach((answer) => takeAnswer(answer, event))
    sayNoObject(turn, value, json, event)
  }

  function takeAnswer(answer: JsonObject, event: number): void {
    if (isObject(answer['error'])) return takeError(answer['error'], event)
    if (!Object.keys(answer).some((field) => OWN_FIELDS.has(field))) {
      return turn.strange(Object.keys(answer).slice(0, 3).join(', '), event)
    }
    const { candidates: given, ...others } = answer
    Object.assign(fields, others)
    turn.id = toText(answer['responseId']) || turn.id
    turn.model = toText(answer['modelVersion']) || turn.model
    for (const candidate of toObjects(given)) {
      const key = toNumber(candidate['index']) ?? 0
      const known = candidates.get(key) ?? createGeminiCandidate(turn, key)
      candidates.set(key, known)
      known.take(candidate, event)
    }
    const feedback = toObject(answer['promptFeedback'])
    if (typeof feedback?.['blockReason'] === 'string') takeBlock(feedback, event)
    const usage = toObject(answer['usageMetadata'])
    if (usage !== null) turn.usage = toUsage(usage, event)
    const isFinished = candidates.size > 0 && [...candidates.values()].every(({ finished }) => finished)
    if (isFinished) turn.ended(event)
  }

  function takeBlock(feedback: JsonObject, event: number): void {
    blocked = true
    const reason = toText(feedback['blockReason'])
    turn.finish(turn.message('0', 'model'), reason, 'filter', event)
    turn.error(
      toText(feedback['blockReasonMessage']) || saying('The prompt was blocked: {reason}', { reason }),
      reason,
      event,
    )
    turn.ended(event)
  }

  function takeError(error: JsonObject, event: number): void {
    failed = true
    const code = toText(error['status']) || String(toNumber(error['code']) ?? '')
    turn.error(toText(error['message']), code, event)
    turn.ended(event)
  }

  function sayMissing(): void {
    const unfinished = [...candidates].filter(([, { finished }]) => !finished).map(([key]) => key)
    const text =
      candidates.size > 1
        ? saying('The stream ended without a finishReason of candidate {list}', { list: unfinished.join(', ') })
        : saying('The stream ended without a finishReason')
    turn.problem('missing-terminal', text, -1)
  }

  return {
    step,
    turn,
    end() {
      for (const candidate of candidates.values()) candidate.end(failed)
      closeParts(turn)
      if (turn.endedAt === null && !failed && !blocked) sayMissing()
      if (items.strange) turn.problem('unexpected-shape', saying('The array has text between its items'), -1)
    },
    final() {
      if (candidates.size === 0 && Object.keys(fields).length === 0) return null
      const all = [...candidates].toSorted(([a], [b]) => a - b).map(([, candidate]) => candidate.final())
      return all.length === 0 ? { ...fields } : { candidates: all, ...fields }
    },
  }
}

function toUsage(usage: JsonObject, event: number): Usage {
  return {
    inputTokens: toNumber(usage['promptTokenCount']),
    outputTokens: toNumber(usage['candidatesTokenCount']),
    reasoningTokens: toNumber(usage['thoughtsTokenCount']),
    cachedInputTokens: toNumber(usage['cachedContentTokenCount']),
    totalTokens: toNumber(usage['totalTokenCount']),
    event,
  }
}
