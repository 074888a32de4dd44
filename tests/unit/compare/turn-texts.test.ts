import { expect, test } from 'vitest'
import { pairParts } from '../../../lib/compare/turn-texts.ts'
import { turnReaderOf } from '../../../lib/turns/turn-reader.ts'
import { chunk, end, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'
import { chatEvent, DONE } from '../turns/chat-streams.ts'

function turnOf(...events: string[]) {
  const connection = connectionOf(open(), head(), chunk([...events, DONE].join('')), end())
  const reader = turnReaderOf(connection)
  while (!reader.update(Infinity));
  return reader.turn
}
const call = (name: string, args: string) =>
  chatEvent({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name, arguments: args } }] })

test('text is paired with text, a tool call with a call of the same tool', () => {
  const before = turnOf(chatEvent({ reasoning_content: 'hm' }), chatEvent('Hello'), call('weather', '{"city":"Bern"}'))
  const after = turnOf(chatEvent('Hi'), call('weather', '{"city":"Rome"}'))
  expect(pairParts(before, after)).toEqual([
    { kind: 'reasoning', name: '', nth: 1, before: 'hm', after: null },
    { kind: 'text', name: '', nth: 1, before: 'Hello', after: 'Hi' },
    { kind: 'tool call', name: 'weather', nth: 1, before: '{"city":"Bern"}', after: '{"city":"Rome"}' },
  ])
})

test('what only the second says stands where it is said there', () => {
  const pairs = pairParts(
    turnOf(chatEvent('Hello')),
    turnOf(chatEvent({ reasoning_content: 'hm' }), chatEvent('Hello')),
  )
  expect(pairs.map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ['reasoning', null, 'hm'],
    ['text', 'Hello', 'Hello'],
  ])
})

test('a turn that is not known has no parts', () => {
  expect(pairParts(null, null)).toEqual([])
  expect(pairParts(null, turnOf(chatEvent('Hi'))).map(({ before, after }) => [before, after])).toEqual([[null, 'Hi']])
})
