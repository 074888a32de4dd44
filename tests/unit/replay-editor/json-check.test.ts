import { expect, test } from 'vitest'
import { checkJson, formatJson } from '../../../lib/replay/editor/json-check.ts'

const GOOD = [
  '1',
  ' -0.5e+3 ',
  '"a\\u00e9\\n"',
  'true',
  'null',
  '[]',
  '{}',
  '[1,[2,{"a":[]}]]',
  '{"a":1,"a":2,"":{"b":null}}',
  '[\n\t1 ,\r\n2 ]',
  '"\u007f\u2028"',
]
const BAD = [
  '',
  ' ',
  '[',
  '{',
  '[1',
  '[1,',
  '[1,]',
  '[,1]',
  '{"a"}',
  '{"a":}',
  '{"a":1,}',
  '{a:1}',
  "{'a':1}",
  '{"a":1]',
  '[1}',
  '1 2',
  '01',
  '1.',
  '.5',
  '+1',
  'tru',
  'True',
  'NaN',
  'undefined',
  '"a',
  '"a\nb"',
  '"\\x41"',
  '"\\u12"',
  '[1]]',
  '// no\n1',
  '{"a":1}x',
]

test.each(GOOD)('%j is JSON, as the browser says', (text) => {
  expect(() => JSON.parse(text) as unknown).not.toThrow()
  expect(checkJson(text)).toBe(null)
})

test.each(BAD)('%j is no JSON, as the browser says, and the mistake has its place', (text) => {
  expect(() => JSON.parse(text) as unknown).toThrow(/JSON/)
  const mistake = checkJson(text)
  expect(mistake?.text).toMatch(/\.$/)
  expect(mistake?.from).toBeLessThanOrEqual(text.length)
  expect(mistake?.to).toBeLessThanOrEqual(text.length)
  expect(mistake?.from ?? 0).toBeLessThanOrEqual(mistake?.to ?? -1)
})

test('every beginning of a JSON text is judged as the browser judges it', () => {
  const text = '{"a":[1,-2.5e3,"x\\"y",{"b":true}],"c":null}'
  for (let length = 0; length <= text.length; length += 1) {
    const part = text.slice(0, length)
    let isJson = true
    try {
      JSON.parse(part)
    } catch {
      isJson = false
    }
    expect([part, checkJson(part) === null]).toEqual([part, isJson])
  }
})

test.each([
  ['{"a": tru}', 6, 'This is no JSON value.'],
  ["['x']", 1, 'Strings stand in double quotes.'],
  ['{"a":1 "b":2}', 7, 'A comma or a closing brace is missing here.'],
  ['{"a":1,}', 7, 'A name in double quotes is missing here.'],
  ['["a]', 1, 'This string has no end in its line.'],
  ['{"a":1}}', 7, 'Nothing may come after the value.'],
])('%s: the mistake is at %i, and is said', (text, from, said) => {
  expect(checkJson(text)).toMatchObject({ from, text: said })
})

test('a variable may stand for any value', () => {
  expect(checkJson('{"n":{{count}},"list":[{{a}},{{ b }}],"s":"{{c}}"}')).toBe(null)
  expect(checkJson('{{a}}')).toBe(null)
  expect(checkJson('{{{a}}:1}')).not.toBe(null)
})

test('formatting gives each member a line and changes no token', () => {
  expect(formatJson('{"a":12345678901234567890,"b":[1.0,{}],"a":"\\u00e9 , {","c":[],"n":{{x}}}')).toBe(
    '{\n  "a": 12345678901234567890,\n  "b": [\n    1.0,\n    {}\n  ],\n  "a": "\\u00e9 , {",\n  "c": [],\n  "n": {{x}}\n}',
  )
  expect(formatJson('{"a":')).toBe(null)
  for (const text of GOOD) expect(JSON.parse(formatJson(text) ?? '')).toEqual(JSON.parse(text))
})

test('a deep text is judged and formatted without running out of stack', () => {
  const deep = '['.repeat(5_000) + ']'.repeat(5_000)
  expect(checkJson(deep)).toBe(null)
  expect(formatJson(deep)?.length).toBeGreaterThan(deep.length)
})
