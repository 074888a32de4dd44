import { expect, test } from 'vitest'
import { DONE, chatEvent } from '../../turns/chat-streams.ts'
import { fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'content-filter'

test('the finish reason content_filter is found, with its event', () => {
  const finding = only(RULE, fetched({ chunks: [[100, chatEvent('Hi') + chatEvent('', 'content_filter')]] }))
  expect(finding.evidence[0]?.text).toBe('Finish reason: content_filter')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 1 }])
})

test('tool_calls, and no reason yet, say nothing', () => {
  expect(found(RULE, fetched({ chunks: [[100, chatEvent('Hi', 'tool_calls') + DONE]], endAtMs: 150 }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, chatEvent('content_filter')]] }))).toEqual([])
})
