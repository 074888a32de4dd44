import { expect, test } from 'vitest'
import type { TextBound } from '../../../lib/session/store/text-bound.ts'
import { toTextBound } from '../../../lib/session/store/text-bound.ts'
import { createTextKeeper } from '../../../lib/session/store/text-keeper.ts'
import { createTextStore, SEGMENT_LENGTH } from '../../../lib/session/store/text-store.ts'
import { textHere, wholeText } from '../../../lib/export/whole-text.ts'
import { memoryStorage } from '../../helpers/memory-storage.ts'
import { createRandom } from '../../helpers/stream-builders.ts'

function stage(bound: TextBound) {
  const storage = memoryStorage()
  const keeper = createTextKeeper({ bound: () => bound, storage: () => storage })
  const left: number[] = []
  let moves = 0
  const store = createTextStore(keeper, { leaving: (to) => left.push(to), moved: () => (moves += 1) })
  return { storage, keeper, store, left, moves: () => moves }
}

/** Lets what was begun come to its end. */
const settled = () => new Promise((resolve) => setTimeout(resolve))
const letters = (length: number, seed: number) => String.fromCharCode(97 + (seed % 26)).repeat(length)

test('any part of the text is what a slice of the whole text is, within and across segments', () => {
  const { store } = stage({ bytes: Infinity, beyond: 'drop' })
  const random = createRandom(7)
  let whole = ''
  while (whole.length < 3 * SEGMENT_LENGTH) {
    const text = letters(Math.floor(random() * 9_000), whole.length)
    whole += text
    store.append(text)
  }
  for (let look = 0; look < 500; look += 1) {
    const from = Math.floor(random() * whole.length)
    const to = from + Math.floor(random() ** 6 * (whole.length - from + 10))
    expect(store.text(from, to) === whole.slice(from, to), `${from} to ${to}`).toBe(true)
  }
  expect(store.text(0, Infinity) === whole).toBe(true)
})

test('beyond the bound the oldest texts are dropped, and said to be', () => {
  const { store, keeper, left } = stage({ bytes: 2.5 * SEGMENT_LENGTH, beyond: 'drop' })
  for (let n = 0; n < 6; n += 1) {
    store.append(letters(SEGMENT_LENGTH, n))
    store.settle(store.length)
  }
  store.close()
  expect(left).toEqual([1, 2, 3, 4].map((n) => n * SEGMENT_LENGTH))
  expect(keeper.totals).toEqual({
    heldBytes: 2 * SEGMENT_LENGTH,
    storedBytes: 0,
    droppedBytes: 4 * SEGMENT_LENGTH,
    refusal: '',
  })
  expect([store.awayOf(300, 309), store.text(300, 309)]).toEqual(['dropped', ''])
  // What is judged again goes by the beginning.
  expect(store.text(0, 9)).toBe('aaaaaaaaa')
  // Half of it would look like all of it.
  const border = 4 * SEGMENT_LENGTH
  expect([store.awayOf(border - 1, border + 1), store.text(border - 1, border + 1)]).toEqual(['dropped', ''])
  expect([store.awayOf(border, border + 2), store.text(border, border + 2)]).toEqual([null, 'ee'])
  expect([0, border - 1, border].map(store.sameUntil)).toEqual([border, border, 6 * SEGMENT_LENGTH])
})

test('what is stored comes back as it was, for a while', async () => {
  const { store, storage, keeper, moves } = stage({ bytes: SEGMENT_LENGTH, beyond: 'store' })
  for (let n = 0; n < 4; n += 1) store.append(letters(SEGMENT_LENGTH, n))
  store.close()
  // Until it is there, it is still here.
  expect(store.awayOf(0, 4 * SEGMENT_LENGTH)).toBe(null)
  await settled()
  expect(storage.texts.size).toBe(3)
  expect(keeper.totals).toMatchObject({ storedBytes: 3 * SEGMENT_LENGTH, heldBytes: SEGMENT_LENGTH, droppedBytes: 0 })
  expect([store.awayOf(300, 302), store.text(300, 302)]).toEqual(['stored', ''])
  const before = moves()
  await store.bring(300, 302)
  expect(moves()).toBeGreaterThan(before)
  expect([store.awayOf(300, 302), store.text(300, 302)]).toEqual([null, 'aa'])
  expect(store.text(SEGMENT_LENGTH - 1, SEGMENT_LENGTH + 1)).toBe('ab')
})

