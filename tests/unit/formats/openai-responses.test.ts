import OpenAI from 'openai'
import { expect, test } from 'vitest'
import { openaiResponses as format } from '../../../lib/formats/openai/responses.ts'
import {
  added,
  completed,
  created,
  faulty,
  healthy,
  stream,
  textDeltas,
} from '../../fixtures/formats/openai-responses/cases.ts'
import { fold, matchOf, problemsOf, sse, terminalOf, testCuts, testFaults, textsOf, toPlainTurn } from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

testCuts(format, { ...healthy, ...faulty })

/** The official client, given the same bytes. */
function clientOf({ text }: Wire): OpenAI {
  return new OpenAI({
    apiKey: 'none',
    maxRetries: 0,
    dangerouslyAllowBrowser: true,
    fetch: () => Promise.resolve(new Response(text, { headers: { 'content-type': 'text/event-stream' } })),
  })
}

/** What the client adds of its own: all text in one, and what it makes of texts by the caller's own schema. */
const ADDED = new Set(['output_text', 'output_parsed', 'parsed', 'parsed_arguments'])
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, field: unknown) => (ADDED.has(key) ? undefined : field)))

for (const [name, wire] of Object.entries(healthy)) {
  test(`${name}: the official client comes to the same response`, async () => {
    const response = await clientOf(wire).responses.stream({ model: 'test-model-1', input: 'Hi' }).finalResponse()
    expect(plain(fold(format, wire).final())).toEqual(plain(response))
  })

  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = fold(format, wire)
    // Only arguments that the limit cut are not JSON, and that is so.
    expect(problemsOf(turn)).toEqual(name.startsWith('stopped by the limit') ? ['tool-arguments-not-json'] : [])
    expect(turn.errors).toEqual([])
    expect(turn.unknown).toEqual([])
    expect(turn.messages.flatMap(({ parts }) => parts).every(({ closed }) => closed)).toBe(true)
    expect(matchOf(format, wire)?.certainty).toBe('sure')
    expect(terminalOf(format, wire)).toMatchObject({ kind: 'end', index: turn.endedAt })
  })
}

/** What a stream that was cut shows is what the server would have sent to be kept, so far. */
test('a stream without its last event has the response as far as it came', () => {
  expect(fold(format, faulty['cut in the middle']).final()).toMatchObject({
    id: 'resp_1',
    status: 'in_progress',
    output: [{ type: 'message', id: 'item_0', content: [{ type: 'output_text', text: 'Hello' }] }],
  })
})

test('text comes with role, model, finish and usage', () => {
  expect(toPlainTurn(fold(format, healthy.text).turn)).toMatchObject({
    id: 'resp_1',
    model: 'test-model-1',
    messages: [{ role: 'assistant', finish: 'completed', parts: [{ kind: 'text', text: 'Hello, wörld 👋' }] }],
    usage: { inputTokens: 30, outputTokens: 40, reasoningTokens: 25, cachedInputTokens: 10, totalTokens: 70 },
  })
})

test('every character knows its event, and the repeated whole adds nothing', () => {
  const [part] = fold(format, healthy.text).turn.messages[0]?.parts ?? []
  if (part?.kind !== 'text') throw new Error('no text')
  expect([0, 4, 5, 12].map((offset) => part.text.eventOf(part.text.deltaAt(offset)))).toEqual([4, 4, 5, 6])
})

test('every part of the reasoning is shown, and sealed reasoning is named', () => {
  expect(textsOf(fold(format, healthy['reasoning, then text']).turn, 'reasoning')).toEqual(['**Plan** it', 'Then do'])
  expect(fold(format, healthy['reasoning, then text']).turn.messages[0]?.parts[0]).toMatchObject({
    signature: 'c2VhbGVk',
    redacted: false,
  })
  expect(textsOf(fold(format, healthy['reasoning text']).turn, 'reasoning')).toEqual(['Hm, so'])
  expect(fold(format, healthy['sealed reasoning']).turn.messages[0]?.parts).toMatchObject([
    { kind: 'reasoning', redacted: true },
    { kind: 'text' },
  ])
})

