import { GoogleGenAI } from '@google/genai'
import type { GenerateContentResponse, Part } from '@google/genai'
import { afterEach, expect, test, vi } from 'vitest'
import { gemini as format } from '../../../lib/formats/gemini/gemini.ts'
import { faulty, healthy } from '../../fixtures/formats/gemini/cases.ts'
import {
  expectHealthy,
  fold,
  foldEvents,
  matchOf,
  sse,
  terminalOf,
  testCuts,
  testFaults,
  textsOf,
  toEvents,
  toPlainTurn,
} from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

const { 'arguments in pieces': _inPieces, ...wholeParts } = healthy

testCuts(format, { ...healthy, ...faulty })

afterEach(() => {
  vi.unstubAllGlobals()
})

/** The answers that the official client gives for the bytes. */
async function byClient({ text }: Wire): Promise<GenerateContentResponse[]> {
  const headers = { 'content-type': 'text/event-stream' }
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(text, { headers })))
  const client = new GoogleGenAI({ apiKey: 'none' })
  const answers: GenerateContentResponse[] = []
  for await (const answer of await client.models.generateContentStream({ model: 'm', contents: 'Hi' })) {
    answers.push(answer)
  }
  return answers
}

/** What the first candidates of the client's answers add up to. */
function addUp(answers: readonly GenerateContentResponse[]) {
  const last = <T>(values: readonly T[]) => values.findLast((value) => value !== undefined)
  const firsts = answers.flatMap(({ candidates }) => candidates?.filter(({ index }) => (index ?? 0) === 0) ?? [])
  const parts = firsts.flatMap(({ content }) => content?.parts ?? [])
  return {
    text: textOf(parts, false),
    thoughts: textOf(parts, true),
    others: parts.filter(({ text }) => text === undefined),
    signatures: parts.flatMap(({ thoughtSignature }) => thoughtSignature ?? []),
    finish: last(firsts.map(({ finishReason }) => finishReason)),
    grounding: last(firsts.map(({ groundingMetadata }) => groundingMetadata)),
    safety: last(firsts.map(({ safetyRatings }) => safetyRatings)),
    usage: last(answers.map(({ usageMetadata }) => usageMetadata)),
    model: last(answers.map(({ modelVersion }) => modelVersion)),
    id: last(answers.map(({ responseId }) => responseId)),
  }
}

function textOf(parts: readonly Part[], thought: boolean): string {
  return parts.map((part) => ((part.thought === true) === thought ? (part.text ?? '') : '')).join('')
}

for (const [name, wire] of Object.entries(wholeParts).filter(([, { framing }]) => framing === 'sse')) {
  test(`${name}: the official client's answers add up to the same`, async () => {
    const answers = await byClient(wire)
    // The final object, put into the client's own class, so that the same accessors read it.
    const final = Object.assign(Object.create(Object.getPrototypeOf(answers[0])), fold(format, wire).final())
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
    expect(plain(addUp([final as GenerateContentResponse]))).toEqual(plain(addUp(answers)))
  })
}

for (const [name, wire] of Object.entries(healthy)) {
  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = fold(format, wire)
    expectHealthy(turn)
    expect(terminalOf(format, wire)?.kind).toBe('end')
    expect(turn.endedAt).not.toBeNull()
  })
}

test('the array form comes to the same as the event stream', () => {
  const [asArray, asEvents] = [fold(format, healthy['text as an array']), fold(format, healthy.text)]
  expect(asArray.final()).toEqual(asEvents.final())
  expect(toPlainTurn(asArray.turn)).toEqual(toPlainTurn(asEvents.turn))
})

test('the whole answer is the one that the call without streaming gives', () => {
  expect(fold(format, healthy['arguments in pieces']).final()).toEqual({
    candidates: [
      {
        content: {
          parts: [
            {
              functionCall: {
                name: 'book',
                id: 'c1',
                args: { to: { city: 'Zürich' }, nights: 2, guests: [{ adult: true }], note: null },
              },
            },
          ],
          role: 'model',
        },
        index: 0,
        finishReason: 'STOP',
      },
    ],
    usageMetadata: { promptTokenCount: 10, totalTokenCount: 10 },
    modelVersion: 'gemini-test',
    responseId: 'r1',
  })
})

