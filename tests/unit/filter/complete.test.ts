import { expect, test } from 'vitest'
import { complete } from '../../../lib/filter/complete.ts'
import { EVENT_GRAMMAR } from '../../../lib/filter/event-filter.ts'

const known = (key: string) => (key === 'type' ? ['message', 'tool call', 'tick'] : [])
/** The text after taking each suggestion; `|` is the caret. */
function taken(marked: string): string[] {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  return complete(text, caret, EVENT_GRAMMAR, known).map(
    ({ insert, replaced: { from, to } }) => text.slice(0, from) + insert + text.slice(to),
  )
}

test('an empty field offers all keys', () => {
  expect(taken('|')).toContain('gap:')
})

test.each<[string, string[]]>([
  ['si|', ['size:', 'since:']],
  ['a -ty|', ['a -type:']],
  ['type:t|', ['type:"tool call" ', 'type:tick ']],
  ['type:ESS|', ['type:message ']],
  ['type:"tool c|', ['type:"tool call" ']],
  ['is:co|', ['is:comment ']],
  ['has:| x', ['has:json  x', 'has:data  x', 'has:id  x']],
  ['nothing like a key|', []],
  ['type:tick |', []],
  ['foo:x|', []],
])('%s goes on with %j', (marked, expected) => {
  expect(taken(marked).toSorted()).toEqual(expected.toSorted())
})
