import { act } from 'preact/test-utils'
import { afterEach, expect, test } from 'vitest'
import { applyLanguage } from '../../../../lib/i18n/languages.ts'
import { openPanel } from '../panel-fixture.tsx'

afterEach(() => applyLanguage('en', ''))

test('findings that are shown follow the language, also where nothing more comes', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'retry: soon\n\ndata: a\n\n')
  await panel.click('[role=tab][id$="-Findings"]')
  expect(panel.one('.finding h3').textContent).toBe('Bad retry')
  await act(() => applyLanguage('zh-CN', ''))
  expect(panel.one('.finding h3').textContent).toBe('retry 无效')
  expect(panel.one('.finding > p').textContent).toContain('浏览器会忽略它')
  expect(panel.one('.finding-mark').getAttribute('aria-label')).toContain('retry 无效')
  await act(() => applyLanguage('en', ''))
  expect(panel.one('.finding h3').textContent).toBe('Bad retry')
})
