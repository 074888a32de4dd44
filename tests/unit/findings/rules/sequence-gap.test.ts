import { expect, test } from 'vitest'
import { responses } from '../../turns/chat-streams.ts'
import { fetched, found, only } from '../streams.ts'

const RULE = 'sequence-gap'

test('a number that is left out is found, and one that comes again', () => {
  expect(only(RULE, fetched({ chunks: [[100, responses(0, 1, 3)]] })).evidence[0]?.text).toBe('Number 2 is missing')
  expect(only(RULE, fetched({ chunks: [[100, responses(0, 1, 1)]] })).evidence[0]?.text).toContain(
    'Number 1 comes after',
  )
})

test('numbers one after another say nothing', () => {
  expect(found(RULE, fetched({ chunks: [[100, responses(0, 1, 2, 3)]] }))).toEqual([])
})
