import { expect, test } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

const LIST = '[aria-label=Events][role=grid]'

test('events of one chunk share their time and are bracketed', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: a\n\ndata: b\n\n', 'event: tick\nid: 9\ndata: c\n\n')
  expect(panel.all('[data-entry]').map((row) => /chunk-\w+/.exec(row.className)?.[0])).toEqual([
    'chunk-first',
    'chunk-last',
    'chunk-only',
  ])
  const cells = (column: string) => panel.all(`[data-entry] [data-column=${column}]`).map((cell) => cell.textContent)
  expect(cells('number')).toEqual(['1', '2', '3'])
  expect(cells('since')).toEqual(['0.020 s', '0.020 s', '0.021 s'])
  expect(cells('delta')).toEqual(['', '0 ms', '1 ms'])
  expect(cells('type')).toEqual(['message', 'message', 'tick'])
  expect(cells('id')).toEqual(['', '', '9'])
  expect(cells('data')).toEqual(['a', 'b', 'c'])
})

test('comments and the like are shown as what they are, and can be hidden', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', ': hi\n\nretry: 5\n\ndata: a\n\nid: 3\n\n')
  const types = () => panel.all('[data-entry] [data-column=type]').map((cell) => cell.textContent)
  expect(types()).toEqual(['comment', 'retry', 'message', 'no data'])
  await panel.click('.view-bar input[type=checkbox]')
  expect(types()).toEqual(['message'])
})

test('a click opens the whole event, arrow keys change it, Escape closes it', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: {"a":{"b":1}}\n\n', 'data: plain text\n\n')
  await panel.click('[data-entry="0"]')
  expect(panel.all('[role=treeitem]').map((row) => row.textContent)).toEqual(['▾{ }', '▾a: { }', 'b: 1'])
  await panel.key(LIST, 'ArrowDown')
  expect(panel.one('.event-detail pre').textContent).toBe('plain text')
  await panel.key(LIST, 'Escape')
  expect(panel.all('.event-detail')).toEqual([])
  await panel.key(LIST, 'Enter')
  expect(panel.one('.event-detail pre').textContent).toBe('plain text')
})

test('the tree opens and closes by keyboard and shows the chosen path', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: {"a":{"b":1}}\n\n')
  await panel.click('[data-entry="0"]')
  await panel.key('[role=tree]', 'ArrowDown')
  expect(panel.one('.json-path').textContent).toBe('$.a')
  await panel.key('[role=tree]', 'ArrowLeft')
  expect(panel.all('[role=treeitem]')).toHaveLength(2)
  await panel.key('[role=tree]', 'ArrowRight')
  expect(panel.all('[role=treeitem]')).toHaveLength(3)
})

test('of many events only the visible rows are in the document', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: x\n\n'.repeat(5000))
  expect(panel.one(LIST).getAttribute('aria-rowcount')).toBe('5001')
  expect(panel.all('[data-entry]').length).toBeLessThan(60)
  expect(panel.all('[data-entry]').at(-1)?.dataset['entry']).toBe('4999')
  await panel.key(LIST, 'Home')
  expect(panel.one('[data-entry]').dataset['entry']).toBe('0')
  expect(panel.one('.jump').textContent).toContain('Jump to latest')
  await panel.click('.jump')
  expect(panel.all('[data-entry]').at(-1)?.dataset['entry']).toBe('4999')
})

test('markup in data is shown as text', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: <img src=x onerror=alert(1)>\n\n')
  await panel.click('[data-entry="0"]')
  expect(panel.all('img')).toEqual([])
  expect(panel.one('.event-detail pre').textContent).toBe('<img src=x onerror=alert(1)>')
})

test('raw text shows chunk borders, and hides them on demand', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: a\n', '\ndata: b\n\n')
  await panel.click('[role=tab][id$="-Raw"]')
  expect(panel.all('.text-row').map((row) => row.textContent)).toEqual(['data: a', '', 'data: b', ''])
  expect(panel.all('.chunk-mark').map((mark) => mark.title)).toEqual([
    'Chunk 1 · 8 B · 0.020 s',
    'Chunk 2 · 10 B · 0.021 s',
  ])
  await panel.click('.view-bar input[type=checkbox]')
  expect(panel.all('.chunk-mark')).toEqual([])
})
