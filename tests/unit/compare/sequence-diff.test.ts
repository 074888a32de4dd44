import { expect, test } from 'vitest'
import { createSequenceDiff, MOST_EDITS } from '../../../lib/compare/sequence-diff.ts'
import { createRandom } from '../../helpers/stream-builders.ts'

const numbers = (count: number, of: (index: number) => number) => Uint32Array.from({ length: count }, (_, i) => of(i))

function diffOf(a: Uint32Array, b: Uint32Array, mostEdits?: number) {
  const diff = createSequenceDiff(a, b, mostEdits)
  while (!diff.step(Infinity));
  return diff
}

/** The longest common subsequence's length, by the textbook's table. */
function naiveLength(a: Uint32Array, b: Uint32Array): number {
  let above = new Uint32Array(b.length + 1)
  for (const one of a) {
    const row = new Uint32Array(b.length + 1)
    for (const [j, other] of b.entries()) {
      row[j + 1] = one === other ? (above[j] ?? 0) + 1 : Math.max(above[j + 1] ?? 0, row[j] ?? 0)
    }
    above = row
  }
  return above[b.length] ?? 0
}

/** Pairs equal elements only, each once, in order; gives how many. */
function checkedCount(a: Uint32Array, b: Uint32Array, matches: Int32Array): number {
  let last = -1
  let count = 0
  for (const [i, j] of matches.entries()) {
    if (j === -1) continue
    expect(a[i]).toBe(b[j])
    expect(j).toBeGreaterThan(last)
    last = j
    count += 1
  }
  return count
}

test('random sequences have as much in common as the naive table says', () => {
  const seed = 4711
  const random = createRandom(seed)
  for (let round = 0; round < 800; round += 1) {
    const kinds = 1 + Math.floor(random() * 12)
    const any = () => Math.floor(random() * kinds)
    const a = numbers(Math.floor(random() * 40), any)
    const b = numbers(Math.floor(random() * 40), any)
    const diff = diffOf(a, b)
    expect(diff.isBest).toBe(true)
    expect(diff.progress).toBe(1)
    expect([round, checkedCount(a, b, diff.matches)]).toEqual([round, naiveLength(a, b)])
  }
})

test('with few edits allowed it still pairs only what is equal and in order', () => {
  const random = createRandom(12)
  let capped = 0
  for (let round = 0; round < 400; round += 1) {
    const any = () => Math.floor(random() * 9)
    const a = numbers(Math.floor(random() * 60), any)
    const b = numbers(Math.floor(random() * 60), any)
    const diff = diffOf(a, b, 3)
    const count = checkedCount(a, b, diff.matches)
    const most = naiveLength(a, b)
    expect(count).toBeLessThanOrEqual(most)
    expect(count).toBeGreaterThanOrEqual(diff.isBest ? most : 0)
    if (!diff.isBest) capped += 1
  }
  expect(capped).toBeGreaterThan(50)
})

test('a block that is longer than the search goes is found to be put in by what stands only once', () => {
  const block = numbers(3 * MOST_EDITS, (i) => 1_000_000 + i)
  const a = numbers(20_000, (i) => i)
  const b = Uint32Array.from([...a.slice(0, 500), ...block, ...a.slice(500)])
  expect(checkedCount(a, b, diffOf(a, b).matches)).toBe(a.length)
})

test('long sequences of the same few elements in another order come to an end, in steps', () => {
  const random = createRandom(99)
  const any = () => Math.floor(random() * 400)
  const [a, b] = [numbers(20_000, any), numbers(20_000, any)]
  // A clock that says at each look that time is up: a step is as short as it can be.
  let clock = 0
  const diff = createSequenceDiff(a, b, 64, () => (clock += 1))
  let steps = 0
  let last = 0
  while (!diff.step(0)) {
    steps += 1
    expect(diff.progress).toBeGreaterThanOrEqual(last)
    last = diff.progress
  }
  expect(steps).toBeGreaterThan(100)
  expect(diff.isBest).toBe(false)
  expect(checkedCount(a, b, diff.matches)).toBeGreaterThan(500)
})

test('sequences that share nothing are told apart at once', () => {
  const a = numbers(100_000, (i) => i * 2)
  const b = numbers(100_000, (i) => i * 2 + 1)
  const diff = createSequenceDiff(a, b)
  expect(diff.step(0)).toBe(true)
  expect(diff.matches.every((match) => match === -1)).toBe(true)
})

test('empty sequences have nothing in common', () => {
  expect(diffOf(numbers(0, Number), numbers(0, Number)).progress).toBe(1)
  expect([...diffOf(numbers(2, Number), numbers(0, Number)).matches]).toEqual([-1, -1])
  expect(diffOf(numbers(0, Number), numbers(2, Number)).progress).toBe(1)
})
