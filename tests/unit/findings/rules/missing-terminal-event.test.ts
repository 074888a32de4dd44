import { expect, test } from 'vitest'
import { DONE, chatEvent, usageEvent } from '../../turns/chat-streams.ts'
import { fetched, found, only } from '../streams.ts'

const RULE = 'missing-terminal-event'

test('a chat answer that the server closes without its terminal event is found', () => {
  const finding = only(RULE, fetched({ chunks: [[100, chatEvent('Hi')]], endAtMs: 150 }))
  expect(finding.severity).toBe('problem')
  expect(finding.evidence[0]?.text).toContain('[DONE]')
})

test('with its finish reason it is a lesser thing', () => {
  const finding = only(RULE, fetched({ chunks: [[100, chatEvent('Hi', 'stop')]], endAtMs: 150 }))
  expect(finding.severity).toBe('warning')
})

test('whole answers, live ones, and those that the page or the network broke off say nothing', () => {
  const whole = chatEvent('Hi', 'stop') + usageEvent(1, 2) + DONE
  expect(found(RULE, fetched({ chunks: [[100, whole]], endAtMs: 150 }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, chatEvent('Hi')]] }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, chatEvent('Hi')]], endAtMs: 150, endedBy: 'cancel' }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, chatEvent('Hi')]], endAtMs: 150, endedBy: 'error' }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, 'data: {"n":1}\n\n']], endAtMs: 150 }))).toEqual([])
})
