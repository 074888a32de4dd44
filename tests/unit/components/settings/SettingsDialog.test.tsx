import { act } from 'preact/test-utils'
import { afterEach, expect, test } from 'vitest'
import { applyAppearance } from '../../../../components/settings/apply-appearance.ts'
import { applyLanguage } from '../../../../lib/i18n/languages.ts'
import { openPanel } from '../panel-fixture.tsx'

const DIALOG = 'dialog.settings-dialog'

afterEach(() => applyLanguage('en', 'en'))

async function openSettings() {
  const panel = openPanel()
  applyAppearance(panel.settings)
  await panel.stream(1, '/1', 'data: a\n\n')
  await panel.click('[aria-label=Settings]')
  const select = (label: string) => {
    const found = panel
      .all(`${DIALOG} label`)
      .find(({ textContent }) => textContent?.startsWith(label))
      ?.querySelector('select')
    if (!found) throw new Error(`No ${label}`)
    return found
  }
  const choose = (label: string, option: string) =>
    act(() => {
      const element = select(label)
      element.selectedIndex = [...element.options].findIndex(({ textContent }) => textContent?.startsWith(option))
      element.dispatchEvent(new Event('change', { bubbles: true }))
    })
  return { ...panel, choose }
}

test('another language is shown at once, wherever there is text, and back', async () => {
  const panel = await openSettings()
  await panel.choose('Language', '简体中文')
  expect(panel.one(`${DIALOG} h2`).textContent).toBe('设置')
  expect(panel.one('[aria-label=设置]').getAttribute('title')).toBe('设置')
  expect(document.documentElement.lang).toBe('zh-CN')
  await panel.choose('语言', 'English')
  expect(panel.one(`${DIALOG} h2`).textContent).toBe('Settings')
  expect(document.documentElement.lang).toBe('en')
})

test('the theme is that of DevTools unless one is chosen', async () => {
  const panel = await openSettings()
  expect(document.documentElement.dataset['theme']).toBeUndefined()
  await panel.choose('Theme', 'Dark')
  expect(document.documentElement.dataset['theme']).toBe('dark')
  await panel.choose('Theme', 'As DevTools')
  expect(document.documentElement.dataset['theme']).toBeUndefined()
})

test('times of day are written as chosen', async () => {
  const panel = await openSettings()
  const time = () => panel.all('[data-column=time]').at(-1)?.textContent
  await panel.choose('Times of day', 'Milliseconds')
  expect(time()).toBe('1000030')
  await panel.choose('Times of day', 'UTC')
  expect(time()).toBe('00:16:40.030Z')
})

test('a size that is none is said, and what holds is kept', async () => {
  const panel = await openSettings()
  const field = `${DIALOG} .setting-size`
  await panel.type(field, '16')
  expect(panel.settings.values.textBound.value.bytes).toBe(16 * 2 ** 20)
  for (const wrong of ['', 'a', '0', '100000']) {
    await panel.type(field, wrong)
    expect(panel.one(`${DIALOG} .setting [role=alert]`).textContent).toContain('A number from 1 to 2048.')
    expect(panel.settings.values.textBound.value.bytes).toBe(16 * 2 ** 20)
  }
})

test('own names of secrets are taken over as they are typed', async () => {
  const panel = await openSettings()
  await panel.type(`${DIALOG} input[placeholder]`, 'x-tenant,  ticket')
  expect(panel.settings.values.redaction.value).toEqual({ on: true, names: ['x-tenant', 'ticket'] })
})

test('defaults can be restored, and that can be undone; what the user made is left', async () => {
  const panel = await openSettings()
  const rule = { name: 'a', url: '', text: '$.a', reasoning: '', finish: '', done: '' }
  await panel.settings.set('ownRules', [rule])
  await panel.choose('Theme', 'Dark')
  const button = (text: string) => {
    const found = panel.all(`${DIALOG} button`).find(({ textContent }) => textContent === text)
    if (found === undefined) throw new Error(`No ${text}`)
    return found
  }
  await act(() => button('Restore defaults').click())
  expect(panel.settings.values.theme.value).toBe('auto')
  expect(panel.settings.values.ownRules.value).toEqual([rule])
  await act(() => button('Undo').click())
  expect(panel.settings.values.theme.value).toBe('dark')
})

test('a site that is left alone can be switched on', async () => {
  const panel = await openSettings()
  await act(() => panel.settings.set('capture', { offEverywhere: false, offSites: ['a.test', 'b.test'] }))
  await panel.click(`${DIALOG} [aria-label="Switch capture on for a.test"]`)
  expect(panel.settings.values.capture.value).toEqual({ offEverywhere: false, offSites: ['b.test'] })
})

test('what is stored for replays can be forgotten, and that can be undone', async () => {
  const panel = await openSettings()
  const sets = [{ name: 'staging', headers: [{ name: 'x-a', value: '1', on: true }] }]
  await act(() => panel.settings.set('headerSets', sets))
  const section = () => panel.all(`${DIALOG} section`).find(({ textContent }) => textContent?.startsWith('Stored for'))
  const click = (text: string) =>
    act(() => [...(section()?.querySelectorAll('button') ?? [])].find((one) => one.textContent === text)?.click())
  expect(section()?.textContent).toContain('1 header set · variables of 0 sites')
  await click('Forget')
  expect(panel.settings.values.headerSets.value).toEqual([])
  await click('Undo')
  expect(panel.settings.values.headerSets.value).toEqual(sets)
})