test('arguments in pieces are JSON text that grows', () => {
  const { turn } = fold(format, healthy['arguments in pieces'])
  const [part] = turn.messages[0]?.parts ?? []
  if (part?.kind !== 'tool call') throw new Error('no call')
  expect(part).toMatchObject({ id: 'c1', name: 'book' })
  expect(part.arguments.text).toBe('{"to":{"city":"Zürich"},"nights":2,"guests":[{"adult":true}],"note":null}')
  expect(part.arguments.text.slice(0, part.arguments.endOf(0))).toBe('{"to":{"city":"Zür')
})

test('thoughts stand before the answer, with signature and counts', () => {
  expect(toPlainTurn(fold(format, healthy.thinking).turn)).toMatchObject({
    id: 'r1',
    model: 'gemini-test',
    messages: [
      {
        key: '0',
        role: 'model',
        finish: 'STOP',
        parts: [
          { kind: 'reasoning', text: '**Looking** at it.' },
          { kind: 'text', text: '42' },
        ],
      },
    ],
    usage: { inputTokens: 10, reasoningTokens: 70, cachedInputTokens: 3, totalTokens: 10 },
  })
})

test('calls for the page finish as calls; code that the provider runs is told apart', () => {
  const { turn } = fold(format, healthy['function calls'])
  expect(turn.messages[0]?.finish).toMatchObject({ reason: 'STOP', kind: 'tool' })
  expect(textsOf(turn, 'arguments')).toEqual(['{"city":"Zürich"}', '{}'])
  expect(fold(format, healthy['code execution']).turn.messages[0]).toMatchObject({
    finish: { kind: 'stop' },
    parts: [
      { kind: 'tool call', name: 'code_execution', server: true },
      { kind: 'tool result', isError: false },
      { kind: 'tool call', server: true },
      { kind: 'tool result', isError: true },
      { kind: 'text' },
    ],
  })
})

test('media are named with their size, and sources cited with the text that they ground', () => {
  expect(fold(format, healthy.media).turn.messages[0]?.parts).toMatchObject([
    { kind: 'text' },
    { kind: 'media', mediaType: 'image/png', sizeBytes: 5, url: '' },
    { kind: 'media', mediaType: 'video/mp4', url: 'https://files.test/1' },
    { kind: 'text' },
  ])
  expect(fold(format, healthy.grounding).turn.messages[0]?.parts).toMatchObject([
    {
      citations: [
        { title: 'Cited', url: 'https://cited.test/', text: '' },
        { title: 'A', url: 'https://a.test/', text: 'Streams flow.' },
        { title: 'B', url: 'https://b.test/', text: 'Streams flow.' },
      ],
    },
  ])
})

