import { CohereClientV2 } from 'cohere-ai'
import { expect, test } from 'vitest'
import { cohereChat as format } from '../../../lib/formats/cohere-chat.ts'
import { faulty, healthy } from '../../fixtures/formats/cohere-chat/cases.ts'
import { expectHealthy, fold, matchOf, sse, terminalOf, testCuts, testFaults, toPlainTurn } from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

testCuts(format, { ...healthy, ...faulty })

/** What the official client's events add up to; the client itself does not add up. */
async function byClient({ text }: Wire) {
  const headers = { 'content-type': 'text/event-stream' }
  const client = new CohereClientV2({
    token: 'none',
    environment: 'http://127.0.0.1:1',
    fetch: () => Promise.resolve(new Response(text, { headers })),
  })
  const sum = {
    id: '',
    finish: '',
    texts: [] as string[],
    plan: '',
    calls: [] as string[],
    cited: [] as string[],
    tokens: 0,
  }
  for await (const event of await client.chatStream({ model: 'm', messages: [] })) {
    if (event.type === 'message-start') sum.id = event.id ?? ''
    if (event.type === 'content-start') sum.texts.push('')
    if (event.type === 'content-delta') {
      const delta = event.delta?.message?.content
      sum.texts.push((sum.texts.pop() ?? '') + (delta?.text ?? '') + (delta?.thinking ?? ''))
    }
    if (event.type === 'tool-plan-delta') sum.plan += event.delta?.message?.toolPlan ?? ''
    if (event.type === 'tool-call-start') {
      const call = event.delta?.message?.toolCalls
      sum.calls.push(`${call?.id} ${call?.function?.name} `)
    }
    if (event.type === 'tool-call-delta') {
      sum.calls.push((sum.calls.pop() ?? '') + (event.delta?.message?.toolCalls?.function?.arguments ?? ''))
    }
    if (event.type === 'citation-start') sum.cited.push(event.delta?.message?.citations?.text ?? '')
    if (event.type === 'message-end') {
      sum.finish = event.delta?.finishReason ?? ''
      sum.tokens = event.delta?.usage?.tokens?.outputTokens ?? 0
    }
  }
  return sum
}

interface Final {
  id: string
  finish_reason: string
  message: {
    role: string
    tool_plan?: string
    content?: { type: string; text?: string; thinking?: string }[]
    tool_calls?: { id: string; function: { name: string; arguments: string } }[]
    citations?: { text: string }[]
  }
  usage: { tokens: { output_tokens: number } }
}

for (const [name, wire] of Object.entries(healthy)) {
  test(`${name}: the official client's events add up to the same`, async () => {
    const { id, finish_reason, message, usage } = fold(format, wire).final() as Final
    expect({
      id,
      finish: finish_reason,
      texts: message.content?.map(({ text, thinking }) => text ?? thinking) ?? [],
      plan: message.tool_plan ?? '',
      calls: message.tool_calls?.map((call) => `${call.id} ${call.function.name} ${call.function.arguments}`) ?? [],
      cited: message.citations?.map(({ text }) => text) ?? [],
      tokens: usage.tokens.output_tokens,
    }).toEqual(await byClient(wire))
  })

  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = fold(format, wire)
    expectHealthy(turn)
    expect(terminalOf(format, wire)).toEqual({ kind: 'end', index: turn.endedAt, name: 'message-end', text: '' })
  })
}

test('the whole answer is the one that the call without streaming gives', () => {
  expect(fold(format, healthy.tools).final()).toEqual({
    id: '29f14a5a',
    finish_reason: 'TOOL_CALL',
    message: {
      role: 'assistant',
      tool_plan: 'I will look it up.',
      tool_calls: [
        { id: 'get_weather_1', type: 'function', function: { name: 'get_weather', arguments: '{"city": "Zürich"}' } },
        { id: 'get_time_1', type: 'function', function: { name: 'get_time', arguments: '{}' } },
      ],
    },
    usage: {
      billed_units: { input_tokens: 9, output_tokens: 20 },
      tokens: { input_tokens: 60, output_tokens: 22 },
      cached_tokens: 4,
    },
  })
})

test('thinking, plan, calls and citations are told apart', () => {
  expect(toPlainTurn(fold(format, healthy.thinking).turn)).toMatchObject({
    id: '29f14a5a',
    messages: [
      {
        finish: 'COMPLETE',
        parts: [
          { kind: 'reasoning', text: 'Let me think.' },
          { kind: 'text', text: '42' },
        ],
      },
    ],
    usage: { inputTokens: 60, outputTokens: 22, cachedInputTokens: 4 },
  })
  expect(fold(format, healthy.tools).turn.messages[0]?.finish?.kind).toBe('tool')
  expect(fold(format, healthy.citations).turn.messages[0]?.parts).toMatchObject([
    {
      citations: [
        { title: 'On streams', url: 'https://streams.test/', text: 'Streams', event: 4 },
        { title: 'search:1', url: '', text: 'Streams', event: 4 },
      ],
    },
  ])
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut before message-end': ['missing-terminal'],
  'cut inside a content': ['unclosed-block', 'missing-terminal'],
  'content never ended': ['unclosed-block'],
  'delta without a content': ['delta-without-block'],
  'delta without a tool call': ['delta-without-block'],
  'tool arguments that are not JSON': ['tool-arguments-not-json'],
  'error at the end': [],
  'end without a reason': ['done-without-finish'],
  'event after the end': ['event-after-end'],
  'events nobody knows': [],
}
testFaults(format, faulty, FAULTS)

test('an error in message-end is an error of the stream', () => {
  const wire = faulty['error at the end']
  expect(fold(format, wire).turn.errors).toEqual([{ text: 'the model crashed', code: 'ERROR', event: 4 }])
  expect(terminalOf(format, wire)).toMatchObject({ kind: 'error', text: 'the model crashed' })
})

test('it is recognised by its events, or likely by the request', () => {
  expect(matchOf(format, healthy.text)?.certainty).toBe('sure')
  const none = sse([])
  expect(matchOf(format, none, { url: 'https://page.test/v2/chat', requestBody: '{"messages":[]}' })?.certainty).toBe(
    'likely',
  )
  expect(matchOf(format, none, { url: 'https://api.cohere.com/v2/chat' })).toBeNull()
})

test('the work is linear in the number of deltas', () => {
  const start = { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } }
  const delta = { type: 'content-delta', index: 0, delta: { message: { content: { text: 'ab' } } } }
  expect(growthOf(format, (deltas) => sse([start, ...Array.from({ length: deltas }, () => delta)]))).toBeLessThan(20)
})
