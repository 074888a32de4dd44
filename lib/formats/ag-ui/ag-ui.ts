/** AG-UI: the events of an agent's run: messages, reasoning, tool calls, steps, state. */
import { saying } from '../../i18n/saying.ts'
import { createAgUiParts } from './parts.ts'
import type { Folding, Format, FormatEvent, Match, Sample, Terminal } from '../format.ts'
import { createGrowingTurn, toSubject } from '../folding/growing-turn.ts'
import { parseObject, toNumber, toObject, toObjects, toText } from '../json/json.ts'
import type { JsonObject } from '../json/json.ts'
import type { Finish, Usage } from '../turn.ts'
import { toTable } from '../folding/table.ts'

const NAME = 'ag-ui'
/** What an event of a type must have; types that say too little of themselves are left out. */
const TELLING = toTable<readonly string[]>({
  RUN_STARTED: ['threadId', 'runId'],
  TEXT_MESSAGE_START: ['messageId'],
  TEXT_MESSAGE_CONTENT: ['messageId', 'delta'],
  TEXT_MESSAGE_CHUNK: ['delta'],
  TOOL_CALL_START: ['toolCallId', 'toolCallName'],
  TOOL_CALL_ARGS: ['toolCallId', 'delta'],
  REASONING_MESSAGE_START: ['messageId'],
  STATE_SNAPSHOT: ['snapshot'],
  MESSAGES_SNAPSHOT: ['messages'],
})
const OUTCOMES = toTable<Finish['kind']>({ success: 'stop', cancelled: 'abort' })

export const agUi: Format = {
  name: NAME,
  label: 'AG-UI',
  expected: saying('the event RUN_FINISHED or RUN_ERROR'),
  match,
  terminal,
  start,
}

function match(sample: Sample): Match | null {
  const own = sample.first
    .map((event) => parseObject(event.data))
    .find((data) => data !== null && TELLING[toText(data['type'])]?.every((field) => field in data) === true)
  if (own !== undefined) {
    return {
      certainty: 'sure',
      evidence: [saying("an event's data has the type {type} and its fields", { type: toText(own?.['type']) })],
    }
  }
  const request = parseObject(sample.requestBody)
  const fields = ['threadId', 'runId', 'messages', 'tools', 'context']
  if (request === null || !fields.every((field) => field in request)) return null
  return {
    certainty: 'likely',
    evidence: [saying("the request has an agent run's input: threadId, runId, messages, tools, context")],
  }
}

function terminal(last: readonly FormatEvent[]): Terminal | null {
  for (const event of last.toReversed()) {
    const data = parseObject(event.data)
    const type = toText(data?.['type'])
    if (type === 'RUN_FINISHED') return { kind: 'end', index: event.index, name: type, text: '' }
    if (type === 'RUN_ERROR') return { kind: 'error', index: event.index, name: type, text: toText(data?.['message']) }
  }
  return null
}

function start(): Folding {
  const turn = createGrowingTurn(NAME)
  const parts = createAgUiParts(turn)
  let started = false
  let failed = false

  function step(event: FormatEvent): void {
    const data = turn.read(event)
    if (data === null) return
    const type = toText(data['type'])
    checkOrder(type, event.index)
    if (parts.take(type, data, event.index)) return
    switch (type) {
      case 'RUN_STARTED':
        started = true
        turn.id = toText(data['runId'])
        turn.endedAt = null
        return
      case 'RUN_FINISHED':
        return finishRun(data, event.index)
      case 'RUN_ERROR':
        failed = true
        turn.error(toText(data['message']), toText(data['code']), event.index)
        takeUsage(data, event.index)
        return turn.ended(event.index)
      default:
        turn.strange(type || event.type, event.index)
    }
  }

  function checkOrder(type: string, event: number): void {
    if (!started && type !== 'RUN_STARTED' && type !== 'RUN_ERROR') {
      started = true
      turn.problem(
        'unexpected-shape',
        saying('{type} before RUN_STARTED: the official client refuses it', { type: toSubject(type) }),
        event,
      )
    }
    if (turn.endedAt !== null && type !== 'RUN_STARTED') {
      turn.problem('event-after-end', saying('{type} after the end of the run', { type: toSubject(type) }), event)
    }
  }

  function finishRun(data: JsonObject, event: number): void {
    const outcome = toText(toObject(data['outcome'])?.['type'])
    const message = turn.messages.findLast(({ role }) => role === 'assistant') ?? parts.run.message()
    turn.finish(message, outcome || 'RUN_FINISHED', outcome === '' ? 'stop' : (OUTCOMES[outcome] ?? 'other'), event)
    for (const interrupt of toObjects(toObject(data['outcome'])?.['interrupts'])) {
      parts.run.data(`interrupt ${toText(interrupt['reason'])}`, interrupt, event)
    }
    if (data['result'] != null) parts.run.data('result', data['result'], event)
    takeUsage(data, event)
    parts.end(false)
    turn.ended(event)
  }

  function takeUsage(data: JsonObject, event: number): void {
    const counts = toObjects(data['usage'])
    if (counts.length === 0) return
    turn.model = counts.map(({ model }) => toText(model)).find(Boolean) ?? turn.model
    turn.usage = toUsage(counts, event)
  }

  return {
    step,
    turn,
    end() {
      parts.end(failed || turn.endedAt !== null)
      if (turn.endedAt === null) {
        turn.problem('missing-terminal', saying('The stream ended without RUN_FINISHED or RUN_ERROR'), -1)
      }
    },
    final: () => (turn.id === '' && turn.messages.length === 0 ? null : parts.final()),
  }
}

/** One run may use several models: their counts are added up. */
function toUsage(counts: readonly JsonObject[], event: number): Usage {
  const sum = (field: string): number | null => {
    const numbers = counts.map((count) => toNumber(count[field])).filter((count) => count !== null)
    return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b, 0)
  }
  return {
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    reasoningTokens: sum('reasoningTokens'),
    cachedInputTokens: sum('cachedInputTokens'),
    totalTokens: sum('totalTokens'),
    event,
  }
}
