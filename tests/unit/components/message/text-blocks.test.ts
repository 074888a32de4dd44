import { expect, test } from 'vitest'
import { createGrownText } from '../../../../lib/formats/folding/grown-text.ts'
import { createTextBlocks } from '../../../../components/message/text-blocks.ts'
import { createRandom, randomlyCut } from '../../../helpers/stream-builders.ts'

/** The text of each block, as far as `length` characters go. */
function blocksOf(grown: ReturnType<typeof createGrownText>) {
  const blocks = createTextBlocks(grown)
  return (length = grown.length) => blocks.before(length).map(({ from, to }) => grown.text.slice(from, to))
}

const LINES = Array.from(
  { length: 2_000 },
  (_, n) => `${n} ${'word 😀 '.repeat(n % 9)}\n${n % 5 === 0 ? '\n' : ''}`,
).join('')
const texts = [
  ['lines', LINES],
  ['a line without an end', 'word '.repeat(20_000)],
  ['characters of two units, without a space', `x${'😀'.repeat(30_000)}`],
  ['a long line, and a short one', `${'x'.repeat(10_000)}\n${'y '.repeat(15_000)}\r\nz`],
] as const

test.for(texts)('blocks of %s are the text at each step, and only the last of them changes', ([, text]) => {
  const seed = 7
  const grown = createGrownText()
  const blocks = blocksOf(grown)
  let before: string[] = []
  for (const [event, delta] of randomlyCut(text, createRandom(seed), 900).entries()) {
    grown.add(delta, event)
    const now = blocks()
    expect(now.join('') === grown.text, `seed ${seed}, event ${event}`).toBe(true)
    expect(now.slice(0, before.length - 1)).toEqual(before.slice(0, -1))
    before = now
  }
  expect(before.length).toBeGreaterThan(2)
  // Whoever comes later sees the same blocks.
  expect(blocksOf(grown)()).toEqual(before)
  for (const block of before) {
    expect(block.length).toBeLessThanOrEqual(8_192)
    expect(block.isWellFormed()).toBe(true)
  }
})

test('blocks of a part of the text are that part', () => {
  const grown = createGrownText()
  grown.add(LINES, 0)
  const blocks = blocksOf(grown)
  const whole = blocks()
  for (const length of [0, 1, 4_095, 4_096, 5_000, 30_000, LINES.length - 1, LINES.length]) {
    const part = blocks(length)
    expect(part.join('') === LINES.slice(0, length), `${length} characters`).toBe(true)
    expect(part.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, part.length - 1)))
    expect(part).not.toContain('')
  }
  const first = whole[0] ?? ''
  expect(blocks(first.length)).toEqual([first])
})

test('blocks of lines end with a line, so that no line is broken where it was not', () => {
  const grown = createGrownText()
  grown.add(LINES, 0)
  expect(blocksOf(grown)().every((block) => block.endsWith('\n'))).toBe(true)
})
