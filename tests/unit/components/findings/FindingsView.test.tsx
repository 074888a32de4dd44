import { expect, test, vi } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

const TAB = '[role=tab][id$="-Findings"]'
const chosenTab = (panel: ReturnType<typeof openPanel>) =>
  panel.one('[role=tab][aria-selected=true]').firstChild?.textContent

test('the tab has the number of findings, and cards with the gravest first', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'retry: soon\n\ndata: a\n\n', 'Data: lost\n\n')
  expect(panel.one(`${TAB} .badge`).textContent).toBe('2')
  await panel.click(TAB)
  expect(panel.all('.finding').map((card) => card.dataset['severity'])).toEqual(['problem', 'warning'])
  expect(panel.one('.finding h3').textContent).toBe('Misspelt field')
  expect(panel.one('.finding-sums').textContent).toBe('1 problem · 1 warning')
  expect(panel.one('.finding code').textContent).toBe('data:')
})

test('evidence leads to its event', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: a\n\ndata: b\n\nretry: soon\n\n')
  await panel.click(TAB)
  await panel.click('.finding .link')
  expect(chosenTab(panel)).toBe('Events')
  expect(panel.one('[data-entry][aria-selected=true]').dataset['entry']).toBe('2')
  expect(panel.one('.event-detail').textContent).toContain('retry: soon')
})

test('evidence leads to another connection', async () => {
  const panel = openPanel()
  for (const c of [1, 2, 3, 4, 5, 6]) await panel.stream(c, `/${c}`, 'data: a\n\n')
  await panel.click('[data-connection="d/6"]')
  await panel.click(TAB)
  expect(panel.one('.finding').dataset['rule']).toBe('connection-limit')
  await panel.click('.finding .link')
  expect(panel.selected()).toEqual(['/1'])
})

test('the list marks problems and warnings, not hints', async () => {
  const panel = openPanel()
  await panel.stream(1, '/hint', 'meta: 1\ndata: a\n\n')
  await panel.stream(2, '/warning', 'retry: soon\n\ndata: a\n\n')
  await panel.stream(3, '/both', 'retry: soon\n\nData: a\n\n')
  const marks = () =>
    panel.all('[data-connection]').map((row) => row.querySelector('.finding-mark')?.getAttribute('aria-label'))
  // Rows are looked through a few at a time.
  await vi.waitFor(() =>
    expect(marks()).toEqual([undefined, 'Finding: Bad retry', '2 findings: Misspelt field, Bad retry']),
  )
})

test('nothing found is said with what was looked at', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: a\n\ndata: b\n\n')
  await panel.click(TAB)
  expect(panel.all('.badge')).toEqual([])
  expect(panel.one('[role=tabpanel]').textContent).toMatch(/^Nothing found so far\. \d+ rules looked at 2 events\.$/)
})