test('candidates are messages of their own, each with its reason', () => {
  const { turn } = fold(format, healthy['two candidates'])
  expect(turn.messages.map(({ key, finish }) => [key, finish?.kind])).toEqual([
    ['0', 'stop'],
    ['1', 'length'],
  ])
  expect(textsOf(turn, 'text')).toEqual(['Aa', 'Bb'])
  expect(turn.usage?.outputTokens).toBe(4)
  expect(fold(format, healthy['cut by safety']).turn.messages[0]?.finish?.kind).toBe('filter')
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut before the finishReason': ['missing-terminal'],
  'array cut inside an item': ['missing-terminal'],
  'array with an error': [],
  'array with text between its items': ['unexpected-shape'],
  'blocked prompt': [],
  'error inside a 200': [],
  'call that does not go on': ['unclosed-block'],
  'more after the end': ['event-after-end'],
  'malformed call': [],
  'not JSON in the middle': ['not-json'],
  'things nobody knows': [],
}
testFaults(format, faulty, FAULTS)

test('a blocked prompt, an error and a malformed call are errors of the stream', () => {
  expect(toPlainTurn(fold(format, faulty['blocked prompt']).turn).errors).toEqual([
    'PROHIBITED_CONTENT: The prompt was blocked: PROHIBITED_CONTENT',
  ])
  expect(fold(format, faulty['blocked prompt']).turn).toMatchObject({
    messages: [{ finish: { kind: 'filter' } }],
  })
  expect(fold(format, faulty['error inside a 200']).turn.errors).toEqual([
    { text: 'The model is overloaded.', code: 'UNAVAILABLE', event: 1 },
  ])
  expect(fold(format, faulty['array with an error']).turn.errors).toMatchObject([{ text: 'overloaded' }])
  expect(fold(format, faulty['malformed call']).turn.errors).toMatchObject([{ code: 'MALFORMED_FUNCTION_CALL' }])
})

test('what came of a call that does not go on is kept', () => {
  expect(textsOf(fold(format, faulty['call that does not go on']).turn, 'arguments')).toEqual(['{"a":"x'])
})

test('what nobody knows is counted and shown', () => {
  const { turn } = fold(format, faulty['things nobody knows'])
  expect(turn.unknown.map(({ name }) => name)).toEqual(['part hologram', 'weather'])
  expect(textsOf(turn, 'data')).toEqual(['{"hologram":{"beam":1}}'])
})

test('it is recognised by its answers, or likely by the request', () => {
  expect(matchOf(format, healthy.text)?.certainty).toBe('sure')
  expect(matchOf(format, healthy['text as an array'])?.certainty).toBe('sure')
  expect(matchOf(format, faulty['blocked prompt'])?.certainty).toBe('sure')
  const none = sse([])
  const url = 'https://page.test/v1beta/models/m:streamGenerateContent?alt=sse'
  expect(matchOf(format, none, { url, requestBody: '{"contents":[]}' })?.certainty).toBe('likely')
  expect(matchOf(format, none, { url })).toBeNull()
  expect(matchOf(format, { framing: 'text', text: '[{"name": "candidates"}]' })).toBeNull()
})

test('a path of arguments from the network cannot reach outside of them', () => {
  const pieces = [
    '$.__proto__.x',
    "$['__proto__'].y",
    '$.constructor.prototype.z',
    '$.list[999999999]',
    '$.list[0].a',
  ].map((jsonPath) => ({
    jsonPath,
    stringValue: 'v',
  }))
  const call = { functionCall: { name: 'f', partialArgs: pieces } }
  const { turn } = fold(format, sse([{ candidates: [{ content: { parts: [call] }, finishReason: 'STOP' }] }]))
  expect(textsOf(turn, 'arguments')).toEqual(['{"constructor":{"prototype":{"z":"v"}},"list":[{"a":"v"}]}'])
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('the work is linear in the number of events, and in the size of the array', () => {
  const answer = { candidates: [{ content: { parts: [{ text: 'ab' }], role: 'model' }, index: 0 }] }
  const repeat = (times: number) => Array.from({ length: times }, () => answer)
  expect(growthOf(format, (events) => sse(repeat(events)))).toBeLessThan(20)
  // One chunk holds all items here; below, one item comes in many chunks.
  expect(growthOf(format, (items) => ({ framing: 'text', text: JSON.stringify(repeat(items)) }))).toBeLessThan(20)
})

test('an item of the array that comes in very many chunks is put together once', () => {
  const text = JSON.stringify([
    { candidates: [{ content: { parts: [{ text: 'ab"{['.repeat(2_000) }] }, finishReason: 'STOP' }] },
  ])
  const events = toEvents('text', text.split(''))
  const parse = vi.spyOn(JSON, 'parse')
  const { turn } = foldEvents(format, 'text', events)
  const parsed = parse.mock.calls.reduce((sum, [json]) => sum + json.length, 0)
  parse.mockRestore()
  expect(textsOf(turn, 'text')).toEqual(['ab"{['.repeat(2_000)])
  expect(parsed).toBeLessThan(2 * text.length)
})
