import { expect, test } from 'vitest'
import { vercelData as format } from '../../../lib/formats/vercel/data.ts'
import { cut, faulty, healthy, lines } from '../../fixtures/formats/vercel-data/cases.ts'
import {
  expectHealthy,
  fold,
  foldEvents,
  matchOf,
  problemsOf,
  terminalOf,
  testCuts,
  textsOf,
  toEvents,
  toPlainTurn,
} from './harness.ts'
import type { Wire } from './harness.ts'
import { growthOf } from './steps.ts'

testCuts(format, { ...healthy, ...faulty })

for (const [name, wire] of Object.entries(healthy)) {
  test(`${name}: nothing is wrong with it`, () => {
    const { turn } = fold(format, wire)
    expectHealthy(turn)
    expect(matchOf(format, wire)?.certainty).toBe('sure')
    expect(terminalOf(format, wire)).toMatchObject({ kind: 'end', name: 'd', index: turn.endedAt })
  })
}

test('text comes with its finish reason and usage', () => {
  expect(toPlainTurn(fold(format, healthy.text).turn)).toMatchObject({
    id: 'msg_1',
    messages: [{ role: 'assistant', finish: 'stop', parts: [{ kind: 'text', text: 'Hello, wörld 👋\n"quoted"' }] }],
    usage: { inputTokens: 9, outputTokens: 5, totalTokens: 14 },
  })
})

test('a line belongs to the chunk that completes it', () => {
  const chunks = ['f:{"messageId":"m"}\n0:"Hel', 'lo"\n0:" you"\n', 'd:{"finishReason":"stop"}\n']
  const { turn } = foldEvents(format, 'text', toEvents('text', chunks))
  const [part] = turn.messages[0]?.parts ?? []
  if (part?.kind !== 'text') throw new Error('no text')
  expect([part.text.text, part.text.eventOf(0), part.text.eventOf(1), turn.endedAt]).toEqual(['Hello you', 1, 1, 2])
})

test('reasoning, its signature and what was redacted are kept apart', () => {
  const { turn, final } = fold(format, healthy.reasoning)
  expect(turn.messages[0]?.parts).toMatchObject([
    { kind: 'reasoning', text: { text: 'Let me seeSo' }, signature: 'c2ln', redacted: true },
    { kind: 'text' },
  ])
  expect(final()).toMatchObject({
    reasoning: 'Let me seeSo',
    parts: [
      { type: 'step-start' },
      {
        type: 'reasoning',
        reasoning: 'Let me seeSo',
        details: [
          { type: 'text', text: 'Let me see', signature: 'c2ln' },
          { type: 'redacted', data: 'eHg=' },
          { type: 'text', text: 'So' },
        ],
      },
      { type: 'text', text: 'Yes' },
    ],
  })
})

test('tool calls have their arguments as they came, and their result', () => {
  const { turn, final } = fold(format, healthy['streamed tool call'])
  expect(turn.messages[0]?.parts).toMatchObject([
    { kind: 'tool call', id: 'c1', name: 'weather', arguments: { text: '{"city":"Zürich"}' } },
    { kind: 'tool result', id: 'c1', name: 'weather', text: { text: '{"degrees":21}' } },
    { kind: 'text', text: { text: 'Warm.' } },
  ])
  expect(final()).toMatchObject({
    content: 'Warm.',
    toolInvocations: [{ state: 'result', step: 0, args: { city: 'Zürich' }, result: { degrees: 21 } }],
  })
  expect(fold(format, cut['cut in a tool call']).final()).toMatchObject({
    toolInvocations: [{ state: 'partial-call', args: { city: 'Zü' } }],
  })
})

test('a step that is continued goes on with the text of the one before', () => {
  expect(textsOf(fold(format, healthy['step that is continued']).turn, 'text')).toEqual(['One two'])
})

test('data, files and sources are parts', () => {
  const { turn, final } = fold(format, healthy['data, files and sources'])
  expect(turn.messages[0]?.parts).toMatchObject([
    { kind: 'data', name: 'data', text: { text: '[{"state":"loading"},2]' } },
    { kind: 'text' },
    { kind: 'data', name: 'annotations' },
    { kind: 'data', name: 'annotations' },
    { kind: 'media', name: 'A', url: 'https://a.test/' },
    { kind: 'media', mediaType: 'image/png', sizeBytes: 3 },
  ])
  expect(final()).toMatchObject({ annotations: [{ id: 1 }, { id: 2 }] })
})

const FAULTS: Readonly<Record<keyof typeof faulty, readonly string[]>> = {
  'cut in a tool call': ['unclosed-block', 'tool-arguments-not-json', 'missing-terminal'],
  'cut in a text': ['not-json', 'missing-terminal'],
  error: [],
  'arguments that are not JSON': ['tool-arguments-not-json'],
  'delta for a call not started': ['delta-without-block'],
  'result without a call': ['delta-without-block'],
  'every delta twice': ['duplicate-delta'],
  'line after the end': ['event-after-end'],
  'not the format': ['not-json'],
  'finish without a reason': ['done-without-finish'],
  'codes nobody knows': [],
  'shapes of every kind': ['unclosed-block', 'done-without-finish'],
}
for (const [name, wire] of Object.entries(faulty)) {
  test(`${name}: is said`, () => {
    expect(problemsOf(fold(format, wire).turn).toSorted()).toEqual(FAULTS[name as keyof typeof faulty].toSorted())
  })
}

test('an error ends the stream with its own words', () => {
  expect(fold(format, faulty.error).turn).toMatchObject({ errors: [{ text: 'Overloaded' }], endedAt: 0 })
  expect(terminalOf(format, faulty.error)).toMatchObject({ kind: 'error', text: 'Overloaded' })
  expect(terminalOf(format, faulty['cut in a text'])).toBeNull()
})

test('unknown codes are counted', () => {
  expect(fold(format, faulty['codes nobody knows']).turn.unknown.map(({ name }) => name)).toEqual(['7', '5'])
})

test('it is recognised when every line is of its shape; its header alone makes it likely', () => {
  const text = (given: string): Wire => ({ framing: 'text', text: given })
  const header = { responseHeaders: [['X-Vercel-AI-Data-Stream', 'v1']] } as const
  expect(matchOf(format, text(''), header)?.certainty).toBe('likely')
  expect(matchOf(format, text('0:"Hel'))).toBeNull()
  expect(matchOf(format, text('0:"Hello"\n'))?.evidence).toEqual(['every line is a code, a colon and JSON: 0:"Hello"'])
  expect(matchOf(format, text('9:30 is the time\n'))).toBeNull()
  expect(matchOf(format, text('0:"Hello"\nand more\n'), header)).toBeNull()
})

test('a long answer is folded in linear time, also when one line comes in many chunks', () => {
  const growth = growthOf(format, (count) =>
    lines(
      ['b', { toolCallId: 'c', toolName: 't' }],
      ...Array.from({ length: count }, (_, i) =>
        i % 2 === 0 ? (['0', `w${i}`] as const) : (['c', { toolCallId: 'c', argsTextDelta: '[1' }] as const),
      ),
    ),
  )
  expect(growth).toBeLessThan(12)
  const chunks = ['0:"', ...Array.from({ length: 20_000 }, () => 'word '), '"\n']
  expect(textsOf(foldEvents(format, 'text', toEvents('text', chunks)).turn, 'text')).toEqual(['word '.repeat(20_000)])
})
