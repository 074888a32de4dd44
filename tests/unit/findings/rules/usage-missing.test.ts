import { expect, test } from 'vitest'
import { DONE, chatEvent, usageEvent } from '../../turns/chat-streams.ts'
import { fetched, found, only } from '../streams.ts'

const RULE = 'usage-missing'

test('a whole answer without usage is a hint, with how to ask for it', () => {
  const finding = only(RULE, fetched({ chunks: [[100, chatEvent('Hi', 'stop') + DONE]], endAtMs: 150 }))
  expect(finding.severity).toBe('hint')
  expect(finding.advice[0]).toContain('include_usage')
})

test('an answer with usage, and one that is not over, say nothing', () => {
  const text = chatEvent('Hi', 'stop')
  expect(found(RULE, fetched({ chunks: [[100, text + usageEvent(1, 2) + DONE]], endAtMs: 150 }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, text]] }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, text]], endAtMs: 150 }))).toEqual([])
})
