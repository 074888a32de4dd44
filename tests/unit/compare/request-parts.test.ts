import { expect, test } from 'vitest'
import { requestText } from '../../../components/compare/request-text.ts'
import { type RequestPart, requestParts } from '../../../lib/compare/request-parts.ts'
import { toMarkdownTable, toTsv } from '../../../lib/compare/table-text.ts'
import { toReplayRequest } from '../../../lib/replay/request.ts'
import { end, exchange, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'
import type { OpenRecord } from '../../../lib/protocol.ts'

const text = (body: string): OpenRecord['body'] => ({ kind: 'text', text: body, sizeBytes: body.length, cut: false })
const sent = (given: Partial<OpenRecord>) => connectionOf(open(given), end())

function partsOf(before: Partial<OpenRecord>, after: Partial<OpenRecord>): readonly RequestPart[] {
  return requestParts(toReplayRequest(sent(before)), toReplayRequest(sent(after)))
}
const changesOf = (parts: readonly RequestPart[]) =>
  parts.flatMap((part) =>
    part.name === 'body'
      ? part.before.text === part.after.text
        ? []
        : [['body', part.before.text, part.after.text]]
      : part.pairs.filter(({ kind }) => kind !== 'same').map(({ name, before, after }) => [name, before, after]),
  )

test('two equal requests have no differences', () => {
  const given = { headers: [['Accept', 'a']] as [string, string][], body: text('{"a":1}') }
  expect(changesOf(partsOf(given, given))).toEqual([])
})

test('method, address, query, headers and body are told apart', () => {
  const parts = partsOf(
    {
      method: 'POST',
      url: 'https://a.test/x?q=1&r=2',
      headers: [
        ['X-One', '1'],
        ['X-Two', '2'],
      ],
      body: text('a'),
    },
    {
      method: 'PUT',
      url: 'https://a.test/y?q=1&r=3&s=4',
      headers: [
        ['x-two', '2'],
        ['x-three', '3'],
      ],
      body: text('b'),
    },
  )
  expect(changesOf(parts)).toEqual([
    ['Method', 'POST', 'PUT'],
    ['URL', 'https://a.test/x', 'https://a.test/y'],
    ['r', '2', '3'],
    ['s', null, '4'],
    ['x-one', '1', null],
    ['x-three', null, '3'],
    ['body', 'a', 'b'],
  ])
})

test('fields of forms are compared one by one', () => {
  const form = (value: string): OpenRecord['body'] => ({
    kind: 'form',
    entries: [
      { name: 'a', value },
      { name: 'b', value: '2' },
    ],
  })
  expect(changesOf(partsOf({ body: form('1') }, { body: form('9') }))).toEqual([['a', '1', '9']])
})

test('what the browser added is compared where it is known of both', () => {
  const names = (parts: readonly RequestPart[]) => parts.map(({ name }) => name)
  const [one, other] = [toReplayRequest(sent({})), toReplayRequest(sent({}))]
  expect(names(requestParts(one, other))).toContain('headers')
  const wired = { ...one, wireHeaders: exchange({ requestHeaders: [['cookie', 'a=1']] }).requestHeaders }
  expect(names(requestParts(wired, other))).toContain('headers')
  expect(names(requestParts(wired, wired))).toContain('wire headers')
})

test('a copy has no secrets, and still says that two of them differ', () => {
  const sentWith = (token: string) =>
    sent({ headers: [['authorization', `Bearer ${token}`]], body: text(`{"api_key":"${token}"}`) })
  const copied = requestText(sentWith('first-secret'), sentWith('other-secret'), { on: true, names: [] })
  expect(copied).not.toContain('-secret')
  expect(copied).toContain('- authorization: Bearer <redacted>\n+ authorization: Bearer <redacted> (another one)')
  expect(copied).toContain('They differ in what is left out as a secret.')
  const plain = requestText(sentWith('first-secret'), sentWith('other-secret'), { on: false, names: [] })
  expect(plain).toContain('- authorization: Bearer first-secret\n+ authorization: Bearer other-secret')
})

test('tables are copied so that cells stay cells', () => {
  const rows = [
    ['Figure', '#1 | a'],
    ['Head', '1\t2\n3'],
  ]
  expect(toTsv(rows)).toBe('Figure\t#1 | a\nHead\t1 2 3')
  expect(toMarkdownTable(rows)).toBe('| Figure | #1 \\| a |\n| --- | ---: |\n| Head | 1\t2 3 |')
})
