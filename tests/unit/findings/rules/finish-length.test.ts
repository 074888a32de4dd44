import { expect, test } from 'vitest'
import { DONE, chatEvent } from '../../turns/chat-streams.ts'
import { fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'finish-length'

test('the finish reason length is found, with its event', () => {
  const finding = only(RULE, fetched({ chunks: [[100, chatEvent('Hi') + chatEvent('', 'length')]] }))
  expect(finding.evidence[0]?.text).toBe('Finish reason: length')
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 1 }])
})

test('stop, and no reason yet, say nothing', () => {
  expect(found(RULE, fetched({ chunks: [[100, chatEvent('Hi', 'stop') + DONE]], endAtMs: 150 }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, chatEvent('length')]] }))).toEqual([])
})
