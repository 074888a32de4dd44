import { expect, test } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

const FIELD = '[aria-label="Search all events"]'

test('events are found in all connections, those that come later too, and lead to the event', async () => {
  const panel = openPanel()
  await panel.stream(1, '/one', 'data: apple\n\n', 'data: pear\n\n')
  await panel.stream(2, '/two', 'data: plum\n\n', 'data: pineapple\n\n')
  await panel.click('[aria-label="Search all"]')
  await panel.type(FIELD, 'apple')
  const found = () => panel.all('[data-found]').map((row) => row.dataset['found'])
  expect(found()).toEqual(['d/1 0', 'd/2 1'])
  expect(panel.one('.search-all .view-count').textContent).toBe('2 rows in 2 connections')
  expect(panel.all('.found-row mark').map((mark) => mark.textContent)).toEqual(['apple', 'apple'])
  await panel.send({ k: 'chunk', c: 1, atMs: 60, sizeBytes: 0, text: 'data: apple pie\n\n' })
  expect(found()).toEqual(['d/1 0', 'd/1 2', 'd/2 1'])
  await panel.click('[data-found="d/1 2"]')
  expect(panel.selected()).toEqual(['/one'])
  expect(panel.one('.event-detail pre').textContent).toBe('apple pie')
})

test('a row that the filter of the Events tab hides is shown all the same', async () => {
  const panel = openPanel()
  await panel.stream(1, '/one', 'data: apple\n\n', 'data: pear\n\n')
  await panel.type('[aria-label="Filter events"]', 'apple')
  await panel.click('[aria-label="Search all"]')
  await panel.type(FIELD, 'pear')
  await panel.click('[data-found="d/1 1"]')
  expect(panel.one('.event-detail pre').textContent).toBe('pear')
  expect(panel.all('[data-entry]')).toHaveLength(2)
})

test('a mistake keeps what was found, Escape closes', async () => {
  const panel = openPanel()
  await panel.stream(1, '/one', 'data: apple\n\n')
  await panel.click('[aria-label="Search all"]')
  await panel.type(FIELD, 'apple')
  await panel.type(FIELD, 'apple size:x')
  expect(panel.all('[data-found]')).toHaveLength(1)
  expect(panel.one('.search-all .filter-errors').textContent).toContain('Expected a size')
  await panel.type(FIELD, '')
  await panel.key(FIELD, 'Escape')
  expect(panel.all('.search-all')).toEqual([])
})
