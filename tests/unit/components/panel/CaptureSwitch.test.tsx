import { act } from 'preact/test-utils'
import { expect, test } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

const reach = (panel: ReturnType<typeof openPanel>, capturing: boolean, url = 'http://site.test/') =>
  act(() => panel.session.apply({ k: 'reached', doc: `d ${String(capturing)}`, frameId: 0, url, capturing }))
const choose = (panel: ReturnType<typeof openPanel>, name: string) =>
  act(() => {
    const label = panel.all('.capture-switch label').find(({ textContent }) => textContent.trim() === name)
    label?.querySelector('input')?.click()
  })
const texts = (panel: ReturnType<typeof openPanel>, selector: string) =>
  panel.all(selector).map(({ textContent }) => textContent)

test('the switch names the site in view', () => {
  const panel = openPanel()
  expect(texts(panel, '.capture-switch label')).toEqual(['On for site.test', 'Off for site.test', 'Off everywhere'])
})

test('a page from before the switch says what a reload will change', async () => {
  const panel = openPanel()
  expect(panel.all('.notice')).toEqual([])
  await choose(panel, 'Off for site.test')
  expect(texts(panel, '.notice')).toEqual([
    'This page is still captured. Streamscope is off for site.test after a reload.Reload page',
  ])
  await reach(panel, false)
  expect(panel.all('.notice')).toEqual([])
  expect(panel.one('.hint').textContent).toContain('Streamscope is off for site.test.')
})

test('switched on again where it was off, the page says that it has to be reloaded', async () => {
  const panel = openPanel()
  await choose(panel, 'Off everywhere')
  await reach(panel, false)
  expect(panel.one('.hint').textContent).toContain('Streamscope is off everywhere.')
  await act(() => panel.one('.hint button').click())
  expect(texts(panel, '.notice')).toEqual([
    'Nothing of this page is captured. Streamscope is on for site.test after a reload.Reload page',
  ])
  await reach(panel, true)
  expect(panel.all('.notice')).toEqual([])
})

test('with rows of before in the list, a notice says that capture is off', async () => {
  const panel = openPanel()
  await panel.stream(1, '/sse', 'data: 1\n\n')
  await choose(panel, 'Off for site.test')
  await reach(panel, false)
  expect(texts(panel, '.notice')).toEqual(['Streamscope is off for site.test.Turn on'])
})
