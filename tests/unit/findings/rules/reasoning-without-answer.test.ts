import { expect, test } from 'vitest'
import { DONE, chatEvent } from '../../turns/chat-streams.ts'
import { fetched, found, only } from '../streams.ts'

const RULE = 'reasoning-without-answer'

const reasoning = chatEvent({ reasoning_content: 'Hm' })

test('reasoning and then the end is found', () => {
  const text = reasoning + chatEvent('', 'length') + DONE
  expect(only(RULE, fetched({ chunks: [[100, text]], endAtMs: 150 })).evidence[0]?.place).toEqual({
    at: 'event',
    index: 0,
  })
})

test('an answer after it, and reasoning that goes on, say nothing', () => {
  expect(found(RULE, fetched({ chunks: [[100, reasoning + chatEvent('Hi', 'stop') + DONE]], endAtMs: 150 }))).toEqual(
    [],
  )
  expect(found(RULE, fetched({ chunks: [[100, reasoning]] }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, reasoning]], endAtMs: 150, endedBy: 'cancel' }))).toEqual([])
})
