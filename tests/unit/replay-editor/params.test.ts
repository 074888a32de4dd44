import { expect, test } from 'vitest'
import { editParam, type Param, readParam } from '../../../lib/replay/editor/params.ts'
import { joinUrl, splitUrl } from '../../../lib/replay/editor/url.ts'

const ODD_URLS = [
  'https://a.test',
  'https://a.test/?',
  'https://a.test/?#',
  'https://a.test/?a',
  'https://a.test/?a=',
  'https://a.test/?=b',
  'https://a.test/?&',
  'https://a.test/?&&a=1&&',
  'https://a.test/?a=1&a=2&A=3&a=1',
  'https://a.test/?q=a+b%20c%2Bd',
  'https://a.test/?q=%zz%&p=100%',
  'https://a.test/?latin=%e9&utf=%C3%A9&raw=é&emoji=🎉',
  'https://a.test/?a=b=c==&u=https://x.test/?y=1#z?not=query&x',
  'https://a.test/?json={"a":[1,2]}&x[]=1&x[]=2&semi;colon',
  '/relative?x=1',
  '?',
  '',
  '{{base}}/p?{{q}}={{v}}',
  'no url at all ? & =',
]
const only = (url: string): Param => {
  const [param] = splitUrl(url).params
  if (param === undefined) throw new Error('no param')
  return param
}

test.each(ODD_URLS)('%s stays as it is as a table', (url) => {
  expect(joinUrl(splitUrl(url))).toBe(url)
  // Also when it is read a second time, over its own rows.
  expect(joinUrl(splitUrl(url, splitUrl(url).params))).toBe(url)
})

test.each(ODD_URLS)('a change of one row of %s leaves all the others as they were written', (url) => {
  const parts = splitUrl(url)
  parts.params.forEach((param, at) => {
    const params = parts.params.map((one, i) => (i === at ? editParam(one, { value: 'new & =' }, '%20') : one))
    const written = splitUrl(joinUrl({ ...parts, params })).params
    expect(written.map(({ raw }) => raw).filter((_, i) => i !== at)).toEqual(
      parts.params.map(({ raw }) => raw).filter((_, i) => i !== at),
    )
    const edited = written[at]
    expect(edited && readParam(edited)).toEqual({ name: readParam(param).name, value: 'new & =' })
  })
})

test('what is typed as a value comes out of the URL as that value, whatever it is', () => {
  for (const value of ['a&b=c#d', '100%', '%41', 'a+b', ' ', "it's", 'é 🎉', '{{token}}', '"<>"', '\\', 'a;b', '=']) {
    const param = editParam(only('?q=1'), { value }, '%20')
    expect(new URL(`https://a.test/?${param.raw}`).searchParams.get('q')).toBe(value)
    expect(readParam(param)).toEqual({ name: 'q', value })
  }
})

test('names are written so that they stay names', () => {
  const param = editParam(only('?q=1'), { name: 'a=b&c' }, '+')
  expect([...new URL(`https://a.test/?${param.raw}`).searchParams]).toEqual([['a=b&c', '1']])
})

test('bytes that are no UTF-8 are shown and written as their encoding', () => {
  const param = only('?name=%e9t%e9')
  expect(readParam(param).value).toBe('%e9t%e9')
  expect(editParam(param, { value: '%e9t%e9s' }, '%20').raw).toBe('name=%e9t%e9s')
})

test('a space is written as the URL writes it', () => {
  expect(editParam(only('?q=1'), { value: 'a b' }, '+').raw).toBe('q=a+b')
  expect(editParam(only('?q=1'), { value: 'a b' }, '%20').raw).toBe('q=a%20b')
})

test('a row that is switched off stays in its place while the URL is typed', () => {
  const before = splitUrl('https://a.test/?a=1&b=2&c=3').params.map((param, i) => ({ ...param, on: i !== 1 }))
  const after = splitUrl('https://a.test/?a=1&c=4&d=5', before)
  expect(after.params.map(({ raw, on }) => `${on ? '' : 'off '}${raw}`)).toEqual(['a=1', 'off b=2', 'c=4', 'd=5'])
  expect(joinUrl(after)).toBe('https://a.test/?a=1&c=4&d=5')
  expect(after.params.slice(0, 3).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  expect(splitUrl('https://a.test/', before).params.map(({ raw }) => raw)).toEqual(['b=2'])
})
