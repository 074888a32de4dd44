import { expect, test } from 'vitest'
import { events, fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'unknown-field'
const stream = (text: string) => fetched({ chunks: [[100, text]] })

test('field names in other case or with spaces lose what they say', () => {
  const finding = only(RULE, stream('Data: a\n\n data: b\n\ndata : c\n\n'))
  expect(finding.title).toBe('Misspelt field')
  expect(finding.severity).toBe('problem')
  expect(finding.sentence).toContain('3 lines have a field name in other case or with a space')
})

test('a value with line ends and one data field loses its other lines', () => {
  const finding = only(RULE, stream(`${events(1)}data: {\n  "text": "hi"\n}\n\n`))
  expect(finding.title).toBe('Lines without a field')
  expect(finding.sentence).toContain('2 lines belong to no field')
  expect(finding.advice[0]).toContain('before every line')
  expect(placesOf(finding)).toEqual([
    { at: 'event', index: 1 },
    { at: 'event', index: 2 },
  ])
})

test('fields of a server’s own are counted by name', () => {
  const finding = only(RULE, stream('meta: 1\ndata: a\n\nmeta: 2\ntrace-id: x\ndata: b\n\n'))
  expect(finding.severity).toBe('hint')
  expect(finding.sentence).toContain(
    '3 lines have fields that browsers do not know and ignore: meta (2 times), trace-id.',
  )
})

test('known fields, comments, and what other rules look at say nothing', () => {
  expect(found(RULE, stream(': c\nid: 1\nevent: x\ndata: a\nretry: 3\n\nretry: soon\n\nid: a\0\ndata: b\n\n'))).toEqual(
    [],
  )
})