test('sources are citations of the text', () => {
  expect(fold(format, healthy['text with sources']).turn.messages[0]?.parts).toMatchObject([
    { kind: 'tool call', name: 'web_search', server: true, status: 'completed' },
    { kind: 'text', citations: [{ title: 'A', url: 'https://a.test/', event: 10 }] },
  ])
})

test('calls for the page are told from those that the provider runs', () => {
  const functions = fold(format, healthy['function calls']).turn
  expect(textsOf(functions, 'arguments')).toEqual(['{"city":"Zürich"}', '{"city":"Zürich"}'])
  expect(functions.messages[0]).toMatchObject({
    finish: { kind: 'tool' },
    parts: [{ id: 'call_0', name: 'get_weather', server: false }, { id: 'call_1' }],
  })
  expect(fold(format, healthy['custom tool call']).turn.messages[0]?.parts).toMatchObject([
    { name: 'shell', server: false, arguments: { text: 'ls -l' } },
  ])
  expect(fold(format, healthy.mcp).turn.messages[0]?.parts).toMatchObject([
    { kind: 'data', name: 'mcp_list_tools' },
    { kind: 'tool call', name: 'search', server: true, status: 'completed' },
    { kind: 'tool result', isError: false, text: { text: 'found' } },
    { kind: 'tool call', status: 'failed' },
    { kind: 'tool result', isError: true },
    { kind: 'tool call', name: 'drop' },
  ])
  expect(fold(format, healthy.mcp).turn.messages[0]?.finish?.kind).toBe('stop')
})

test('built-in tools show what they were asked and what came of it', () => {
  expect(fold(format, healthy['built-in tools']).turn.messages[0]?.parts).toMatchObject([
    { kind: 'tool call', name: 'file_search', arguments: { text: '["q"]' } },
    { kind: 'tool result' },
    { kind: 'tool call', name: 'code_interpreter', arguments: { text: 'print(1)' } },
    { kind: 'tool result', text: { text: '[{"type":"logs","logs":"1"}]' } },
    { kind: 'tool call', name: 'image_generation' },
    {
      kind: 'media',
      name: { message: 'partial image {index}', values: { index: 0 } },
      mediaType: 'image/webp',
      sizeBytes: 3,
    },
    { kind: 'media', mediaType: 'image/webp', sizeBytes: 5 },
  ])
  expect(fold(format, healthy.shell).turn.messages[0]?.parts).toMatchObject([
    { kind: 'tool call', name: 'shell', server: true, arguments: { text: 'ls -l\npwd' } },
    { kind: 'tool result', id: 'call_0', text: { text: 'a.txt\nwarn\n' } },
  ])
  expect(fold(format, healthy['computer, patch and others']).turn.messages[0]?.parts).toMatchObject([
    { name: 'computer', server: false },
    { name: 'apply_patch' },
    { kind: 'data', name: 'compaction' },
  ])
})

test('spoken answers are measured and their words are shown', () => {
  const wire = stream(
    created,
    { type: 'response.audio.delta', delta: 'AAAA' },
    { type: 'response.audio.transcript.delta', delta: 'Hi' },
    { type: 'response.audio.transcript.done' },
    { type: 'response.audio.done' },
    completed(),
  )
  expect(fold(format, wire).turn.messages[0]?.parts).toMatchObject([
    { kind: 'media', mediaType: 'audio', sizeBytes: 3, closed: true },
    { kind: 'text', text: { text: 'Hi' }, closed: true },
  ])
})

test('what the deltas did not bring is added where the whole text tells it', () => {
  expect(textsOf(fold(format, faulty['a delta was lost']).turn, 'text')).toEqual(['Hello'])
  expect(textsOf(fold(format, faulty['the first delta was lost']).turn, 'text')).toEqual(['lo'])
})

test('items that only the last event tells of are shown', () => {
  const item = {
    type: 'message',
    id: 'm',
    role: 'assistant',
    content: [{ type: 'output_text', text: 'Late', annotations: [] }],
  }
  const { turn } = fold(format, stream(created, completed(item)))
  expect(textsOf(turn, 'text')).toEqual(['Late'])
  expect(turn.problems).toEqual([])
})

