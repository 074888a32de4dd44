import { expect, test } from 'vitest'
import { parseJsonPath, selectAll, toJsonPath } from '../../../lib/formats/json/json-path.ts'

const document = {
  choices: [{ delta: { content: 'a', 'a-b': 1 } }, { delta: { content: 'b' } }, 3],
  'it\'s "so"': { 'new\\line': true },
  größe: 4,
  empty: null,
}

function select(text: string): unknown[] {
  const path = parseJsonPath(text)
  if ('error' in path) throw new Error(path.error)
  return selectAll(document, path)
}

test('names, indexes and wildcards point at values', () => {
  expect(select('$')).toEqual([document])
  expect(select('$.choices[0].delta.content')).toEqual(['a'])
  expect(select('$.choices[-2].delta.content')).toEqual(['b'])
  expect(select('$.choices[*].delta.content')).toEqual(['a', 'b'])
  expect(select('$.choices[*].delta.*')).toEqual(['a', 1, 'b'])
  expect(select("$['choices'][0]['delta']['a-b']")).toEqual([1])
  expect(select(String.raw`$["it's \"so\""]['new\\line']`)).toEqual([true])
  expect(select('$.größe')).toEqual([4])
  expect(select('$.empty')).toEqual([null])
})

test('what is not there is nothing, not an error', () => {
  for (const text of [
    '$.nope',
    '$.choices.delta',
    '$.choices[9]',
    '$.choices[-4]',
    '$.größe[0]',
    '$.größe.*',
    '$.toString',
  ])
    expect(select(text), `for ${text}`).toEqual([])
  expect(selectAll(JSON.parse('{"__proto__":1}'), parseJsonPath('$.__proto__') as never)).toEqual([1])
})

test('an error says what is wrong, and where', () => {
  const fault = (text: string) => {
    const path = parseJsonPath(text)
    return 'error' in path ? [path.at, path.error] : null
  }
  expect(fault('choices')).toEqual([0, 'A path begins with $, such as $.delta.text'])
  expect(fault('$..content')).toEqual([1, 'Paths with .. are not supported: name every step'])
  expect(fault('$.a[?(@.b)]')).toEqual([3, 'Filters are not supported: use [*] or an index'])
  expect(fault('$.a[1:2]')).toEqual([3, 'Slices are not supported: use [*] or an index'])
  expect(fault('$.a[b]')).toEqual([3, "In brackets stands an index, * or a quoted name, such as [0], [*] or ['a-b']"])
  expect(fault('$.a-b')).toEqual([3, 'A step begins with a dot or a bracket'])
  expect(fault('$.')).toEqual([1, "After a dot comes a name or *; other names are written ['a-b']"])
  for (const text of ['', '$[', "$['a", '$[01]', '$[-0]', '$ .a', '$a', '$.a[', '$[]'])
    expect(fault(text), `for ${text}`).not.toBeNull()
})

test('a place is written so that it is found again', () => {
  for (const steps of [[], ['choices', 0, 'delta', 'content'], ['it\'s "so"', 'new\\line'], ['größe'], ['empty']]) {
    let value: unknown = document
    for (const step of steps) value = (value as Record<string | number, unknown>)[step]
    expect(select(toJsonPath(steps))).toEqual([value])
  }
  expect(toJsonPath(['a', 0, 'b-c'])).toBe("$.a[0]['b-c']")
})
