import { expect, test } from 'vitest'
import { createDuplicateWatch } from '../../../lib/formats/folding/duplicates.ts'
import { createGrowingTurn } from '../../../lib/formats/folding/growing-turn.ts'

function problemsOf(deltas: readonly string[]) {
  const turn = createGrowingTurn('test')
  const watch = createDuplicateWatch(turn)
  for (const [event, delta] of deltas.entries()) watch(delta, event)
  return turn.problems.map(({ code, event }) => [code, event])
}
const words = (text: string) => text.split(/(?<= )/)
const twice = (deltas: readonly string[]) => deltas.flatMap((delta) => [delta, delta])

test('deltas that all come twice are said once, at the event that makes it plain', () => {
  expect(problemsOf(twice(words('It rains in Zürich today and tomorrow, they say.')))).toEqual([
    ['duplicate-delta', 11],
  ])
})

test('it is seen as well where it begins in the middle', () => {
  const text = words('It rains in Zürich today and tomorrow, they say.')
  expect(problemsOf([...text, ...twice(text)])).toHaveLength(1)
})

test('a text that repeats itself is not taken for it', () => {
  expect(problemsOf(Array.from({ length: 100 }, () => 'ha'))).toEqual([])
  expect(problemsOf(Array.from({ length: 40 }, () => ['-', '-', '|', '|']).flat())).toEqual([])
  expect(problemsOf(words('very very well well, bye bye now now then'))).toEqual([])
  expect(problemsOf(twice(['0', '1', '2', '3', '4', '5', '6']))).toEqual([])
  expect(problemsOf(twice(words('It rains in Zürich today')))).toEqual([])
  expect(problemsOf(words('It rains in Zürich today and tomorrow, they say. '.repeat(20)))).toEqual([])
})
