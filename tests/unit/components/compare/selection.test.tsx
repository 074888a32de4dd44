import { act } from 'preact/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

let panel: ReturnType<typeof openPanel>

beforeEach(async () => {
  panel = openPanel()
  for (const c of [1, 2, 3]) await panel.stream(c, `/run${c}`, `data: ${c}\n\n`)
  for (const c of [1, 2]) await panel.end(c)
})

const rowOf = (n: number) => `[data-connection]:nth-of-type(${n}) [data-column=number]`
const keyOf = (n: number) => panel.all('[data-connection]')[n - 1]?.dataset['connection'] ?? ''
const clickWith = (n: number, keys: MouseEventInit) =>
  act(
    () =>
      panel.one(rowOf(n)).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...keys })) as never,
  )
const heads = () => panel.all('.compare-figures thead th').map((head) => head.textContent?.split(' ')[0])
const button = (name: string) => panel.all('button').find(({ textContent }) => textContent === name)

test('one more by Ctrl, all in between by Shift, and one alone by a plain click', async () => {
  await panel.click(rowOf(1))
  await clickWith(3, { ctrlKey: true })
  expect(panel.selected()).toEqual(['/run1', '/run3'])
  await clickWith(1, { metaKey: true })
  expect(panel.selected()).toEqual(['/run3'])
  await clickWith(1, { shiftKey: true })
  expect(panel.selected()).toEqual(['/run1'])
  await panel.click(rowOf(1))
  await clickWith(3, { shiftKey: true })
  expect(panel.selected()).toEqual(['/run1', '/run2', '/run3'])
  await panel.click(rowOf(2))
  expect(panel.selected()).toEqual(['/run2'])
  expect(panel.all('.compare-bar')).toEqual([])
})

test('the comparison follows what is selected, and goes when one alone is', async () => {
  await panel.click(rowOf(1))
  await clickWith(2, { ctrlKey: true })
  await panel.key('.connections', 'c')
  expect(heads()).toEqual(['Figure', '#1', '#2'])
  await clickWith(3, { ctrlKey: true })
  expect(heads()).toEqual(['Figure', '#1', '#2', '#3'])
  await panel.click(rowOf(2))
  expect(panel.all('.compare')).toEqual([])
  expect(panel.one('.details').getAttribute('aria-label')).toBe('Connection 2')
})

test('clearing the list leaves no comparison of what is gone', async () => {
  await panel.click(rowOf(1))
  await clickWith(2, { ctrlKey: true })
  await panel.key('.connections', 'c')
  await panel.click('.toolbar [aria-label=Clear]')
  expect(panel.all('.compare')).toEqual([])
  expect(panel.rows()).toEqual(['/run3'])
})

test('c in a text field is a letter', async () => {
  await panel.click(rowOf(1))
  await clickWith(2, { ctrlKey: true })
  await panel.key('[aria-label="Filter connections"]', 'c')
  expect(panel.all('.compare')).toEqual([])
})

test('a replay is compared with its original, and all runs with each other, the original first', async () => {
  const replay = (c: number) =>
    panel.send({
      k: 'open',
      c,
      atMs: 200,
      transport: 'fetch',
      method: 'GET',
      url: `http://site.test/run2`,
      headers: [],
      body: { kind: 'none' },
      options: {},
      stack: '',
      asked: 'replay',
      replay: { run: `r${c}`, of: keyOf(2) },
    })
  await replay(4)
  await panel.click(rowOf(4))
  expect(button('Compare all runs')).toBeUndefined()
  await act(() => button('Compare with original')?.click())
  expect(heads()).toEqual(['Figure', '#2', '#4'])
  await replay(5)
  await panel.click(rowOf(2))
  expect(button('Compare with original')).toBeUndefined()
  await act(() => button('Compare all runs')?.click())
  expect(panel.one('[role=tab][aria-selected=true]').textContent).toBe('Runs')
  expect(panel.selected()).toHaveLength(3)
  await panel.click(rowOf(1))
  expect(button('Compare all runs')).toBeUndefined()
})

test('what is typed as ignored is compared by at once, and Reset takes it back', async () => {
  for (const c of [4, 5]) await panel.stream(c, `/run${c}`, `data: {"id":${c},"seq":${c},"text":"a"}\n\n`)
  for (const c of [4, 5]) await panel.end(c)
  await panel.click(rowOf(4))
  await clickWith(5, { ctrlKey: true })
  await panel.key('.connections', 'c')
  await act(() =>
    panel
      .all('[role=tab]')
      .find(({ textContent }) => textContent === 'Events')
      ?.click(),
  )
  const kinds = () => panel.all('.diff-row:not(.head)').map((row) => row.dataset['kind'])
  expect(kinds()).toEqual(['changed'])
  await panel.type('[aria-label="Ignore in JSON"]', 'id, $.seq')
  expect(kinds()).toEqual(['same'])
  expect(panel.settings.values.keptIgnored.value).toEqual({ 'site.test': 'id, $.seq' })
  await act(() => button('Reset')?.click())
  expect(kinds()).toEqual(['changed'])
  expect(panel.settings.values.keptIgnored.value).toEqual({})
})
