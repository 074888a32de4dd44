import { expect, test } from 'vitest'
import { DONE, chatEvent } from '../../turns/chat-streams.ts'
import { fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'error-in-stream'

test('an error among the events is found while the stream lives, with its own words', () => {
  const error = 'data: {"error":{"message":"Overloaded","type":"server_error"}}\n\n'
  const finding = only(RULE, fetched({ chunks: [[100, chatEvent('Hi') + error]] }))
  expect(finding.sentence).toContain('after the HTTP status 200')
  expect(finding.evidence[0]?.text).toContain('Overloaded')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 1 }])
})

test('an answer about errors says nothing, nor does a stream that is no chat', () => {
  expect(found(RULE, fetched({ chunks: [[100, chatEvent('{"error":"x"}', 'stop') + DONE]], endAtMs: 150 }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, 'data: {"errors":[]}\n\n']], endAtMs: 150 }))).toEqual([])
})
