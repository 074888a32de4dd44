import { act } from 'preact/test-utils'
import { expect, test, vi } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

const FIELD = '[aria-label="Filter events"]'
type Panel = ReturnType<typeof openPanel>

const data = (panel: Panel) => panel.all('[data-entry] [data-column=data]').map((cell) => cell.textContent)
const heads = (panel: Panel) => panel.all('.event-row > [role=columnheader]').map((cell) => cell.dataset['column'])
const press = (key: string, options: KeyboardEventInit = {}) =>
  act(() => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }))
  })
const keyAt = (panel: Panel, selector: string, key: string, options: KeyboardEventInit) =>
  act(() => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options })
    panel.one(selector).dispatchEvent(event)
  })

test('the filter applies as it is typed, and to what comes later', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: apple\n\n', 'data: pear\n\n', ': apple\n\n')
  await panel.type(FIELD, 'apple is:event')
  expect(data(panel)).toEqual(['apple'])
  expect(panel.one('.events-bar .view-count').textContent).toBe('1 of 2 events and 1 other')
  await panel.send({ k: 'chunk', c: 1, atMs: 50, sizeBytes: 0, text: 'data: pineapple\n\ndata: plum\n\n' })
  expect(data(panel)).toEqual(['apple', 'pineapple'])
  await panel.key(FIELD, 'Escape')
  await panel.key(FIELD, 'Escape')
  expect(data(panel)).toHaveLength(5)
})

test('a mistake is said below the field, and the list stays as it was', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: apple\n\n', 'data: pear\n\n')
  await panel.type(FIELD, 'apple')
  await panel.type(FIELD, 'apple type:/(/')
  expect(panel.one('.filter-errors').textContent).toContain('type:/(/ Not a regular expression')
  expect(panel.one(FIELD).getAttribute('aria-invalid')).toBe('true')
  expect(data(panel)).toEqual(['apple'])
  await panel.type(FIELD, 'pear')
  expect(panel.all('.filter-errors')).toEqual([])
  expect(data(panel)).toEqual(['pear'])
})

test('nothing fits: the list says so and gives a way back', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: apple\n\n')
  await panel.type(FIELD, 'plum')
  expect(panel.one('.events-list .hint').textContent).toContain('No row fits the filter.')
  await panel.click('.events-list .hint button')
  expect(data(panel)).toEqual(['apple'])
})

test('keys and the values that came are offered; arrow keys, Tab, Enter and Escape choose', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'event: tick\ndata: a\n\n', 'event: tock\ndata: b\n\n')
  const offered = () => panel.all('[role=option]').map((option) => option.textContent)
  await panel.type(FIELD, 'ty')
  expect(offered()).toEqual(['type:event type'])
  expect(panel.one(FIELD).getAttribute('aria-expanded')).toBe('true')
  await panel.key(FIELD, 'Tab')
  expect((panel.one(FIELD) as HTMLInputElement).value).toBe('type:')
  expect(offered()).toEqual(['tick', 'tock'])
  await panel.key(FIELD, 'ArrowDown')
  await panel.key(FIELD, 'ArrowDown')
  expect(panel.one('[role=option][aria-selected=true]').textContent).toBe('tock')
  await panel.key(FIELD, 'Enter')
  expect((panel.one(FIELD) as HTMLInputElement).value).toBe('type:tock ')
  expect(data(panel)).toEqual(['b'])
  await panel.type(FIELD, 'i')
  expect(offered()).not.toEqual([])
  await panel.key(FIELD, 'Escape')
  expect(offered()).toEqual([])
  expect((panel.one(FIELD) as HTMLInputElement).value).toBe('i')
})

test('Ctrl+F finds, counts and marks, and Enter goes from one to the next', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: one fish\n\n', 'data: two\n\n', 'event: fish\ndata: three\n\n')
  await press('f', { ctrlKey: true })
  await panel.type('[aria-label=Find]', 'FISH')
  expect(panel.one('.find-count').textContent).toBe('2 rows')
  expect(panel.all('.events mark').map((mark) => mark.textContent)).toEqual(['fish', 'fish'])
  const chosen = () => panel.one('[data-entry][aria-selected=true]').dataset['entry']
  await panel.key('[aria-label=Find]', 'Enter')
  expect([chosen(), panel.one('.find-count').textContent]).toEqual(['0', '1 of 2'])
  await panel.key('[aria-label=Find]', 'Enter')
  expect([chosen(), panel.one('.find-count').textContent]).toEqual(['2', '2 of 2'])
  await panel.key('[aria-label=Find]', 'Enter')
  expect(chosen()).toBe('0')
  await keyAt(panel, '[aria-label=Find]', 'Enter', { shiftKey: true })
  expect(chosen()).toBe('2')
  await panel.send({ k: 'chunk', c: 1, atMs: 50, sizeBytes: 0, text: 'data: fish again\n\n' })
  expect(panel.one('.find-count').textContent).toBe('2 of 3')
  await panel.key('[aria-label=Find]', 'Escape')
  expect(panel.all('.find-bar, .events mark')).toEqual([])
})

