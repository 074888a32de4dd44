import { act } from 'preact/test-utils'
import { expect, test } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

const LIST = '[aria-label=Connections][role=treegrid]'

async function openGrouped() {
  const panel = openPanel()
  await panel.stream(1, '/chat?n=1', 'data: a\n\n')
  await panel.stream(2, '/ticks', 'data: a\n\n')
  await panel.stream(3, '/chat?n=2', 'data: a\n\n')
  await act(() => {
    const select = panel.one('[aria-label="Group connections"]') as HTMLSelectElement
    select.selectedIndex = 2
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })
  return { ...panel, marked: () => panel.all(`${LIST} [aria-selected=true]`).map(({ textContent }) => textContent) }
}

test('by URL, connections stand under the head of their group, and a click closes it', async () => {
  const panel = await openGrouped()
  expect(panel.rows()).toEqual(['/chat?n=1', '/chat?n=2', '/ticks'])
  expect(panel.all('[data-group]').map(({ textContent }) => textContent)).toEqual([
    'http://site.test/chat2, 2 live',
    'http://site.test/ticks1, 1 live',
  ])
  await panel.click('[data-group]')
  expect(panel.rows()).toEqual(['/ticks'])
  expect(panel.one('[data-group]').getAttribute('aria-expanded')).toBe('false')
  await panel.click('[data-group]')
  expect(panel.rows()).toHaveLength(3)
})

test('keys go over heads, close and open groups, and come from a connection to its head', async () => {
  const panel = await openGrouped()
  await panel.key(LIST, 'Home')
  expect(panel.marked()[0]).toContain('http://site.test/chat')
  await panel.key(LIST, 'ArrowLeft')
  expect(panel.rows()).toEqual(['/ticks'])
  await panel.key(LIST, 'ArrowRight')
  expect(panel.rows()).toHaveLength(3)
  await panel.key(LIST, 'ArrowDown')
  expect(panel.selected()).toEqual(['/chat?n=1'])
  await panel.key(LIST, 'ArrowLeft')
  expect(panel.rows()).toEqual(['/ticks'])
  await panel.key(LIST, 'Enter')
  expect(panel.rows()).toHaveLength(3)
})

test('how the list is grouped is remembered', async () => {
  const panel = await openGrouped()
  expect(panel.settings.values.layout.value.grouping).toBe('url')
})
