import { expect, test } from 'vitest'
import { createGrowingTurn, grow } from '../../../lib/formats/folding/growing-turn.ts'
import { createTurnFigures, ENTRIES_PER_LOOK } from '../../../lib/turns/figures.ts'

/** Event `i` came at `i * 100` ms. */
const everyTenth = { atMsOf: (index: number) => index * 100 }

test('reasoning and answer are told apart, and the gaps between all that came are measured', () => {
  const turn = createGrowingTurn('x')
  const message = turn.message('0', 'assistant')
  const figures = createTurnFigures(everyTenth)
  const reasoning = turn.open(message, 'reasoning', 'r', 1)
  grow(reasoning, 'abcd', 1)
  grow(reasoning, 'abcd', 3)
  figures.update(turn, Infinity)
  expect([figures.firstReasoningAtMs, figures.reasoningMs, figures.firstTextAtMs]).toEqual([100, 200, null])
  const text = turn.open(message, 'text', 't', 8)
  grow(text, 'abcd', 8)
  grow(text, 'abcd', 11)
  figures.update(turn, Infinity)
  figures.update(turn, Infinity)
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
  figures.update(turn, Infinity)
  expect(figures.tokens).toEqual({ count: 7, isEstimate: false })
  expect(figures.tokensPerS).toBeNull()
})

test('the rate over time keeps every character, however long the turn', () => {
  const turn = createGrowingTurn('x')
  const text = turn.open(turn.message('0', ''), 'text', 't', 0)
  const figures = createTurnFigures(everyTenth)
  for (let event = 0; event < 1_000; event += 1) {
    grow(text, 'ab', event)
    if (event % 7 === 0) figures.update(turn, Infinity)
  }
  figures.update(turn, Infinity)
  const { barMs, characters } = figures.rate
  expect(characters.reduce((sum, count) => sum + count, 0)).toBe(2_000)
  expect(characters.length).toBeLessThanOrEqual(48)
  expect(barMs * characters.length).toBeGreaterThanOrEqual(99_900)
})

test('many deltas at once are taken in by slices, each delta once, and in the order in which they came', () => {
  const EVENTS = 100_000
  const turn = createGrowingTurn('x')
  const message = turn.message('0', '')
  const [reasoning, text] = [turn.open(message, 'reasoning', 'r', 0), turn.open(message, 'text', 't', 1)]
  for (let event = 0; event < EVENTS; event += 1) grow(event % 2 === 0 ? reasoning : text, 'ab', event)
  let looked = 0
  let nowMs = 0
  const figures = createTurnFigures({ atMsOf: (index) => (looked++, index * 100) }, () => nowMs++)
  let calls = 1
  let before = 0
  while (!figures.update(turn, 2)) {
    expect(looked - before).toBeLessThanOrEqual(2 * ENTRIES_PER_LOOK)
    before = looked
    calls += 1
  }
  expect(calls).toBeGreaterThan(90)
  expect(looked).toBe(EVENTS)
  expect([figures.gaps.count, figures.gaps.maxMs]).toEqual([EVENTS - 1, 100])
  expect([figures.reasoningMs, figures.answerMs]).toEqual([(EVENTS - 2) * 100, (EVENTS - 2) * 100])
  expect(figures.update(turn, 0)).toBe(true)
  expect(looked).toBe(EVENTS)
})
