import { act } from 'preact/test-utils'
import { afterEach, expect, test } from 'vitest'
import { applyLanguage } from '../../../../lib/i18n/languages.ts'
import { englishLeft } from '../english-left.ts'
import { openPanel } from '../panel-fixture.tsx'

const speakChinese = () => act(() => applyLanguage('zh-CN', ''))
afterEach(() => applyLanguage('en', ''))

const englishIn = () => englishLeft(document.body)

test('an empty panel is Chinese throughout, and English again when that is chosen', async () => {
  const panel = openPanel()
  expect(panel.one('.hint').textContent).toContain('No streams yet.')
  await speakChinese()
  expect(panel.one('.hint').textContent).toContain('还没有流。')
  expect(englishIn()).toEqual([])
  await act(() => applyLanguage('en', ''))
  expect(panel.one('.hint').textContent).toContain('No streams yet.')
})

test.each(['Message', 'Events', 'Timeline', 'Findings', 'Request', 'Response', 'Raw'])(
  'the %s tab of a live and of an ended connection is Chinese throughout',
  async (tab) => {
    const panel = openPanel()
    await panel.stream(1, '/chat', 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n', ': beat\n\n', 'data: [DO')
    await panel.click(`[role=tab][id$="-${tab}"]`)
    await panel.click('.state-head summary')
    await speakChinese()
    expect(englishIn()).toEqual([])
    await panel.end(1)
    expect(panel.one('[data-connection] .state-word').textContent).toBe('不完整')
    expect(englishIn()).toEqual([])
  },
)

test('the sheet of keys, the search and what a filter leaves are Chinese throughout', async () => {
  const panel = openPanel()
  await panel.stream(1, '/a', 'data: one\n\n')
  await speakChinese()
  await panel.click('[aria-keyshortcuts="?"]')
  expect(panel.one('.key-sheet').textContent).toContain('上一个或下一个连接')
  await panel.click('[aria-label="全部搜索"]')
  await panel.type('.search-all input', 'one')
  expect(panel.one('.search-all [role=status]').textContent).toBe('1 行，来自 1 个连接')
  await panel.type('.toolbar input[type=search]', 'nothing-of-this')
  expect(panel.all('.hint').map(({ textContent }) => textContent)).toContainEqual(
    expect.stringContaining('没有包含“nothing-of-this”的连接。'),
  )
  expect(englishIn()).toEqual([])
})
