import { expect, test } from 'vitest'
import { DONE, chatEvent } from '../../turns/chat-streams.ts'
import { fetched, found, only, placesOf } from '../streams.ts'

const RULE = 'done-without-finish'

test('[DONE] without a finish reason is found', () => {
  const finding = only(RULE, fetched({ chunks: [[100, chatEvent('Hi') + DONE]] }))
  expect(placesOf(finding)).toEqual([{ at: 'event', index: 1 }])
})

test('[DONE] after a finish reason says nothing', () => {
  expect(found(RULE, fetched({ chunks: [[100, chatEvent('Hi', 'stop') + DONE]] }))).toEqual([])
})
