import { expect, test } from 'vitest'
import { createEventTest, EVENT_GRAMMAR } from '../../../lib/filter/event-filter.ts'
import { parseFilter } from '../../../lib/filter/parse.ts'
import { chunk, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'

const json = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const connection = connectionOf(
  open({ atMs: 0 }),
  head(),
  chunk('data: Hello World\n\nevent: tick\nid: 7\ndata: été\n\n', { atMs: 100 }),
  chunk(': heartbeat\n\n', { atMs: 150 }),
  chunk(json({ choices: [{ delta: { content: 'foo' }, n: 5 }] }), { atMs: 1150 }),
  chunk(json({ choices: [{ delta: { content: null } }], 'a b': 'x' }), { atMs: 1200 }),
  chunk(`data: ${'x'.repeat(1500)}\n\n`, { atMs: 1210 }),
)

function shown(text: string): number[] {
  const filter = parseFilter(text, EVENT_GRAMMAR)
  expect(filter.errors).toEqual([])
  const holds = createEventTest(filter, connection)
  return Array.from({ length: connection.entries.length }, (_, index) => index).filter((index) =>
    holds(index, index - 1),
  )
}

test.each<[string, number[]]>([
  ['', [0, 1, 2, 3, 4, 5]],
  ['hello', [0]],
  ['world HELLO', [0]],
  ['"hello world"', [0]],
  ['"world hello"', []],
  ['tick', [1]],
  ['-hello -xxx', [1, 2, 3, 4]],
  ['ÉTÉ', [1]],
  ['/^H.*d$/', [0]],
  ['/hello|heart/', [0, 2]],
  ['type:tick', [1]],
  ['type:=tic', []],
  ['type:/^m/', [0, 3, 4, 5]],
  ['-type:message', [1, 2]],
  ['id:7', [1, 3, 4, 5]],
  ['data:=été', [1]],
  ['size:>1k', [5]],
  ['size:5', [1]],
  ['size:1..20', [0, 1, 2]],
  ['gap:>500ms', [3]],
  ['gap:50ms', [2, 4]],
  ['since:<=100ms', [0, 1]],
  ['number:2..3', [1, 3]],
  ['chunk:1', [0, 1]],
  ['has:json', [3, 4]],
  ['-has:json', [0, 1, 2, 5]],
  ['has:id -has:json', [1, 5]],
  ['is:comment', [2]],
  ['is:comm', [2]],
  ['-is:event', [2]],
  ['choices[0].delta.content:fo', [3]],
  ['$.choices[*].delta.content:=null', [4]],
  ['.choices:foo', [3]],
  ['choices[0].n:>4', [3]],
  ['choices[0].n:>5', []],
  ['has:choices[0].n', [3]],
  [`$['a b']:x`, [4]],
  ['has:json -foo', [4]],
])('%s shows %j', (text, expected) => {
  expect(shown(text)).toEqual(expected)
})

test('a name that is written with escapes is found too', () => {
  const escaped = connectionOf(open(), head(), chunk('data: {"\\u0061b":"v"}\n\n', { atMs: 5 }))
  const holds = createEventTest(parseFilter('.ab:v', EVENT_GRAMMAR), escaped)
  expect(holds(0, -1)).toBe(true)
})
