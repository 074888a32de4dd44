import { expect, test } from 'vitest'
import { createGrownText } from '../../../../lib/formats/folding/grown-text.ts'
import { lengthBefore, toPieces, type TurnLook } from '../../../../components/message/text-pieces.ts'

const PLAIN: TurnLook = { until: Infinity, waitMs: null, marked: null, markdown: false }

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