test('a storage that refuses, or loses a text, makes it a dropped one', async () => {
  const { store, storage, keeper } = stage({ bytes: 0, beyond: 'store' })
  store.append(letters(SEGMENT_LENGTH, 0))
  store.settle(store.length)
  store.append(letters(SEGMENT_LENGTH, 1))
  store.settle(store.length)
  store.append('c')
  await settled()
  storage.texts.clear()
  await store.bring(0, 1)
  expect(store.awayOf(0, 1)).toBe('dropped')
  storage.refuses = true
  store.close()
  await settled()
  expect(store.awayOf(2 * SEGMENT_LENGTH, 2 * SEGMENT_LENGTH + 1)).toBe('dropped')
  // … and by the end.
  expect(store.text(2 * SEGMENT_LENGTH, 2 * SEGMENT_LENGTH + 1)).toBe('c')
  expect(keeper.totals.refusal).toBe('The quota is used up')
})

test('text that is still read along stays', () => {
  const { store } = stage({ bytes: 0, beyond: 'drop' })
  store.append(letters(SEGMENT_LENGTH, 0))
  store.append(letters(SEGMENT_LENGTH, 1))
  expect(store.awayOf(0, 1)).toBe(null)
  store.settle(SEGMENT_LENGTH)
  store.append(letters(SEGMENT_LENGTH, 2))
  expect([store.awayOf(0, 1), store.awayOf(SEGMENT_LENGTH, SEGMENT_LENGTH + 1)]).toEqual(['dropped', null])
})

test('the oldest of all connections goes first, and a connection that is forgotten takes its texts along', async () => {
  const bound = { bytes: 2 * SEGMENT_LENGTH, beyond: 'store' as const }
  const storage = memoryStorage()
  const keeper = createTextKeeper({ bound: () => bound, storage: () => storage })
  const [one, other] = [createTextStore(keeper), createTextStore(keeper)]
  for (let n = 0; n < 2; n += 1) {
    for (const store of [one, other]) {
      store.append(letters(SEGMENT_LENGTH, n))
      store.settle(store.length)
    }
  }
  await settled()
  expect([one, other].map((store) => [store.awayOf(0, 1), store.awayOf(SEGMENT_LENGTH, store.length)])).toEqual([
    ['stored', null],
    ['stored', null],
  ])
  one.release()
  expect(storage.texts.size).toBe(1)
  expect(keeper.totals).toMatchObject({ storedBytes: SEGMENT_LENGTH, heldBytes: SEGMENT_LENGTH })
})

test('a text with characters beyond Latin-1 counts two bytes for each', () => {
  const { store, keeper } = stage({ bytes: Infinity, beyond: 'drop' })
  store.append(`${letters(SEGMENT_LENGTH - 1, 0)}中`)
  expect(keeper.totals.heldBytes).toBe(2 * SEGMENT_LENGTH)
})

test('a copy of all text has what is stored, and a mark for what is not', async () => {
  const bound: { bytes: number; beyond: 'store' | 'drop' } = { bytes: 0, beyond: 'drop' }
  const { store } = stage(bound)
  store.append('a'.repeat(SEGMENT_LENGTH))
  store.settle(store.length)
  store.append('b'.repeat(SEGMENT_LENGTH))
  bound.beyond = 'store'
  store.settle(store.length)
  store.append('c'.repeat(SEGMENT_LENGTH))
  store.settle(SEGMENT_LENGTH * 2)
  await settled()
  store.append('end')
  const mark = (length: number) => `[${length}]`
  expect(textHere(store, 0, store.length, mark).leftOut).toBe(2 * SEGMENT_LENGTH)
  const { text, leftOut } = await wholeText(store, 0, store.length, mark)
  expect(leftOut).toBe(SEGMENT_LENGTH)
  expect(text).toBe(`[${SEGMENT_LENGTH}]${'b'.repeat(SEGMENT_LENGTH)}${'c'.repeat(SEGMENT_LENGTH)}end`)
})

test.each<[unknown, TextBound]>([
  [undefined, { bytes: 512 * 2 ** 20, beyond: 'store' }],
  [
    { bytes: 2 ** 21, beyond: 'drop' },
    { bytes: 2 ** 21, beyond: 'drop' },
  ],
  [
    { bytes: 5, beyond: 'burn' },
    { bytes: 2 ** 20, beyond: 'store' },
  ],
  [{ bytes: NaN }, { bytes: 512 * 2 ** 20, beyond: 'store' }],
  ['much', { bytes: 512 * 2 ** 20, beyond: 'store' }],
])('a stored bound %j is read as %j', (stored, bound) => {
  expect(toTextBound(stored)).toEqual(bound)
})
