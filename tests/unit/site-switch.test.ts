import { expect, test } from 'vitest'
import { choiceFor, siteOf, toCaptureSetting, toMatchPatterns, withChoice } from '../../lib/site-switch.ts'

const ON = toCaptureSetting(undefined)

test('a site is the host of a page, whatever its port and scheme', () => {
  expect(siteOf('https://a.example:8443/x?y')).toBe('a.example')
  expect(siteOf('http://a.example/')).toBe('a.example')
  expect(siteOf('http://[::1]:3000/')).toBe('[::1]')
  expect(siteOf('https://bücher.example/')).toBe('xn--bcher-kva.example')
  expect(siteOf('file:///home/me/page.html')).toBe('file:')
})

test('pages of the browser, empty tabs and what is no URL have no site', () => {
  for (const url of ['chrome://extensions/', 'about:blank', 'data:text/html,x', '', 'nonsense'])
    expect(siteOf(url)).toBe(null)
})

test('capture is on everywhere until it is switched off', () => {
  expect(choiceFor(ON, 'a.example')).toBe('on')
  expect(toMatchPatterns(ON)).toEqual([])
})

test('switching one site leaves the others as they are', () => {
  const one = withChoice(ON, 'off here', 'a.example')
  const two = withChoice(one, 'off here', 'b.example')
  expect(toMatchPatterns(two)).toEqual(['*://a.example/*', '*://b.example/*'])
  expect(choiceFor(two, 'a.example')).toBe('off here')
  expect(choiceFor(two, 'c.example')).toBe('on')
  expect(withChoice(two, 'on', 'a.example').offSites).toEqual(['b.example'])
  expect(withChoice(two, 'off here', 'b.example')).toEqual(two)
})

test('off everywhere remembers the sites, and choosing for one ends it', () => {
  const one = withChoice(ON, 'off here', 'a.example')
  const all = withChoice(one, 'off everywhere', 'b.example')
  expect(choiceFor(all, 'b.example')).toBe('off everywhere')
  expect(choiceFor(all, null)).toBe('off everywhere')
  expect(toMatchPatterns(all)).toEqual(['<all_urls>'])
  expect(withChoice(all, 'on', 'b.example')).toEqual(one)
  expect(choiceFor(withChoice(all, 'off here', 'b.example'), 'b.example')).toBe('off here')
})

test('files are a site of their own', () => {
  expect(toMatchPatterns(withChoice(ON, 'off here', 'file:'))).toEqual(['file:///*'])
})

test('whatever lies in the storage becomes a setting', () => {
  for (const stored of [null, 7, 'off', [], { offSites: 'a' }, { offEverywhere: 'yes' }])
    expect(toCaptureSetting(stored)).toEqual(ON)
  expect(toCaptureSetting({ offEverywhere: true, offSites: ['a.example', 5] })).toEqual({
    offEverywhere: true,
    offSites: ['a.example'],
  })
})