test('what is found beyond the end of a cell is brought into it', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', `data: ${'x'.repeat(3000)} needle\n\n`)
  await press('f', { metaKey: true })
  await panel.type('[aria-label=Find]', 'needle')
  expect(data(panel)).toEqual(['…xxxxxxx needle'])
})

test('what comes while sorting rests is sorted in, though nothing else comes', async () => {
  let clockMs = 0
  // Sorting seems to take long: it rests for some times as long.
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (clockMs += 20))
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: b\n\ndata: c\n\n')
  await panel.click('[data-column=data] .head-button')
  await vi.waitFor(() => expect(data(panel)).toEqual(['b', 'c']))
  await panel.send({ k: 'chunk', c: 1, atMs: 50, sizeBytes: 0, text: 'data: a\n\n' })
  await vi.waitFor(() => expect(data(panel)).toEqual(['a', 'b', 'c']))
  clock.mockRestore()
})

test('a head sorts rising, falling and not at all, and the size of the data can be shown', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: bbb\n\n', 'data: a\n\n', 'data: cc\n\n')
  const sort = () => panel.click('[data-column=data] .head-button')
  await sort()
  expect(data(panel)).toEqual(['a', 'bbb', 'cc'])
  expect(panel.one('[role=columnheader][data-column=data]').getAttribute('aria-sort')).toBe('ascending')
  await panel.send({ k: 'chunk', c: 1, atMs: 50, sizeBytes: 0, text: 'data: aa\n\n' })
  await panel.end(1)
  expect(data(panel)).toEqual(['a', 'aa', 'bbb', 'cc'])
  await sort()
  expect(data(panel)).toEqual(['cc', 'bbb', 'aa', 'a'])
  await sort()
  expect(data(panel)).toEqual(['bbb', 'a', 'cc', 'aa'])
  expect(heads(panel)).toEqual(['number', 'time', 'since', 'delta', 'type', 'id', 'data'])
  const box = panel.all('.columns-line').find((line) => line.textContent?.startsWith('Size'))
  await act(() => box?.querySelector('input')?.click())
  expect(heads(panel)).toEqual(['number', 'time', 'since', 'delta', 'type', 'id', 'size', 'data'])
  expect(panel.all('[data-entry] [data-column=size]').map((cell) => cell.textContent)).toEqual([
    '3 B',
    '1 B',
    '2 B',
    '2 B',
  ])
})

test('columns are moved and made wider by keys, and that is remembered', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: a\n\n')
  const DATA_HEAD = '[data-column=data] .head-button'
  await keyAt(panel, DATA_HEAD, 'ArrowLeft', { shiftKey: true })
  expect(heads(panel)).toEqual(['number', 'time', 'since', 'delta', 'type', 'data', 'id'])
  await keyAt(panel, '[data-column=type] .head-button', 'ArrowRight', { altKey: true })
  const { order, widthsPx } = panel.settings.values.eventsTable.value
  expect(order.indexOf('data')).toBeLessThan(order.indexOf('id'))
  expect(widthsPx).toHaveProperty('type')
})

test('an open event is shown escaped, as bytes, and against the one before of its type', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: {"a":1}\n\n', 'event: other\ndata: x\n\n', 'data: {"a":2}\n\n')
  await panel.click('[data-entry="2"]')
  const show = (name: string) =>
    act(() => {
      const select = panel.one('.view-select') as HTMLSelectElement
      select.value = name
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
  await show('Diff')
  expect(panel.one('.hex-what').textContent).toBe('From #1 to #3, both message')
  expect(panel.one('.diff').textContent).toBe('  {\n−   "a": 1\n+   "a": 2\n  }\n')
  await show('HTML-escaped')
  expect(panel.one('.event-detail pre').textContent).toBe('{&quot;a&quot;:2}')
  await show('Hex')
  expect(panel.one('.event-detail pre').textContent).toContain('7b 22 61 22 3a 32 7d')
  await panel.click('[data-entry="1"]')
  expect(panel.one('.event-detail pre').textContent).toContain('78')
})

test('the tree is searched: matches are counted, marked and opened', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: {"a":{"b":{"c":{"deep":"needle"}}},"z":1}\n\n')
  await panel.click('[data-entry="0"]')
  expect(panel.all('[role=treeitem]').map((row) => row.textContent)).not.toContain('deep: "needle"')
  await panel.type('.tree-search', 'needle')
  expect(panel.one('.tree-count').textContent).toBe('1')
  await panel.key('.tree-search', 'Enter')
  expect(panel.one('.json-path').textContent).toBe('$.a.b.c.deep')
  expect(panel.one('[role=treeitem] mark').textContent).toBe('needle')
})
