import { expect, test } from 'vitest'
import { events, fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'truncated-tail'

test('a stream that the server closes inside an event is found, with what was left', () => {
  const finding = only(RULE, fetched({ chunks: [[100, `${events(2)}data: {"n":`]], endAtMs: 150 }))
  expect(finding.title).toBe('Cut off at the end')
  expect(finding.evidence[0]?.text).toContain('data: {"n":')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 2 }])
})

test('a last event without its blank line is told apart', () => {
  const finding = only(RULE, fetched({ chunks: [[100, `${events(2)}data: [DONE]\n`]], endAtMs: 150 }))
  expect(finding.title).toBe('Last event not closed')
})

test('JSON that stops in the middle is found', () => {
  const given = { type: 'application/x-ndjson', chunks: [[100, '{"n":1}\n{"n":']] as const, endAtMs: 150 }
  expect(only(RULE, fetched(given)).sentence).toContain('in the middle of a value')
})

test('whole streams, and those that the page or the network ended, say nothing', () => {
  expect(found(RULE, fetched({ chunks: [[100, events(2)]], endAtMs: 150 }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, `${events(2)}data: x`]], endAtMs: 150, endedBy: 'cancel' }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, `${events(2)}data: x`]], endAtMs: 150, endedBy: 'error' }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, `${events(2)}data: x`]] }))).toEqual([])
  const lines = { type: 'application/x-ndjson', chunks: [[100, '{"n":1}\n{"n":2}']] as const, endAtMs: 150 }
  expect(found(RULE, fetched(lines))).toEqual([])
})
