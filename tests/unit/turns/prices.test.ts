import { expect, test } from 'vitest'
import type { Usage } from '../../../lib/formats/turn.ts'
import { costOf, toTokenPrices } from '../../../lib/turns/prices.ts'

const usage: Usage = {
  inputTokens: 1_000,
  outputTokens: 500,
  reasoningTokens: null,
  cachedInputTokens: null,
  totalTokens: null,
  event: 0,
}

test('an answer costs its tokens at the given prices', () => {
  expect(costOf(usage, { input: 2, output: 8 })).toBeCloseTo(0.006, 10)
})

test('without prices, or without counts of the stream, no cost is said', () => {
  expect(costOf(usage, null)).toBeNull()
  expect(costOf(null, { input: 2, output: 8 })).toBeNull()
  expect(costOf({ ...usage, inputTokens: null }, { input: 2, output: 8 })).toBeNull()
})

test('what lies in the storage is taken if it is prices', () => {
  expect(toTokenPrices({ input: 2, output: 0, other: 1 })).toEqual({ input: 2, output: 0 })
  for (const stored of [undefined, null, {}, { input: -1, output: 1 }, { input: '1', output: 1 }]) {
    expect(toTokenPrices(stored)).toBeNull()
  }
})
