import { DefaultChatTransport, readUIMessageStream } from 'ai'
import { expect, test } from 'vitest'
import { vercelUi as format } from '../../../lib/formats/vercel/ui.ts'
import { cut, faulty, healthy, stream, textDeltas } from '../../fixtures/formats/vercel-ui/cases.ts'
import { expectHealthy, fold, matchOf, terminalOf, testCuts, testFaults, textsOf, toPlainTurn } from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

testCuts(format, { ...healthy, ...faulty })

/** What Vercel's own client makes of the same bytes: the chat's transport, then the message that a page would show. */
async function readByClient({ text }: Wire): Promise<unknown> {
  const transport = new DefaultChatTransport({
    api: 'https://page.test/api/chat',
    fetch: () => Promise.resolve(new Response(text, { headers: { 'content-type': 'text/event-stream' } })),
  })
  const chunks = await transport.sendMessages({
    trigger: 'submit-message',
    chatId: 'chat',
    messageId: undefined,
    messages: [],
    abortSignal: undefined,
  })
  let last: unknown = null
  for await (const message of readUIMessageStream({ stream: chunks })) last = message
  return last
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

for (const [name, wire] of Object.entries({ ...healthy, ...cut })) {
  test(`${name}: the official client comes to the same message`, async () => {
    expect(plain(fold(format, wire).final())).toEqual(plain(await readByClient(wire)))
  })
}

for (const [name, wire] of Object.entries(healthy)) {
  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = fold(format, wire)
    expectHealthy(turn)
    expect(matchOf(format, wire)?.certainty).toBe('sure')
    expect(terminalOf(format, wire)).toMatchObject({ kind: 'end', name: 'finish', index: turn.endedAt })
  })
}

test('text comes with its finish reason, and with the usage and model that its metadata tell', () => {
  expect(toPlainTurn(fold(format, healthy.text).turn)).toMatchObject({
    id: 'msg_1',
    model: 'test-model-1',
    messages: [{ key: 'msg_1', role: 'assistant', finish: 'stop', parts: [{ kind: 'text', text: 'Hello, wörld 👋' }] }],
    usage: { inputTokens: 9, outputTokens: 5, totalTokens: 14, reasoningTokens: 1, cachedInputTokens: 3 },
  })
})

test('every character knows its event', () => {
  const [part] = fold(format, healthy.text).turn.messages[0]?.parts ?? []
  if (part?.kind !== 'text') throw new Error('no text')
  expect([0, 4, 5, 12].map((offset) => part.text.eventOf(part.text.deltaAt(offset)))).toEqual([3, 3, 4, 5])
})

test('texts side by side are kept apart, and an id can be used again', () => {
  expect(textsOf(fold(format, healthy['texts side by side']).turn, 'text')).toEqual(['One', 'Two', 'again'])
})

test('tool calls have their input as it came, their state and their output', () => {
  const { turn } = fold(format, healthy['tool with streamed input'])
  expect(turn.messages[0]?.parts).toMatchObject([
    { kind: 'tool call', id: 'call_1', name: 'weather', server: false, status: 'output-available' },
    { kind: 'tool result', id: 'call_1', name: 'weather', isError: false, text: { text: '{"degrees":21}' } },
    { kind: 'text' },
  ])
  expect(textsOf(turn, 'arguments')).toEqual(['{"city":"Zürich"}'])
  expect(textsOf(fold(format, healthy['tool with whole input']).turn, 'arguments')).toEqual(['{"city":"Zürich"}'])
  const preliminary = fold(format, healthy['tool of the provider, with preliminary output']).turn
  expect(textsOf(preliminary, 'tool result')).toEqual(['{"degrees":null}', '{"degrees":21}'])
  expect(preliminary.messages[0]?.parts[0]).toMatchObject({ server: true })
  expect(fold(format, healthy['dynamic tool']).turn.messages[0]?.parts[1]).toMatchObject({
    isError: true,
    text: { text: 'No such city' },
  })
  expect(fold(format, healthy['tool that is denied']).turn.messages[0]?.parts[0]).toMatchObject({
    status: 'output-denied',
  })
})

