import { expect, test } from 'vitest'
import { createRhythm } from '../../../lib/session/rhythm.ts'

/** A rhythm in which something came after each of these gaps. */
function rhythmOf(...gapsMs: readonly number[]) {
  const rhythm = createRhythm()
  let atMs = 1_000
  rhythm.mark(atMs)
  for (const gapMs of gapsMs) rhythm.mark((atMs += gapMs))
  return rhythm
}

test('a few gaps, or many within a moment, are no rhythm yet', () => {
  expect(rhythmOf().usualGapMs).toBe(null)
  expect(rhythmOf(30_000, 30_000).usualGapMs).toBe(null)
  expect(rhythmOf(1, 2, 1, 3, 2).longestPauseMs).toBe(null)
  expect(rhythmOf(200, 200, 200).usualGapMs).toBe(200)
})

test('what comes at one time is no gap, and time never goes back', () => {
  const rhythm = rhythmOf(200, 0, 0, 200, 0, 200)
  rhythm.mark(1_300)
  expect([rhythm.usualGapMs, rhythm.lastAtMs]).toEqual([200, 1_600])
})

test('the longest pause follows the slow gaps, and a single long one', () => {
  expect(rhythmOf(300, 300, 300, 300).longestPauseMs).toBe(900)
  expect(rhythmOf(100, 100, 100, 100, 20_000).longestPauseMs).toBe(30_000)
})

test('a slow start is forgotten after 32 gaps', () => {
  const rhythm = rhythmOf(20_000, ...Array.from({ length: 32 }, () => 100))
  expect([rhythm.usualGapMs, rhythm.longestPauseMs]).toEqual([100, 300])
})
