import { expect, test } from 'vitest'
import { changesText } from '../../../../components/compare/changes-text.ts'
import { createEventDiff } from '../../../../lib/compare/event-diff.ts'
import { parseIgnored } from '../../../../lib/compare/ignored.ts'
import type { TextBound } from '../../../../lib/session/store/text-bound.ts'
import { SEGMENT_LENGTH } from '../../../../lib/session/store/text-store.ts'
import { longData, longStreams } from '../../compare/long-streams.ts'

/** Two streams that were compared; then most of their texts went to the storage, or were dropped. */
async function comparedThen(beyond: TextBound['beyond']) {
  let bound: TextBound = { bytes: Infinity, beyond }
  const { a, b, texts } = longStreams(() => bound)
  const diff = createEventDiff(a, b, 'order', parseIgnored('').ignored)
  while (diff.update(Infinity) !== true);
  bound = { bytes: SEGMENT_LENGTH, beyond }
  texts.keepBound()
  await expect.poll(() => a.entries.awayOf(7)).toBe(beyond === 'store' ? 'stored' : 'dropped')
  return { a, b, diff, texts }
}

const ODD = Array.from({ length: 20 }, (_, hundred) => [hundred * 100 + 7, hundred * 100 + 11]).flat()
const LINES = ODD.flatMap((n) => [`- ${n + 1} message ${longData(n, 7)}`, `+ ${n + 1} message ${longData(n, 11)}`])
/** Without the two that name the connections. */
const linesOf = (text: string) => text.split('\n').slice(2)

test('texts in the storage are read first, and it is said how far that is', async () => {
  const { a, b, diff } = await comparedThen('store')
  const shares: number[] = []
  const made = changesText(diff, a, b, (share) => shares.push(share), new AbortController().signal)
  expect(made).toBeInstanceOf(Promise)
  expect(linesOf(await made)).toEqual(LINES)
  expect(shares[0]).toBe(0)
  expect(shares).toEqual(shares.toSorted((x, y) => x - y))
  expect(shares.at(-1)).toBeLessThan(1)
  // All is here now: nothing has to be waited for.
  expect(changesText(diff, a, b, () => {}, new AbortController().signal)).toBe(await made)
})

test('of texts that were dropped, and of those alone, that is said', async () => {
  const { a, b, diff } = await comparedThen('drop')
  const made = changesText(diff, a, b, () => {}, new AbortController().signal)
  if (typeof made !== 'string') throw new Error('nothing to wait for was expected')
  const lines = linesOf(made)
  expect(lines[0]).toBe('- 8 message (dropped to keep the bound for texts)')
  expect(lines[1]).toBe('+ 8 message (dropped to keep the bound for texts)')
  expect(lines.at(-1)).toBe(LINES.at(-1))
  const whole = new Set(LINES)
  const isDropped = (line: string) => line.endsWith('(dropped to keep the bound for texts)')
  expect(lines.filter((line) => !whole.has(line) && !isDropped(line))).toEqual([])
})

test('who goes away is not read on for', async () => {
  const { a, b, diff } = await comparedThen('store')
  const gone = new AbortController()
  let reads = 0
  for (const { entries } of [a, b]) {
    const { bring } = entries
    entries.bring = (index) => {
      reads += 1
      return bring(index)
    }
  }
  await changesText(diff, a, b, () => gone.abort(), gone.signal)
  expect(reads).toBe(1)
})
