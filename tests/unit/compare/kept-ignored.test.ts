import { expect, test } from 'vitest'
import { DEFAULT_IGNORED } from '../../../lib/compare/ignored.ts'
import { keptOf, kindOf, toKeptIgnored, withKept } from '../../../lib/compare/kept-ignored.ts'
import { chunk, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'

test('streams of one format on one site are of a kind, whatever their paths', () => {
  const chat = (url: string) =>
    connectionOf(
      open({ url }),
      head(),
      chunk('data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[]}\n\n'),
    )
  expect(kindOf(chat('https://api.test/one'))).toBe('page.test openai-chat')
  expect(kindOf(chat('https://api.test/two'))).toBe('page.test openai-chat')
  expect(kindOf(connectionOf(open(), head(), chunk('data: 1\n\n')))).toBe('page.test')
})

test('what is ignored at first is not kept, and what is kept is read again', () => {
  const kept = withKept(withKept({}, 'a', 'id'), 'b', '')
  expect(toKeptIgnored(JSON.parse(JSON.stringify(kept)))).toEqual({ a: 'id', b: '' })
  expect([keptOf(kept, 'b'), keptOf(kept, 'c'), keptOf(kept, 'constructor')]).toEqual(['', null, null])
  expect(withKept(kept, 'a', DEFAULT_IGNORED)).toEqual({ b: '' })
})

test('the kinds that were changed longest ago go, and what is no text is not taken', () => {
  let kept = {}
  for (let n = 0; n < 250; n += 1) kept = withKept(kept, `site${n}`, 'id')
  kept = withKept(kept, 'site60', 'time')
  kept = withKept(kept, 'new', 'id')
  expect(Object.keys(kept)).toHaveLength(200)
  expect([keptOf(kept, 'site50'), keptOf(kept, 'site51'), keptOf(kept, 'site60')]).toEqual([null, 'id', 'time'])
  expect(toKeptIgnored({ a: 1, b: 'x'.repeat(100_000), c: 'id' })).toEqual({ c: 'id' })
  expect([toKeptIgnored('id'), toKeptIgnored(null), toKeptIgnored(['id'])]).toEqual([{}, {}, {}])
})
