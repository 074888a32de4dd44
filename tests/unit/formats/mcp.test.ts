import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { expect, test } from 'vitest'
import type { Folding } from '../../../lib/formats/format.ts'
import { mcp as format } from '../../../lib/formats/mcp.ts'
import {
  BATCH,
  CALL,
  asking,
  batch,
  faulty,
  healthy,
  notifications,
  resumable,
} from '../../fixtures/formats/mcp/cases.ts'
import { matchOf, problemsOf, sampleOf, sse, terminalOf, testCuts, textsOf, toEvents } from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

testCuts(format, { ...healthy, ...asking, ...faulty, resumable, notifications, batch })

function answer(wire: Wire, request: object = CALL): Folding {
  const events = toEvents(wire.framing, [wire.text])
  const folding = format.start(sampleOf(wire.framing, events, { requestBody: JSON.stringify(request) }))
  for (const event of events) folding.step(event)
  folding.end()
  return folding
}

/** What the official client makes of the bytes, as the answer to its tool call. */
async function callByClient({ text }: Wire) {
  const initialized = {
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 's', version: '1' },
  }
  const reply = (type: string, body: string) => new Response(body, { headers: { 'content-type': type } })
  const answerTo = (method: string, id: unknown): Response => {
    if (method === 'initialize') {
      return reply('application/json', JSON.stringify({ jsonrpc: '2.0', id, result: initialized }))
    }
    if (method === 'tools/call') return reply('text/event-stream', text.replaceAll('"id":1,', `"id":${String(id)},`))
    return new Response(null, { status: 202 })
  }
  const transport = new StreamableHTTPClientTransport(new URL('http://127.0.0.1:1/mcp'), {
    fetch: (_, init) => {
      if (init?.method !== 'POST') return Promise.resolve(new Response(null, { status: 405 }))
      const { method, id } = JSON.parse(typeof init.body === 'string' ? init.body : '') as {
        method: string
        id?: unknown
      }
      return Promise.resolve(answerTo(method, id))
    },
  })
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(transport)
  const progress: number[] = []
  const result = await client
    .callTool({ name: 'weather', arguments: {} }, undefined, { onprogress: (now) => progress.push(now.progress) })
    .finally(() => client.close())
  return { result, progress }
}

for (const [name, wire] of Object.entries(healthy)) {
  test(`${name}: the official client comes to the same result`, async () => {
    const { result, progress } = await callByClient(wire)
    const folding = answer(wire)
    expect(folding.final()).toEqual({ jsonrpc: '2.0', id: 1, result })
    const told = folding.turn.messages
      .flatMap(({ parts }) => parts)
      .filter((part) => 'name' in part && part.name === 'notifications/progress')
    expect(told.length).toBe(progress.length)
  })
}

for (const [name, wire] of Object.entries({ ...healthy, ...asking })) {
  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = answer(wire)
    expect(turn.problems).toEqual([])
    expect(turn.errors).toEqual([])
    expect(turn.unknown).toEqual([])
    expect(terminalOf(format, wire)).toEqual({ kind: 'end', index: turn.endedAt, name: 'result', text: '' })
  })
}

test('an error of the server is the same for the official client', async () => {
  await expect(callByClient(faulty['JSON-RPC error'])).rejects.toThrow('Unknown tool')
  const { turn } = answer(faulty['JSON-RPC error'])
  expect(turn.errors).toEqual([{ text: 'Unknown tool', code: '-32602', event: 0 }])
  expect(terminalOf(format, faulty['JSON-RPC error'])).toMatchObject({ kind: 'error', text: 'Unknown tool' })
})

test('a result is text, named by the tool that was called', () => {
  expect(answer(healthy['tool call']).turn.messages).toMatchObject([
    { key: 'server', parts: [{ kind: 'data', name: 'notifications/progress' }, { kind: 'data' }] },
    { key: 'answer 1', parts: [{ kind: 'tool result', name: 'weather', id: '1', isError: false }] },
  ])
  expect(textsOf(answer(healthy['tool call']).turn, 'tool result')).toEqual(['Rain\ntomorrow.'])
  expect(answer(healthy['tool call that failed']).turn.messages[0]?.parts).toMatchObject([{ isError: true }])
})

test('images, sounds and resources are named with their size', () => {
  expect(answer(healthy['tool call with media']).turn.messages[0]?.parts).toMatchObject([
    { kind: 'tool result' },
    { kind: 'media', name: 'image', mediaType: 'image/png', sizeBytes: 5 },
    { kind: 'media', name: 'audio', mediaType: 'audio/wav', sizeBytes: 6 },
    { kind: 'media', name: 'a.md', url: 'file:///a.md' },
    { kind: 'media', name: 'resource', url: 'file:///b.md', mediaType: 'text/markdown' },
    { kind: 'data', name: { message: 'structured content' } },
  ])
})

test("the server's own requests are shown, its pings are a sign of life", () => {
  const { turn } = answer(asking.sampling)
  expect(turn.messages[0]?.parts).toMatchObject([{ name: 'sampling/createMessage' }])
  expect(turn.pings).toBe(1)
})

test('a batch is answered by a batch', () => {
  const folding = answer(batch, BATCH)
  expect(folding.turn.problems).toEqual([])
  expect(folding.turn.messages.map(({ key }) => key)).toEqual(['answer 2', 'answer 1'])
  expect(folding.final()).toEqual(JSON.parse(batch.text.replace('data: ', '')))
  expect(problemsOf(answer(healthy['tool call'], BATCH).turn)).toEqual(['missing-terminal'])
})

test('a stream that is to be gone on with, or that nobody asked for, may end without an answer', () => {
  expect(answer(resumable).turn).toMatchObject({ problems: [], pings: 1 })
  expect(answer(notifications, {}).turn).toMatchObject({ problems: [], endedAt: null })
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut before the answer': ['missing-terminal'],
  'JSON-RPC error': [],
  'answered twice': ['sequence-repeat'],
  'not JSON-RPC': ['unexpected-shape'],
  'not JSON': ['not-json'],
  'method nobody knows': [],
}
for (const [name, wire] of Object.entries(faulty)) {
  test(`${name}: is said`, () => {
    expect(problemsOf(answer(wire).turn)).toEqual(FAULTS[name as keyof typeof faulty])
  })
}

test('it is recognised by methods, by the request or by its headers', () => {
  expect(matchOf(format, healthy['tool call'])).toEqual({
    certainty: 'sure',
    evidence: ['an event is a JSON-RPC message with the method notifications/progress'],
  })
  expect(matchOf(format, batch)).toBeNull()
  expect(matchOf(format, batch, { requestBody: JSON.stringify(BATCH) })?.certainty).toBe('sure')
  expect(matchOf(format, batch, { responseHeaders: [['Mcp-Session-Id', '1']] })?.certainty).toBe('sure')
  expect(matchOf(format, sse([]), { requestBody: JSON.stringify(CALL) })?.certainty).toBe('likely')
  expect(matchOf(format, sse([]), { url: 'https://page.test/mcp' })).toBeNull()
})

test('the work is linear in the number of messages', () => {
  const note = { jsonrpc: '2.0', method: 'notifications/progress', params: { progress: 1 } }
  expect(growthOf(format, (times) => sse(Array.from({ length: times }, () => note)))).toBeLessThan(20)
})
