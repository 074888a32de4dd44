import { expect, test } from 'vitest'
import { CONNECTION_GRAMMAR } from '../../../lib/filter/connection-filter.ts'
import { EVENT_GRAMMAR } from '../../../lib/filter/event-filter.ts'
import { toRange } from '../../../lib/filter/numbers.ts'
import { parseFilter } from '../../../lib/filter/parse.ts'
import { quote, toTokens } from '../../../lib/filter/tokens.ts'

const read = (text: string) => parseFilter(text, EVENT_GRAMMAR)
const words = (text: string) => toTokens(text).map(({ key, value }) => [key?.text ?? '', value.kind, value.text])

test('words, quotes, regular expressions and keys are told apart', () => {
  expect(words('a "two words" /x y/i type:delta data:"a \\"b\\"" id:/^7/')).toEqual([
    ['', 'plain', 'a'],
    ['', 'quoted', 'two words'],
    ['', 'regex', 'x y'],
    ['type', 'plain', 'delta'],
    ['data', 'quoted', 'a "b"'],
    ['id', 'regex', '^7'],
  ])
})

test('paths, URLs and times of day are text, not regular expressions or keys', () => {
  expect(words('/v1/chat https://a.test/x 12:30')).toEqual([
    ['', 'plain', '/v1/chat'],
    ['', 'plain', 'https://a.test/x'],
    ['', 'plain', '12:30'],
  ])
})

test('a path into the JSON may hold quoted names', () => {
  expect(words(`choices[0].delta['a b']:x`)).toEqual([[`choices[0].delta['a b']`, 'plain', 'x']])
})

test.each(['', 'x', 'two words', 'a"b', '/x/', '>5', 'back\\slash', '"', 'tab\there'])(
  '%j survives quoting',
  (text) => {
    const [token] = toTokens(`data:${quote(text)}`)
    expect(token?.value.text).toBe(text)
  },
)

test.each(['', '-', 'type:', 'size:>', 'gap:..', 'choices[0].a:', '"', 'is:', '='])(
  '%j is not finished: it says nothing and is no error',
  (text) => {
    expect(read(text)).toEqual({ terms: [], errors: [] })
  },
)

test.each([
  ['foo:1', 'There is no key “foo”'],
  ['ok data:/(/', 'Not a regular expression'],
  ['ok size:big', 'Expected a size'],
  ['gap:2s..1s', 'The first number of a range is the smaller one'],
  ['is:nothing', '“is:” takes event, comment'],
  ['a[?x]:1', 'Filters are not supported'],
])('%j is an error that says where', (text, message) => {
  const { errors } = read(text)
  expect(errors).toHaveLength(1)
  expect(errors[0]?.message).toContain(message)
  expect(text.slice(errors[0]?.from, errors[0]?.to)).toBe(text.split(' ').at(-1))
})

test('a mistake takes nothing from the other terms', () => {
  expect(read('one foo:1 -two').terms.map(({ isNot }) => isNot)).toEqual([false, true])
})

test('a host with its port is text to the list of connections', () => {
  const { terms, errors } = parseFilter('localhost:3000', CONNECTION_GRAMMAR)
  expect(errors).toEqual([])
  expect(terms[0]?.condition).toEqual({ kind: 'text', match: { how: 'contains', text: 'localhost:3000' } })
})

test.each([
  ['>1k', 'size', [1000, Infinity, true, false]],
  ['<=1.5M', 'size', [-Infinity, 1_500_000, false, false]],
  ['>500ms', 'time', [500, Infinity, true, false]],
  ['2s', 'time', [2000, 2000, false, false]],
  ['100ms..1s', 'time', [100, 1000, false, false]],
  ['10..', 'count', [10, Infinity, false, false]],
  ['4xx', 'count', [400, 499, false, false]],
] as const)('%s as %s', (text, unit, expected) => {
  const range = toRange(text, unit)
  if (range === null || 'error' in range) throw new Error(JSON.stringify(range))
  expect([range.from, range.to, range.withoutFrom, range.withoutTo]).toEqual(expected)
})

test('any text is read without an error being thrown, and errors lie within it', () => {
  const seed = Date.now()
  let state = seed % 2147483647
  const next = (below: number) => (state = (state * 48271) % 2147483647) % below
  const parts = [
    '-',
    '"',
    '/',
    ':',
    'data',
    'size',
    '>',
    '1k',
    '..',
    '[0]',
    '.',
    'a',
    ' ',
    '\\',
    '(',
    '$',
    'is',
    "'",
    '=',
    '🙂',
  ]
  const outside: string[] = []
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: next(9) }, () => parts[next(parts.length)]).join('')
    for (const grammar of [EVENT_GRAMMAR, CONNECTION_GRAMMAR]) {
      for (const { from, to } of parseFilter(text, grammar).errors) {
        if (from < 0 || to > text.length || from >= to) outside.push(text)
      }
    }
  }
  expect({ seed, outside }).toEqual({ seed, outside: [] })
})
