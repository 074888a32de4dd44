import { expect, test } from 'vitest'
import { DONE, chatEvent } from '../../turns/chat-streams.ts'
import { fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'unreadable-events'

test('an event that is not JSON is found, and one after the end', () => {
  const finding = only(RULE, fetched({ chunks: [[100, `${chatEvent('Hi')}data: {"cho\n\n`]] }))
  expect(finding.sentence).toContain('1 event cannot be read')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 1 }])
  const late = chatEvent('Hi', 'stop') + DONE + chatEvent('more')
  expect(only(RULE, fetched({ chunks: [[100, late]] })).rule).toBe(RULE)
})

test('comments, pings and streams that are no chat say nothing', () => {
  const text = `: ping\n\n${chatEvent('Hi', 'stop')}event: ping\ndata: {}\n\n${DONE}`
  expect(found(RULE, fetched({ chunks: [[100, text]] }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, 'data: {"n":1}\n\ndata: x\n\n']] }))).toEqual([])
})
