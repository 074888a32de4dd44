import { HttpAgent } from '@ag-ui/client'
import { expect, test } from 'vitest'
import { agUi as format } from '../../../lib/formats/ag-ui/ag-ui.ts'
import { faulty, healthy, older, outcomes } from '../../fixtures/formats/ag-ui/cases.ts'
import { expectHealthy, fold, matchOf, sse, terminalOf, testCuts, testFaults, textsOf, toPlainTurn } from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

testCuts(format, { ...healthy, ...older, ...faulty, ...outcomes })

/** The messages and the state that the official client comes to. */
async function byClient({ text }: Wire) {
  const headers = { 'content-type': 'text/event-stream' }
  const agent = new HttpAgent({
    url: 'http://127.0.0.1:1/',
    threadId: 't1',
    fetch: () => Promise.resolve(new Response(text, { headers })),
  })
  await agent.runAgent({ runId: 'r1' })
  return { messages: agent.messages, state: agent.state as unknown }
}

for (const [name, wire] of Object.entries(healthy)) {
  test(`${name}: the official client comes to the same messages and state`, async () => {
    expect({ state: {}, ...(fold(format, wire).final() as object) }).toEqual(await byClient(wire))
  })
}

for (const [name, wire] of Object.entries({ ...healthy, ...older, ...outcomes })) {
  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = fold(format, wire)
    expectHealthy(turn)
    expect(terminalOf(format, wire)).toEqual({ kind: 'end', index: turn.endedAt, name: 'RUN_FINISHED', text: '' })
  })
}

test('text comes with run, message, outcome and the usage of all models', () => {
  expect(toPlainTurn(fold(format, healthy.text).turn)).toMatchObject({
    id: 'r1',
    model: 'a',
    messages: [{ key: 'm1', role: 'assistant', finish: 'success', parts: [{ kind: 'text', text: 'Grüezi haha 👋' }] }],
    usage: { inputTokens: 6, outputTokens: 7, reasoningTokens: null, totalTokens: 2 },
  })
})

test('reasoning, calls and results are messages of their own', () => {
  expect(textsOf(fold(format, healthy.reasoning).turn, 'reasoning')).toEqual(['Let me think.'])
  expect(textsOf(fold(format, older.thinking).turn, 'reasoning')).toEqual(['Hm.'])
  expect(fold(format, healthy.tools).turn.messages).toMatchObject([
    { key: 'm1', parts: [{ kind: 'text' }, { kind: 'tool call', id: 'c1', name: 'get_weather' }, { id: 'c2' }] },
    { key: 'm2', role: 'tool', parts: [{ kind: 'tool result', id: 'c1' }] },
    { key: 'm3', role: 'tool' },
    { key: 'c3', parts: [{ kind: 'tool call', name: 'show' }] },
    { key: 'm4' },
  ])
  expect(textsOf(fold(format, healthy.tools).turn, 'arguments')).toEqual(['{"city": "Zürich"}', '{}', ''])
})

test('chunks go on with the message or the call before them', () => {
  const { turn } = fold(format, healthy.chunks)
  expect(textsOf(turn, 'text')).toEqual(['Grüezi', 'Done.'])
  expect(textsOf(turn, 'arguments')).toEqual(['{"a": 1}'])
})

test('state, steps and what is custom are data of the run', () => {
  const { turn } = fold(format, healthy['steps and state'])
  expect(turn.messages[0]?.parts.map((part) => 'name' in part && part.name)).toEqual([
    'step plan',
    'state',
    'state delta',
    'state delta',
    'state delta',
    'custom hint',
    'raw upstream',
  ])
})

test('an interrupt asks for something, a cancelled run was stopped', () => {
  const { turn } = fold(format, outcomes.interrupted)
  expect(turn.messages[0]?.finish).toMatchObject({ reason: 'interrupt', kind: 'other' })
  expect(textsOf(turn, 'data')).toEqual(['{"id":"i1","reason":"approval","message":"May I?"}'])
  expect(fold(format, outcomes.cancelled).turn.messages[0]?.finish?.kind).toBe('abort')
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut before RUN_FINISHED': ['missing-terminal'],
  'cut inside a message': ['unclosed-block', 'missing-terminal'],
  'error inside a 200': [],
  'message never ended': ['unclosed-block'],
  'step never finished': ['unclosed-block'],
  'content without a message': ['delta-without-block'],
  'tool arguments that are not JSON': ['tool-arguments-not-json'],
  'message started twice': ['sequence-repeat'],
  'events after the end': ['event-after-end'],
  'no RUN_STARTED': ['unexpected-shape'],
  'chunk without an id': ['delta-without-block'],
  'events nobody knows': [],
}
testFaults(format, faulty, FAULTS)

test('an error ends the run, with its own words', () => {
  const wire = faulty['error inside a 200']
  expect(fold(format, wire).turn.errors).toEqual([{ text: 'the agent crashed', code: 'E1', event: 2 }])
  expect(terminalOf(format, wire)).toMatchObject({ kind: 'error', name: 'RUN_ERROR', text: 'the agent crashed' })
})

test('it is recognised by its events, or likely by the request', () => {
  expect(matchOf(format, healthy.text)?.certainty).toBe('sure')
  expect(matchOf(format, healthy.chunks)?.certainty).toBe('sure')
  const requestBody = '{"threadId":"t","runId":"r","messages":[],"tools":[],"context":[]}'
  expect(matchOf(format, sse([]), { requestBody })?.certainty).toBe('likely')
  expect(matchOf(format, sse([{ type: 'RUN_STARTED' }]))).toBeNull()
})

test('the work is linear in the number of deltas, of messages and of calls', () => {
  const started = { type: 'RUN_STARTED', threadId: 't1', runId: 'r1' }
  const repeat = (times: number, of: (at: number) => object[]) =>
    sse([started, ...Array.from({ length: times }, (_, at) => of(at)).flat()], false)
  expect(
    growthOf(format, (times) => repeat(times, () => [{ type: 'TEXT_MESSAGE_CHUNK', messageId: 'm', delta: 'a' }])),
  ).toBeLessThan(20)
  const call = (at: number) => [
    { type: 'TOOL_CALL_START', toolCallId: `c${at}`, toolCallName: 'f', parentMessageId: `m${at}` },
    { type: 'TOOL_CALL_ARGS', toolCallId: `c${at}`, delta: '{}' },
    { type: 'TOOL_CALL_END', toolCallId: `c${at}` },
  ]
  expect(growthOf(format, (times) => repeat(times, call))).toBeLessThan(20)
})
