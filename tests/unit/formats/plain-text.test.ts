import { expect, test } from 'vitest'
import { plainText as format } from '../../../lib/formats/plain-text.ts'
import { fold, foldEvents, matchOf, testCuts, textsOf, toEvents } from './harness.ts'
import type { Wire } from './harness.ts'

const wire: Wire = { framing: 'text', text: 'Once upon a time, ☃ and 👋.\n\nThe end.' }

testCuts(format, { text: wire })

test('all text is one answer, and every chunk is a delta', () => {
  const { turn, final } = foldEvents(format, 'text', toEvents('text', ['Once', ' upon']))
  const [part] = turn.messages[0]?.parts ?? []
  if (part?.kind !== 'text') throw new Error('no text')
  expect([part.text.text, part.text.deltas, part.text.eventOf(1), part.closed]).toEqual(['Once upon', 2, 1, true])
  expect(turn.problems).toEqual([])
  expect(final()).toBeNull()
  expect(textsOf(fold(format, wire).turn, 'text')).toEqual([wire.text])
})

test('it is taken for text unless it is for programs', () => {
  const typed = (type: string) => ({ responseHeaders: [['Content-Type', type]] as const })
  expect(matchOf(format, wire, typed('text/plain; charset=utf-8'))).toEqual({
    certainty: 'likely',
    evidence: ['the body has the content type text/plain; charset=utf-8, and no events in it'],
  })
  expect(matchOf(format, wire)?.certainty).toBe('likely')
  expect(matchOf(format, wire, typed('text/html'))).toBeNull()
  expect(matchOf(format, wire, typed('application/json'))).toBeNull()
  expect(matchOf(format, wire, typed('video/mp4'))).toBeNull()
  for (const text of ['', '{"a":1}', ' [1]', '<html>']) expect(matchOf(format, { framing: 'text', text })).toBeNull()
  expect(matchOf(format, { framing: 'sse', text: 'data: hi\n\n' })).toBeNull()
})
