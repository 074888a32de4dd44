import { AgentCard, Message, Task } from '@a2a-js/sdk'
import type { StreamResponse } from '@a2a-js/sdk'
import { JsonRpcTransportFactory } from '@a2a-js/sdk/client'
import { InMemoryTaskStore, ResultManager, ServerCallContext } from '@a2a-js/sdk/server'
import { expect, test } from 'vitest'
import { a2a as format } from '../../../lib/formats/a2a/a2a.ts'
import { REQUEST_ID, faulty, healthy03, healthy1, plain1 } from '../../fixtures/formats/a2a/cases.ts'
import { expectHealthy, fold, matchOf, sse, terminalOf, testCuts, testFaults, textsOf } from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

const healthy = { ...healthy03, ...healthy1, ...plain1 }

testCuts(format, { ...healthy, ...faulty })

/** What the official client reads from the bytes. */
async function readByClient({ text }: Wire, protocolVersion: string): Promise<StreamResponse[]> {
  const url = 'http://127.0.0.1:1/'
  const headers = { 'content-type': 'text/event-stream' }
  const fetchImpl: typeof fetch = (_, init) => {
    const { id } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as { id: unknown }
    return Promise.resolve(new Response(text.replaceAll(JSON.stringify(REQUEST_ID), JSON.stringify(id)), { headers }))
  }
  const card = AgentCard.fromJSON({ supportedInterfaces: [{ url, protocolBinding: 'JSONRPC', protocolVersion }] })
  const transport = await new JsonRpcTransportFactory({ fetchImpl, legacyCompat: { enabled: true } }).create(url, card)
  const asked = Message.fromJSON({ messageId: 'u1', role: 'ROLE_USER', parts: [{ text: 'Hi' }] })
  const request = { tenant: '', message: asked, configuration: undefined, metadata: undefined }
  const events: StreamResponse[] = []
  for await (const event of transport.sendMessageStream(request)) events.push(event)
  return events
}

/** What the official server would have answered to the call without streaming. */
async function addUp(events: readonly StreamResponse[]): Promise<unknown> {
  const results = new ResultManager(new InMemoryTaskStore(), new ServerCallContext({}))
  for (const { payload } of events) {
    if (payload === undefined) continue
    const { $case: kind, value: data } = payload
    await results.processEvent({ kind, data } as Parameters<ResultManager['processEvent']>[0])
  }
  const result = results.getFinalResult()
  if (result === undefined) return null
  return 'status' in result ? Task.toJSON(result) : Message.toJSON(result)
}

/** Our final object goes the same way, as a stream of one event, so that both have the client's own shape. */
async function addUpOurs(wire: Wire, version: string): Promise<unknown> {
  const final = fold(format, wire).final() as object
  const field = 'status' in final ? 'task' : 'message'
  const result = version === '1.0' ? { [field]: final } : final
  return addUp(await readByClient(sse([{ jsonrpc: '2.0', id: REQUEST_ID, result }]), version))
}

for (const [version, wires] of [['0.3.0', healthy03] as const, ['1.0', healthy1] as const]) {
  for (const [name, wire] of Object.entries(wires)) {
    test(`${name}: the official client and server come to the same`, async () => {
      const official = await addUp(await readByClient(wire, version))
      expect(official).not.toBeNull()
      expect(await addUpOurs(wire, version)).toEqual(official)
    })
  }
}

test('over plain HTTP, version 1 comes to the same as over JSON-RPC', () => {
  expect(fold(format, plain1['version 1 over plain HTTP']).final()).toEqual(fold(format, healthy1['version 1']).final())
})

for (const [name, wire] of Object.entries(healthy)) {
  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = fold(format, wire)
    expectHealthy(turn)
    expect(terminalOf(format, wire)).toMatchObject({ kind: 'end', index: turn.endedAt })
  })
}

test('status, messages and artifacts are told apart', () => {
  const { turn } = fold(format, healthy03.task)
  expect(turn.id).toBe('t1')
  expect(turn.messages).toMatchObject([
    { key: 'task', finish: { reason: 'completed', kind: 'stop' }, parts: [{ name: 'status' }, {}, {}] },
    { key: 'm1', role: 'agent' },
    { key: 'artifact a1', role: 'artifact', parts: [{ kind: 'text' }] },
    { key: 'artifact a2', parts: [{ kind: 'data' }] },
    { key: 'artifact a3', parts: [{ kind: 'media', name: 'plot.png', mediaType: 'image/png', sizeBytes: 5 }] },
  ])
  expect(textsOf(turn, 'text')).toEqual(['On it.', '# Grüezi\n\nhaha 👋'])
  expect(textsOf(turn, 'data')).toEqual(['submitted', 'working', 'completed', '{"rows":[1,2]}'])
})

test('a task that waits for input is over for this stream', () => {
  const { turn } = fold(format, healthy03['input required'])
  expect(turn.messages[0]?.finish).toMatchObject({ reason: 'input-required', kind: 'other' })
  expect(textsOf(turn, 'text')).toEqual(['Which city?'])
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut before the last status': ['missing-terminal'],
  'task that failed': [],
  'JSON-RPC error': [],
  'more of an artifact that did not come': ['delta-without-block'],
  'more of an artifact after its last chunk': ['delta-without-block'],
  'event after the end': ['event-after-end'],
  'not JSON': ['not-json'],
  'events nobody knows': [],
}
testFaults(format, faulty, FAULTS)

test('a failed task and a JSON-RPC error are errors, with their own words', () => {
  expect(fold(format, faulty['task that failed']).turn.errors).toEqual([{ text: 'No disk.', code: 'failed', event: 1 }])
  expect(terminalOf(format, faulty['task that failed'])).toEqual({
    kind: 'error',
    index: 1,
    name: 'status failed',
    text: 'No disk.',
  })
  expect(fold(format, faulty['JSON-RPC error']).turn.errors).toEqual([
    { text: 'Task not found', code: '-32001', event: 0 },
  ])
  expect(terminalOf(format, faulty['JSON-RPC error'])).toMatchObject({ kind: 'error', text: 'Task not found' })
})

test('it is recognised by its events, or likely by the request', () => {
  for (const wire of Object.values(healthy)) expect(matchOf(format, wire)?.certainty).toBe('sure')
  const requestBody = '{"jsonrpc":"2.0","id":1,"method":"message/stream","params":{}}'
  expect(matchOf(format, sse([]), { requestBody })?.certainty).toBe('likely')
  expect(matchOf(format, sse([{ jsonrpc: '2.0', id: 1, result: { kind: 'task' } }]))).toBeNull()
  expect(matchOf(format, sse([{ message: { role: 'assistant', content: '' }, done: false }]))).toBeNull()
})

test('the work is linear in the number of chunks', () => {
  const update = (append: boolean) => ({
    jsonrpc: '2.0',
    id: 1,
    result: {
      kind: 'artifact-update',
      taskId: 't',
      artifact: { artifactId: 'a', parts: [{ kind: 'text', text: 'a' }] },
      append,
    },
  })
  const toWire = (chunks: number) => sse(Array.from({ length: chunks }, (_, at) => update(at > 0)))
  expect(growthOf(format, toWire)).toBeLessThan(20)
})
