import { expect, test } from 'vitest'
import { createGrowingTurn, grow } from '../../../lib/formats/folding/growing-turn.ts'
import { createTurnFigures } from '../../../lib/turns/figures.ts'

/** Event `i` came at `i * 100` ms. */
const everyTenth = { atMsOf: (index: number) => index * 100 }

test('reasoning and answer are told apart, and the gaps between all that came are measured', () => {
  const turn = createGrowingTurn('x')
  const message = turn.message('0', 'assistant')
  const figures = createTurnFigures(everyTenth)
  const reasoning = turn.open(message, 'reasoning', 'r', 1)
  grow(reasoning, 'abcd', 1)
  grow(reasoning, 'abcd', 3)
  figures.update(turn)
  expect([figures.firstReasoningAtMs, figures.reasoningMs, figures.firstTextAtMs]).toEqual([100, 200, null])
  const text = turn.open(message, 'text', 't', 8)
  grow(text, 'abcd', 8)
  grow(text, 'abcd', 11)
  figures.update(turn)
  figures.update(turn)
  expect([figures.firstTextAtMs, figures.answerMs]).toEqual([800, 300])
  expect([figures.gaps.count, figures.gaps.maxMs, figures.gaps.percentile(0.5)]).toEqual([3, 500, 300])
  expect(figures.tokens).toEqual({ count: 4, isEstimate: true })
  expect(figures.tokensPerS).toBe(4)
})

test('usage of the stream comes before an estimate', () => {
  const turn = createGrowingTurn('x')
  grow(turn.open(turn.message('0', ''), 'text', 't', 0), 'abcd', 0)
  turn.usage = {
    inputTokens: 3,
    outputTokens: 7,
    reasoningTokens: null,
    cachedInputTokens: null,
    totalTokens: 10,
    event: 0,
  }
  const figures = createTurnFigures(everyTenth)
  figures.update(turn)
  expect(figures.tokens).toEqual({ count: 7, isEstimate: false })
  expect(figures.tokensPerS).toBeNull()
})

test('the rate over time keeps every character, however long the turn', () => {
  const turn = createGrowingTurn('x')
  const text = turn.open(turn.message('0', ''), 'text', 't', 0)
  const figures = createTurnFigures(everyTenth)
  for (let event = 0; event < 1_000; event += 1) {
    grow(text, 'ab', event)
    if (event % 7 === 0) figures.update(turn)
  }
  figures.update(turn)
  const { barMs, characters } = figures.rate
  expect(characters.reduce((sum, count) => sum + count, 0)).toBe(2_000)
  expect(characters.length).toBeLessThanOrEqual(48)
  expect(barMs * characters.length).toBeGreaterThanOrEqual(99_900)
})