test('data, files and sources are parts; data that replaces other data is shown as well', () => {
  const parts = fold(format, healthy['data, files and sources']).turn.messages[0]?.parts
  expect(parts).toMatchObject([
    { kind: 'data', name: 'weather', text: { text: '{"state":"loading"}' } },
    { kind: 'data', name: 'notice', text: { text: '"working"' } },
    { kind: 'data', name: 'weather', text: { text: '{"state":"sunny"}' } },
    { kind: 'data', name: 'weather', text: { text: '3' } },
    { kind: 'media', mediaType: 'image/png', sizeBytes: 3, url: '' },
    { kind: 'media', name: 'A', url: 'https://a.test/' },
    { kind: 'media', name: 'B', mediaType: 'application/pdf' },
    { kind: 'data', name: 'openai.compaction' },
  ])
})

test('what a reset withdraws stays shown, but is not of the message', () => {
  const { turn, final } = fold(format, healthy['step that is withdrawn'])
  expect(textsOf(turn, 'text')).toEqual(['kept', 'gone', 'new'])
  expect(JSON.stringify(final())).not.toContain('gone')
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut in a text': ['unclosed-block', 'missing-terminal'],
  'cut in a tool input': ['unclosed-block', 'tool-arguments-not-json', 'missing-terminal'],
  'cut between parts': ['missing-terminal'],
  '[DONE] without finish': ['done-without-finish'],
  aborted: [],
  error: [],
  'error, then finish': [],
  'text never ended': ['unclosed-block'],
  'input never ended': ['unclosed-block', 'tool-arguments-not-json'],
  'delta without a start': ['delta-without-block'],
  'output without a call': ['delta-without-block'],
  'input without a start': ['delta-without-block'],
  'input that is not JSON': ['tool-arguments-not-json'],
  'approval that was not asked for': ['delta-without-block'],
  'every delta twice': ['duplicate-delta'],
  'event after the end': ['event-after-end', 'event-after-end', 'event-after-end'],
  'not JSON in the middle': ['not-json'],
  'events nobody knows': [],
  'shapes of every kind': ['delta-without-block'],
}
testFaults(format, faulty, FAULTS)

test('errors and aborts end the stream as what they are', () => {
  expect(fold(format, faulty.error).turn).toMatchObject({ errors: [{ text: 'Overloaded' }], endedAt: 2 })
  expect(terminalOf(format, faulty.error)).toMatchObject({ kind: 'error', text: 'Overloaded' })
  expect(terminalOf(format, faulty['error, then finish'])).toMatchObject({ kind: 'error', text: 'Overloaded' })
  expect(terminalOf(format, faulty.aborted)).toMatchObject({ kind: 'end', name: 'abort' })
  expect(fold(format, faulty.aborted).turn.messages[0]?.finish).toMatchObject({ kind: 'abort', reason: 'user' })
  expect(terminalOf(format, cut['cut in a text'])).toBeNull()
})

test('unknown events are counted by their name', () => {
  expect(fold(format, faulty['events nobody knows']).turn.unknown.map(({ name }) => name)).toEqual([
    'sparkle',
    'text-sparkle',
  ])
})

test('it is recognised by its events; its header alone makes it likely', () => {
  const nothing: Wire = { framing: 'sse', text: '' }
  expect(matchOf(format, nothing, { responseHeaders: [['X-Vercel-AI-UI-Message-Stream', 'v1']] })).toEqual({
    certainty: 'likely',
    evidence: ['the response has the header x-vercel-ai-ui-message-stream'],
  })
  expect(matchOf(format, stream({ type: 'start' }, { type: 'text-start' }))).toBeNull()
})

test('a long answer and long tool input are folded in linear time', () => {
  const growth = growthOf(format, (count) => {
    const grows = { type: 'tool-input-delta', toolCallId: 'c', inputTextDelta: '[1' }
    const begun = [
      { type: 'tool-input-start', toolCallId: 'c', toolName: 't' },
      { type: 'text-start', id: '0' },
    ]
    return stream(...begun, ...Array.from({ length: count / 2 }, (_, i) => [...textDeltas('0', `w${i}`), grows]).flat())
  })
  expect(growth).toBeLessThan(12)
})
