import { expect, test } from 'vitest'
import { createGrownText } from '../../../../lib/formats/folding/grown-text.ts'
import { lengthBefore, toBlocks, toPieces, type TurnLook } from '../../../../components/message/text-pieces.ts'

const PLAIN: TurnLook = { until: Infinity, waitMs: null, marked: null, markdown: false }

test('blocks of a growing text stay as they are, but for the last', () => {
  const text = 'x'.repeat(20_000)
  const whole = toBlocks(text, text.length)
  for (const length of [1, 4_096, 4_097, 9_000, 19_999]) {
    const blocks = toBlocks(text, length)
    expect(blocks.slice(0, -1)).toEqual(whole.slice(0, blocks.length - 1))
    expect(blocks.at(-1)?.to).toBe(length)
  }
  expect(toBlocks('', 0)).toEqual([])
})

test('no block begins inside a character', () => {
  const text = `${'x'.repeat(4_095)}😀${'y'.repeat(5_000)}`
  const [first, second] = toBlocks(text, text.length)
  expect(first?.to).toBe(4_097)
  expect(text.slice(second?.from, second?.to)).toMatch(/^y+$/)
})

test('pieces cover a block, whichever deltas reach over its borders', () => {
  const grown = createGrownText()
  for (const [event, text] of ['abc', 'defg', 'h', 'ij'].entries()) grown.add(text, event)
  const look: TurnLook = { ...PLAIN, waitMs: (_, to) => (to === 2 ? 300 : 0), marked: { from: 1, to: 1 } }
  const pieces = toPieces(grown, { from: 2, to: 9 }, look)
  expect(pieces.map(({ from, to, heat, marked }) => [grown.text.slice(from, to), heat, marked])).toEqual([
    ['c', 0, false],
    ['defg', 0, true],
    ['h', 2, false],
    ['i', 0, false],
  ])
  expect(toPieces(grown, { from: 2, to: 9 }, PLAIN)).toHaveLength(1)
})

test('before an event there is what the events before it brought', () => {
  const grown = createGrownText()
  grown.add('abc', 3)
  grown.add('de', 7)
  expect([0, 3, 4, 7, 8, Infinity].map((until) => lengthBefore(grown, until))).toEqual([0, 0, 3, 3, 5, 5])
})