test('why it stopped is told', () => {
  const stopped = (wire: Wire) => fold(format, wire).turn.messages[0]?.finish
  expect(stopped(healthy['stopped by the limit, output left out'])).toMatchObject({
    reason: 'max_output_tokens',
    kind: 'length',
  })
  expect(stopped(faulty.failed)).toMatchObject({ reason: 'failed', kind: 'error' })
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut before the end': ['missing-terminal'],
  'cut in the middle': ['unclosed-block', 'missing-terminal'],
  failed: [],
  'error event': [],
  'nested error event': [],
  'number left out': ['sequence-gap'],
  'number repeated': ['sequence-repeat'],
  'item never done': ['unclosed-block'],
  'delta for an item not added': ['delta-without-block', 'delta-without-block', 'unclosed-block'],
  'delta for a part not added': ['delta-without-block'],
  'a delta was lost': ['unexpected-shape'],
  'the first delta was lost': ['unexpected-shape'],
  'arguments that are not JSON': ['tool-arguments-not-json'],
  'every delta twice': ['duplicate-delta'],
  'event after the end': ['event-after-end', 'delta-without-block', 'delta-without-block'],
  'not JSON in the middle': ['not-json', 'sequence-repeat'],
  'events nobody knows': ['delta-without-block', 'unclosed-block'],
  'shapes of every kind': [
    'unexpected-shape',
    'unexpected-shape',
    'delta-without-block',
    'unexpected-shape',
    'unclosed-block',
    'unclosed-block',
    'event-after-end',
    'event-after-end',
  ],
}
testFaults(format, faulty, FAULTS)

test('an error has its own words, whichever event brings it', () => {
  const errors = (wire: Wire) => fold(format, wire).turn.errors.map(({ text, code }) => [code, text])
  expect(errors(faulty.failed)).toEqual([['server_error', 'Broke']])
  expect(terminalOf(format, faulty.failed)).toMatchObject({ kind: 'error', name: 'response.failed', text: 'Broke' })
  expect(errors(faulty['error event'])).toEqual([['rate_limit_exceeded', 'Slow down']])
  expect(terminalOf(format, faulty['error event'])).toMatchObject({ kind: 'error', text: 'Slow down' })
  expect(errors(faulty['nested error event'])).toEqual([['invalid_request_error', 'No']])
})

test('keep-alives are counted, and a [DONE] at the end is no fault', () => {
  const wire = sse([created, { type: 'keepalive' }, completed(), '[DONE]'])
  expect(fold(format, wire).turn).toMatchObject({ pings: 1, problems: [], endedAt: 2 })
  expect(terminalOf(format, wire)).toMatchObject({ name: 'response.completed', index: 2 })
})

test('it is recognised by its events; the request alone makes it likely, the host nothing', () => {
  const nothing: Wire = { framing: 'sse', text: '' }
  expect(
    matchOf(format, nothing, { url: 'https://x.test/v1/responses', requestBody: '{"stream":true,"input":"Hi"}' }),
  ).toEqual({
    certainty: 'likely',
    evidence: ['the request posts input with stream: true to …/responses'],
  })
  expect(matchOf(format, nothing, { url: 'https://api.openai.com/v1/responses' })).toBeNull()
  expect(matchOf(format, sse([{ type: 'response.to.a.letter' }]))).toBeNull()
})

test('a long answer is folded in linear time', () => {
  const growth = growthOf(format, (count) => {
    const call = { type: 'function_call', id: 'item_1', call_id: 'c', name: 'f', arguments: '' }
    const args = { type: 'response.function_call_arguments.delta', output_index: 1, delta: '[1' }
    const texts = Array.from({ length: count / 2 }, (_, i) => [...textDeltas(0, `w${i} `), args]).flat()
    const message = { type: 'message', id: 'item_0', role: 'assistant', content: [] }
    const part = {
      type: 'response.content_part.added',
      output_index: 0,
      content_index: 0,
      part: { type: 'output_text', text: '' },
    }
    return stream(created, added(0, message), part, added(1, call), ...texts, completed())
  })
  expect(growth).toBeLessThan(12)
})
