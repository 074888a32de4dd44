import Anthropic from '@anthropic-ai/sdk'
import { expect, test } from 'vitest'
import { anthropicMessages as format } from '../../../lib/formats/anthropic/messages.ts'
import { beta, faulty, healthy } from '../../fixtures/formats/anthropic-messages/cases.ts'
import { expectHealthy, fold, matchOf, sse, terminalOf, testCuts, testFaults, textsOf, toPlainTurn } from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

testCuts(format, { ...healthy, ...beta, ...faulty })

/** The official client, given the same bytes. */
function clientOf({ text }: Wire): Anthropic {
  const headers = { 'content-type': 'text/event-stream' }
  return new Anthropic({
    apiKey: 'none',
    maxRetries: 0,
    dangerouslyAllowBrowser: true,
    fetch: () => Promise.resolve(new Response(text, { headers })),
  })
}
const asked = { model: 'claude-test-1', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hi' }] }
/** As JSON. `parsed_output` is what the client makes of a text by the caller's own schema: it is no part of the message. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, field: unknown) => (key === 'parsed_output' ? undefined : field)))

for (const [name, wire] of Object.entries(healthy)) {
  test(`${name}: the official client comes to the same message`, async () => {
    const message = await clientOf(wire).messages.stream(asked).finalMessage()
    expect(plain(fold(format, wire).final())).toEqual(plain(message))
  })
}

for (const [name, wire] of Object.entries(beta)) {
  test(`${name}: the official beta client comes to the same message`, async () => {
    const message = await clientOf(wire).beta.messages.stream(asked).finalMessage()
    expect(plain(fold(format, wire).final())).toEqual(plain(message))
  })
}

for (const [name, wire] of Object.entries({ ...healthy, ...beta })) {
  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = fold(format, wire)
    expectHealthy(turn)
    expect(terminalOf(format, wire)).toMatchObject({ kind: 'end', name: 'message_stop' })
    expect(turn.endedAt).toBe(terminalOf(format, wire)?.index)
  })
}

test('text comes with role, model, finish reason and usage of both events', () => {
  expect(toPlainTurn(fold(format, healthy.text).turn)).toMatchObject({
    id: 'msg_01',
    model: 'claude-test-1',
    messages: [
      {
        key: 'msg_01',
        role: 'assistant',
        finish: 'end_turn',
        parts: [{ kind: 'text', text: 'Hello, wörld 👋\n\nhahahaha' }],
      },
    ],
    usage: { inputTokens: 25, outputTokens: 15, cachedInputTokens: 12, reasoningTokens: null },
    pings: 1,
  })
})

test('every character knows its event', () => {
  const [part] = fold(format, healthy.text).turn.messages[0]?.parts ?? []
  if (part?.kind !== 'text') throw new Error('no text')
  expect([0, 4, 5, 12, 13].map((offset) => part.text.eventOf(part.text.deltaAt(offset)))).toEqual([3, 3, 4, 5, 5])
})

test('thinking, its signature and what was redacted stand before the answer', () => {
  const { turn } = fold(format, healthy.thinking)
  expect(turn.messages[0]?.parts).toMatchObject([
    { kind: 'reasoning', signature: 'c2lnbmF0dXJl', redacted: false },
    { kind: 'reasoning', redacted: true },
    { kind: 'text' },
  ])
  expect(textsOf(turn, 'reasoning')).toEqual(['Let me think.', ''])
  expect(turn.usage).toMatchObject({ outputTokens: 60, reasoningTokens: 40 })
  expect(turn.messages[0]?.finish?.kind).toBe('stop')
})

test('tool calls have names, ids and arguments; those that the provider runs are told apart', () => {
  const { turn } = fold(format, healthy.tools)
  expect(textsOf(turn, 'arguments')).toEqual(['{"location": "Zürich", "days": 3}', ''])
  expect(turn.messages[0]?.finish?.kind).toBe('tool')
  expect(fold(format, healthy['web search']).turn.messages[0]?.parts).toMatchObject([
    { kind: 'tool call', name: 'web_search', server: true, id: 'srvtoolu_1' },
    { kind: 'tool result', name: 'web_search', id: 'srvtoolu_1', isError: false },
    {
      kind: 'text',
      citations: [{ title: 'Streams', url: 'https://streams.test/', text: 'A stream flows.', event: 8 }],
    },
  ])
  expect(fold(format, healthy['code execution']).turn.messages[0]?.parts).toMatchObject([
    { server: true },
    { name: 'bash_code_execution', isError: false },
    { kind: 'media', name: 'file_1' },
    { server: true },
    { name: 'web_fetch', isError: true },
  ])
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut before message_stop': ['missing-terminal'],
  'cut inside a block': ['unclosed-block', 'missing-terminal'],
  'error inside a 200': [],
  'block never closed': ['unclosed-block'],
  'delta without a block': ['delta-without-block', 'unclosed-block'],
  'delta for a stopped block': ['delta-without-block'],
  'tool arguments that are not JSON': ['tool-arguments-not-json'],
  'block number left out': ['sequence-gap'],
  'block number used twice': ['sequence-repeat'],
  'every delta twice': ['duplicate-delta'],
  'message_stop without stop_reason': ['done-without-finish'],
  'event after the end': ['event-after-end', 'delta-without-block'],
  'events without their names': ['unexpected-shape'],
  'not JSON in the middle': ['not-json'],
  'events nobody knows': [],
}
testFaults(format, faulty, FAULTS)

test('an error ends the stream, with its own words', () => {
  const wire = faulty['error inside a 200']
  expect(terminalOf(format, wire)).toEqual({ kind: 'error', index: 4, name: 'error', text: 'Overloaded' })
  expect(fold(format, wire).turn.errors).toEqual([{ text: 'Overloaded', code: 'overloaded_error', event: 4 }])
})

test('what nobody knows is counted and shown, never fatal', () => {
  const { turn } = fold(format, faulty['events nobody knows'])
  expect(turn.unknown).toEqual([
    { name: 'block hologram', count: 1, firstEvent: 5 },
    { name: 'weather_report', count: 2, firstEvent: 7 },
  ])
  expect(textsOf(turn, 'data')).toEqual(['{"type":"hologram","beam":1}'])
})

test('it is recognised by its events, or likely by the request', () => {
  expect(matchOf(format, healthy.text)).toEqual({
    certainty: 'sure',
    evidence: ["an event's data has the type message_start and that event's fields"],
  })
  const requestBody = '{"model":"m","max_tokens":9,"messages":[],"stream":true}'
  const none = sse([])
  expect(matchOf(format, none, { url: 'https://page.test/v1/messages', requestBody })?.certainty).toBe('likely')
  expect(matchOf(format, none, { requestHeaders: [['Anthropic-Version', '2023-06-01']] })?.certainty).toBe('likely')
  expect(matchOf(format, none, { url: 'https://api.anthropic.com/v1/messages' })).toBeNull()
  expect(matchOf(format, sse([{ type: 'ping' }, { type: 'message_start' }]))).toBeNull()
})

test('the work is linear in the number of deltas', () => {
  const start = {
    type: 'content_block_start',
    index: 0,
    content_block: { type: 'tool_use', id: 't', name: 'f', input: {} },
  }
  const piece = { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '"a",' } }
  const stop = { type: 'content_block_stop', index: 0 }
  const toWire = (deltas: number) => sse([start, ...Array.from({ length: deltas }, () => piece), stop])
  expect(growthOf(format, toWire)).toBeLessThan(20)
})
