import { expect, test } from 'vitest'
import { createTextDiff, toDiffText } from '../../../lib/compare/text-diff.ts'
import { createRandom } from '../../helpers/stream-builders.ts'

function diffOf(before: string, after: string) {
  const diff = createTextDiff(before, after)
  while (!diff.step(Infinity));
  return diff
}
const written = (before: string, after: string) => toDiffText(diffOf(before, after).parts)

test('words that changed stand in the place of those they replaced', () => {
  expect(written('The sky is blue today.', 'The sky is grey today.')).toBe('The sky is [-blue -]{+grey +}today.')
  expect(written('a b', 'a b')).toBe('a b')
  expect(written('', 'new')).toBe('{+new+}')
  expect(written('old', '')).toBe('[-old-]')
  expect(written('one two', 'one and two')).toBe('one {+and +}two')
})

test('Chinese is compared by words, not as one', () => {
  expect(written('我喜欢红色的苹果', '我喜欢绿色的苹果')).toMatch(/^我喜欢\[-红色?的?-\]\{\+绿色?的?\+\}.*苹果$/)
})

test('both texts can be put together again from the parts', () => {
  const random = createRandom(5)
  const words = ['a ', 'b ', 'c', '\n\n', '  ', '. ', '红色', '😀 ', "don't "]
  const text = () => Array.from({ length: Math.floor(random() * 40) }, () => words[Math.floor(random() * 9)]).join('')
  for (let round = 0; round < 300; round += 1) {
    const [before, after] = [text(), text()]
    const { parts } = diffOf(before, after)
    const only = (left: string) => parts.flatMap(({ kind, text: part }) => (kind === left ? [] : [part])).join('')
    expect(only('added')).toBe(before)
    expect(only('removed')).toBe(after)
  }
})

test('what was found of shorter texts is shown until the longer ones are compared', () => {
  const long = 'word '.repeat(20_000)
  const diff = createTextDiff(long, `${long}end`)
  diff.show([{ kind: 'same', text: 'word' }])
  let steps = 0
  while (!diff.step(0)) {
    steps += 1
    expect(diff.isDone).toBe(false)
    expect(diff.parts).toEqual([{ kind: 'same', text: 'word' }])
  }
  expect(steps).toBeGreaterThan(10)
  expect(diff.parts).toEqual([
    { kind: 'same', text: long },
    { kind: 'added', text: 'end' },
  ])
})
