import { expect, test } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

const LIST = '[aria-label=Connections][role=grid]'
const BAR = '[role=separator][aria-label="Resize the list"]'

test('an empty panel says what to do', () => {
  const panel = openPanel()
  expect(panel.one('.hint').textContent).toContain('No streams yet.')
})

test('a connection is a row with its figures and its ending', async () => {
  const panel = openPanel()
  await panel.stream(1, '/chat?x=1', 'data: a\n\ndata: b\n\n')
  await panel.end(1)
  const cell = (column: string) => panel.one(`[data-connection="d/1"] [data-column=${column}]`)
  expect(cell('url').title).toBe('http://site.test/chat?x=1')
  expect(
    ['url', 'method', 'transport', 'status', 'events', 'bytes', 'duration', 'state'].map(
      (name) => cell(name).textContent,
    ),
  ).toEqual(['/chat?x=1', 'GET', 'fetch', '200', '2', '18 B', '90 ms', 'completed'])
})

test('arrow keys, Home and End move the selection, and it is kept while rows come', async () => {
  const panel = openPanel()
  for (const c of [1, 2, 3]) await panel.stream(c, `/${c}`)
  await panel.click('[data-connection="d/2"]')
  expect(panel.selected()).toEqual(['/2'])
  await panel.key(LIST, 'ArrowUp')
  expect(panel.selected()).toEqual(['/1'])
  await panel.stream(4, '/4')
  expect(panel.selected()).toEqual(['/1'])
  await panel.key(LIST, 'End')
  expect(panel.selected()).toEqual(['/4'])
  await panel.key(LIST, 'Home')
  expect(panel.selected()).toEqual(['/1'])
})

test('the selection steps over a navigation divider that names the new URL', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1')
  await panel.apply({ k: 'navigated', url: 'http://site.test/next', atMs: 2_000_000 })
  await panel.stream(2, '/2')
  expect(panel.one('[data-navigation]').textContent).toContain('http://site.test/next')
  await panel.click('[data-connection="d/1"]')
  await panel.key(LIST, 'ArrowDown')
  expect(panel.selected()).toEqual(['/2'])
})

test('the filter leaves what fits, says when nothing does, and can be cleared', async () => {
  const panel = openPanel()
  await panel.stream(1, '/apples')
  await panel.stream(2, '/pears')
  await panel.type('input[type=search]', 'pear')
  expect(panel.rows()).toEqual(['/pears'])
  expect(panel.one('.summary').textContent).toContain('1 of 2 connections')
  await panel.type('input[type=search]', 'plum')
  expect(panel.one('.hint').textContent).toContain('No connection has “plum” in it.')
  await panel.click('.hint button')
  expect(panel.rows()).toEqual(['/apples', '/pears'])
})

test('clear takes ended rows away and undo puts them back', async () => {
  const panel = openPanel()
  await panel.stream(1, '/ended')
  await panel.end(1)
  await panel.stream(2, '/live')
  await panel.click('[aria-label=Clear]')
  expect(panel.rows()).toEqual(['/live'])
  await panel.click('[title="Put the cleared connections back"]')
  expect(panel.rows()).toEqual(['/ended', '/live'])
})

test('tabs follow arrow keys', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1')
  const chosen = () => panel.one('[role=tab][aria-selected=true]').textContent
  expect(chosen()).toBe('Events')
  await panel.key('[role=tablist]', 'ArrowLeft')
  expect(chosen()).toBe('Replay')
  await panel.key('[role=tablist]', 'Home')
  await panel.key('[role=tablist]', 'ArrowRight')
  expect(chosen()).toBe('Timeline')
})

test('the split bar moves by arrow keys', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1')
  const share = () => Number(panel.one(BAR).getAttribute('aria-valuenow'))
  const before = share()
  await panel.key(BAR, 'ArrowLeft')
  expect(share()).toBeLessThan(before)
})

test('a lost link is said, and what came stays', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1')
  await panel.apply({ k: 'welcome', v: 999, tabId: 1 })
  expect(panel.one('[role=alert]').textContent).toContain('Close and reopen DevTools')
  expect(panel.rows()).toEqual(['/1'])
})
