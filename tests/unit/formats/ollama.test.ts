import { Ollama } from 'ollama/browser'
import { expect, test } from 'vitest'
import { ollama as format } from '../../../lib/formats/ollama.ts'
import { faulty, healthy } from '../../fixtures/formats/ollama/cases.ts'
import { expectHealthy, fold, matchOf, ndjson, terminalOf, testCuts, testFaults, toPlainTurn } from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

testCuts(format, { ...healthy, ...faulty })

function clientOf({ text }: Wire): Ollama {
  return new Ollama({ host: 'http://127.0.0.1:1', fetch: () => Promise.resolve(new Response(text)) })
}

/** What a page that adds up the official client's chat answers comes to, as the client's own example does. */
async function chatByClient(wire: Wire) {
  const sum = { content: '', thinking: '', tool_calls: [] as unknown[], logprobs: [] as unknown[] }
  let last: object = {}
  for await (const answer of await clientOf(wire).chat({ model: 'm', messages: [], stream: true })) {
    sum.content += answer.message.content
    sum.thinking += answer.message.thinking ?? ''
    sum.tool_calls.push(...(answer.message.tool_calls ?? []))
    sum.logprobs.push(...(answer.logprobs ?? []))
    last = answer
  }
  const { content, thinking, tool_calls, logprobs } = sum
  return {
    ...last,
    message: {
      role: 'assistant',
      content,
      ...(thinking === '' ? {} : { thinking }),
      ...(tool_calls.length === 0 ? {} : { tool_calls }),
    },
    ...(logprobs.length === 0 ? {} : { logprobs }),
  }
}

for (const name of ['chat', 'chat with thinking and tools', 'chat with logprobs'] as const) {
  test(`${name}: the official client's answers add up to the same`, async () => {
    expect(fold(format, healthy[name]).final()).toEqual(await chatByClient(healthy[name]))
  })
}

test("generate: the official client's answers add up to the same", async () => {
  let [response, thinking, last] = ['', '', {}]
  for await (const answer of await clientOf(healthy.generate).generate({ model: 'm', prompt: '', stream: true })) {
    response += answer.response ?? ''
    thinking += answer.thinking ?? ''
    last = answer
  }
  expect(fold(format, healthy.generate).final()).toEqual({ ...last, response, thinking })
})

for (const [name, wire] of Object.entries(healthy)) {
  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = fold(format, wire)
    expectHealthy(turn)
    expect(terminalOf(format, wire)).toEqual({ kind: 'end', index: turn.endedAt, name: 'done', text: '' })
  })
}

test('thinking, text and calls stand in the order in which they came', () => {
  const { turn } = fold(format, healthy['chat with thinking and tools'])
  expect(toPlainTurn(turn)).toMatchObject({
    model: 'llama-test',
    messages: [
      {
        role: 'assistant',
        finish: 'stop',
        parts: [
          { kind: 'reasoning', text: 'They want weather.' },
          { kind: 'text', text: 'One moment.' },
          { kind: 'tool call', name: 'get_weather', arguments: '{"city":"Zürich"}' },
          { kind: 'tool call', name: 'get_time', arguments: '{}', id: 'call_2' },
        ],
      },
    ],
    usage: { inputTokens: 26, outputTokens: 282 },
  })
})

test('an image is named, not kept; its progress is a sign of life', () => {
  const { turn } = fold(format, healthy['generate an image'])
  expect(turn.messages[0]?.parts).toMatchObject([{ kind: 'media', mediaType: 'image', sizeBytes: 6 }])
  expect(turn.pings).toBe(2)
})

test('the limit on tokens is told from a stop', () => {
  expect(fold(format, healthy['chat with logprobs']).turn.messages[0]?.finish).toEqual({
    reason: 'length',
    kind: 'length',
    event: 2,
  })
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut before done': ['missing-terminal'],
  'error inside a 200': [],
  'line after the end': ['event-after-end'],
  'line nobody knows': [],
}
testFaults(format, faulty, FAULTS)

test('an error line ends the stream, with its own words', () => {
  const { turn } = fold(format, faulty['error inside a 200'])
  expect(turn.errors).toEqual([{ text: 'model runner has unexpectedly stopped', code: '', event: 1 }])
  expect(terminalOf(format, faulty['error inside a 200'])).toMatchObject({ kind: 'error', index: 1 })
})

test('it is recognised by its lines, or likely by the request', () => {
  expect(matchOf(format, healthy.chat)?.certainty).toBe('sure')
  expect(matchOf(format, healthy.generate)?.certainty).toBe('sure')
  const none = ndjson([])
  const requestBody = '{"model":"m","messages":[]}'
  expect(matchOf(format, none, { url: 'http://localhost:11434/api/chat', requestBody })?.certainty).toBe('likely')
  expect(matchOf(format, none, { url: 'http://localhost:11434/api/chat' })).toBeNull()
  expect(matchOf(format, ndjson([{ model: 'm', done: true }]))).toBeNull()
})

test('the work is linear in the number of lines', () => {
  const line = { model: 'm', created_at: '', message: { role: 'assistant', content: 'a' }, done: false }
  expect(growthOf(format, (lines) => ndjson(Array.from({ length: lines }, () => line)))).toBeLessThan(20)
})
