import { expect, test } from 'vitest'
import { chatEvent } from '../../turns/chat-streams.ts'
import { fetched, found, only } from '../streams.ts'

const RULE = 'duplicate-deltas'

const words = ['One', ' two', ' three', ' four', ' five', ' six', ' seven', ' eight']

test('text whose every piece comes twice is found', () => {
  const text = words.map((word) => chatEvent(word) + chatEvent(word)).join('')
  expect(only(RULE, fetched({ chunks: [[100, text]] })).evidence[0]?.text).toContain('comes twice')
})

test('words that are said again say nothing', () => {
  const text = [...words, ' ha', ' ha', ' ha', ' ha', '!', '!'].map((word) => chatEvent(word)).join('')
  expect(found(RULE, fetched({ chunks: [[100, text]] }))).toEqual([])
})
