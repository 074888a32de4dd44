import OpenAI from 'openai'
import { expect, test } from 'vitest'
import { openaiChat as format } from '../../../lib/formats/openai/chat.ts'
import { chunk, choice, extended, faulty, official } from '../../fixtures/formats/openai-chat/cases.ts'
import { expectHealthy, fold, matchOf, sse, terminalOf, testCuts, testFaults, textsOf, toPlainTurn } from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

testCuts(format, { ...official, ...extended, ...faulty })

/** The official client, given the same bytes. */
function clientOf({ text }: Wire): OpenAI {
  return new OpenAI({
    apiKey: 'none',
    maxRetries: 0,
    dangerouslyAllowBrowser: true,
    fetch: () => Promise.resolve(new Response(text, { headers: { 'content-type': 'text/event-stream' } })),
  })
}
const asked = { model: 'test-model-1', messages: [{ role: 'user' as const, content: 'Hi' }] }

/** As JSON, without what the client makes of texts by the caller's own schema. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, field: unknown) =>
      key === 'parsed' || key === 'parsed_arguments' ? undefined : field,
    ),
  )

for (const [name, wire] of Object.entries(official)) {
  test(`${name}: the official client comes to the same completion`, async () => {
    const completion = await clientOf(wire)
      .chat.completions.stream({ ...asked, n: 2 })
      .finalChatCompletion()
    expect(plain(fold(format, wire).final())).toEqual(plain(completion))
  })
}

for (const [name, wire] of Object.entries({ ...official, ...extended })) {
  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = fold(format, wire)
    expectHealthy(turn)
    expect(matchOf(format, wire)?.certainty).toBe('sure')
    expect(terminalOf(format, wire)).toMatchObject({ kind: 'end', name: '[DONE]', index: turn.endedAt })
  })
}

test('text comes with role, model, finish reason and usage', () => {
  expect(toPlainTurn(fold(format, official.text).turn)).toMatchObject({
    id: 'chatcmpl-1',
    model: 'test-model-1',
    messages: [
      {
        key: '0',
        role: 'assistant',
        finish: 'stop',
        parts: [{ kind: 'text', text: 'Hello, wörld 👋\n\nhahahaha' }],
      },
    ],
    usage: { inputTokens: 20, outputTokens: 12, reasoningTokens: 5, cachedInputTokens: 8, totalTokens: 32 },
  })
})

test('every character knows its event', () => {
  const [part] = fold(format, official.text).turn.messages[0]?.parts ?? []
  if (part?.kind !== 'text') throw new Error('no text')
  expect([0, 4, 5, 12].map((offset) => part.text.eventOf(part.text.deltaAt(offset)))).toEqual([1, 1, 2, 3])
})

test('every choice is a message', () => {
  const { turn } = fold(format, official['several choices'])
  expect(turn.messages).toMatchObject([
    { key: '0', finish: { kind: 'stop' } },
    { key: '1', finish: { kind: 'length' } },
  ])
  expect(textsOf(turn, 'text')).toEqual(['One two', 'Uno'])
})

test('tool calls are told apart by their index, or else by their id', () => {
  const { turn } = fold(format, official['parallel tool calls'])
  expect(turn.messages[0]?.parts).toMatchObject([
    { kind: 'tool call', id: 'call_a', name: 'get_weather', server: false },
    { kind: 'tool call', id: 'call_b', name: 'get_time' },
  ])
  expect(textsOf(turn, 'arguments')).toEqual(['{"city":"Zürich"} ', '{}'])
  expect(turn.messages[0]?.finish?.kind).toBe('tool')
  expect(textsOf(fold(format, extended['calls without index']).turn, 'arguments')).toEqual(['{"x":1}', '{"y":2}'])
})

test('reasoning is shown once, whatever fields a server writes it to, and is whole in the final object', () => {
  expect(textsOf(fold(format, extended.reasoning_content).turn, 'reasoning')).toEqual(['Let me think.'])
  expect(fold(format, extended.reasoning_content).turn.usage).toMatchObject({ cachedInputTokens: 3 })
  expect(fold(format, extended.reasoning_content).final()).toMatchObject({
    choices: [{ message: { content: '42', reasoning_content: 'Let me think.' } }],
  })
  const detailed = fold(format, extended['reasoning with details'])
  expect(detailed.turn.messages[0]?.parts).toMatchObject([
    { kind: 'reasoning', text: { text: 'Let me' }, signature: 'c2ln', redacted: true },
    { kind: 'text', citations: [{ title: 'A', url: 'https://a.test/' }] },
    { kind: 'media', mediaType: 'image/png', sizeBytes: 3, url: '' },
  ])
  expect(detailed.final()).toMatchObject({
    choices: [
      {
        message: {
          reasoning: 'Let me',
          reasoning_details: [
            { type: 'reasoning.text', text: 'Let me', signature: 'c2ln', index: 0 },
            { type: 'reasoning.encrypted', data: 'eHg=' },
          ],
        },
      },
    ],
  })
  const blocks = fold(format, extended['content as blocks'])
  expect(textsOf(blocks.turn, 'reasoning')).toEqual(['Hm, so'])
  expect(blocks.final()).toMatchObject({
    choices: [
      {
        message: {
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: 'Hm, so' }] },
            { type: 'text', text: 'It is.' },
          ],
        },
      },
    ],
  })
})

test('audio is measured and its words are shown', () => {
  const { turn } = fold(format, official.audio)
  expect(turn.messages[0]?.parts).toMatchObject([
    { kind: 'media', mediaType: 'audio', name: 'audio_1', sizeBytes: 5 },
    { kind: 'text', text: { text: 'Good day' } },
  ])
})

test('sources that every chunk repeats are cited once', () => {
  const [part] = fold(format, extended['search results']).turn.messages[0]?.parts ?? []
  expect(part).toMatchObject({
    citations: [
      { title: 'W', url: 'https://w.test/1', event: 0 },
      { title: '', url: 'https://w.test/2', event: 1 },
    ],
  })
})

test('text completions are told and kept as such', () => {
  const { turn, final } = fold(format, extended['text completion'])
  expect(textsOf(turn, 'text')).toEqual(['Once upon'])
  expect(final()).toMatchObject({
    object: 'text_completion',
    choices: [{ text: 'Once upon', logprobs: { tokens: ['Once', ' upon'] }, finish_reason: 'stop' }],
  })
})

test('usage is found where other servers put it, and keep-alives are counted', () => {
  expect(fold(format, extended['usage of groq']).turn.usage).toMatchObject({ inputTokens: 1, outputTokens: 2 })
  expect(fold(format, extended['kept alive']).turn.pings).toBe(2)
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut before [DONE]': ['missing-terminal'],
  'cut in the middle': ['missing-terminal'],
  '[DONE] without finish_reason': ['done-without-finish'],
  '[DONE] alone': ['done-without-finish'],
  'error inside a 200': [],
  'error, then [DONE]': [],
  'error as a choice': [],
  'arguments that are not JSON': ['tool-arguments-not-json'],
  'arguments for a call not begun': ['delta-without-block'],
  'two calls on one index': ['unexpected-shape'],
  'every delta twice': ['duplicate-delta'],
  'text after the finish': ['event-after-end'],
  'event after [DONE]': ['event-after-end'],
  'not JSON in the middle': ['not-json', 'unexpected-shape'],
  'events nobody knows': [],
  'shapes of every kind': ['delta-without-block', 'missing-terminal'],
}
testFaults(format, faulty, FAULTS)

test('an error ends the stream with its own words, also when [DONE] follows', () => {
  const plainError = fold(format, faulty['error inside a 200']).turn
  expect(plainError.errors).toEqual([{ text: 'Overloaded', code: '503', event: 2 }])
  expect(plainError.endedAt).toBe(2)
  expect(terminalOf(format, faulty['error inside a 200'])).toMatchObject({
    kind: 'error',
    text: 'Overloaded',
    index: 2,
  })
  expect(terminalOf(format, faulty['error, then [DONE]'])).toMatchObject({ kind: 'error', text: 'Too long' })
  expect(fold(format, faulty['error, then [DONE]']).turn.errors).toMatchObject([{ code: 'context_length_exceeded' }])
  expect(fold(format, faulty['error as a choice']).turn.messages[0]?.finish?.kind).toBe('error')
})

test('an error is read in every way that servers write it', () => {
  const toError = (data: object) => fold(format, sse([data], false)).turn.errors.map(({ text, code }) => [code, text])
  expect(toError({ error: 'out of memory' })).toEqual([['', 'out of memory']])
  expect(toError({ object: 'error', message: 'bad', type: 'BadRequestError', code: 400 })).toEqual([['400', 'bad']])
  expect(toError({ type: 'error', message: 'no' })).toEqual([['', 'no']])
  expect(
    fold(format, { framing: 'sse', text: 'event: error\ndata: {"message":"gone"}\n\n' }).turn.errors,
  ).toMatchObject([{ text: 'gone' }])
  const said = { framing: 'sse', text: 'event: error\ndata: "gone"\n\n' } as const
  expect(fold(format, said).turn.errors).toMatchObject([{ text: 'gone' }])
})

test('an error that the answer goes on after is no terminal event', () => {
  const wire = sse([{ error: 'hiccup' }, chunk(choice({ content: 'a' }, 'stop')), '[DONE]'], false)
  expect(terminalOf(format, wire)).toMatchObject({ kind: 'end' })
})

test('unknown events are counted by their name', () => {
  expect(fold(format, faulty['events nobody knows']).turn.unknown).toEqual([
    { name: 'telemetry', count: 2, firstEvent: 1 },
  ])
})

test('it is recognised by what the events say; the request alone makes it likely, the host nothing', () => {
  const nothing: Wire = { framing: 'sse', text: '' }
  const request = { url: 'https://x.test/v1/chat/completions', requestBody: '{"stream":true,"messages":[]}' }
  expect(matchOf(format, nothing, request)?.certainty).toBe('likely')
  expect(matchOf(format, nothing, { url: 'https://api.openai.com/v1/chat/completions' })).toBeNull()
  expect(matchOf(format, sse([{ choices: [{ delta: {} }] }], false))?.evidence).toEqual([
    'an event has choices with a delta',
  ])
  expect(matchOf(format, sse([{ choices: 'red or blue' }], false))).toBeNull()
})

test('a long answer is folded in linear time, each event read once', () => {
  const growth = growthOf(format, (deltas) =>
    sse(
      Array.from({ length: deltas }, (_, i) => {
        const call = { index: i % 3, id: i < 6 ? `c${i % 3}` : undefined, function: { arguments: '[' } }
        const tokens = { logprobs: { content: [{ token: 'w' }] } }
        return chunk(
          i % 2 === 0 ? choice({ content: `w${i} `, reasoning: 'r' }, null, tokens) : choice({ tool_calls: [call] }),
        )
      }),
      false,
    ),
  )
  expect(growth).toBeLessThan(12)
})

// Steps are counted in this file, which makes a busy machine slow: nothing is timed.
test('100,000 deltas come to one text', { timeout: 60_000 }, () => {
  const words = Array.from({ length: 100_000 }, (_, i) => chunk(choice({ content: `${i} ` })))
  const [part] = fold(format, sse(words, false)).turn.messages[0]?.parts ?? []
  if (part?.kind !== 'text') throw new Error('no text')
  expect(part.text.deltas).toBe(100_000)
  expect(part.text.text.endsWith('99998 99999 ')).toBe(true)
  expect(part.text.eventOf(part.text.deltaAt(part.text.length - 1))).toBe(99_999)
})
