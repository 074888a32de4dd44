import { act } from 'preact/test-utils'
import { expect, test } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

const SHEET = 'dialog.key-sheet'
const LIST = '[aria-label=Connections][role=grid]'

test('? opens a sheet of all keys by area, and Escape is not passed on to DevTools', async () => {
  const panel = openPanel()
  await panel.stream(1, '/1', 'data: a\n\n')
  let passedOn = 0
  const onKeyDown = () => (passedOn += 1)
  document.addEventListener('keydown', onKeyDown)
  await panel.key(LIST, '?')
  expect((panel.one(SHEET) as HTMLDialogElement).open).toBe(true)
  expect(panel.all(`${SHEET} h3`).map(({ textContent }) => textContent)).toEqual([
    'Panel',
    'List of connections',
    'Events',
    'JSON and text',
    'Find and search',
    'Filter field',
    'Timeline',
    'Message',
    'Copy as',
    'Replay',
  ])
  await panel.key(SHEET, 'Escape')
  document.removeEventListener('keydown', onKeyDown)
  expect(passedOn).toBe(0)
})

test('a text field keeps its ?', async () => {
  const panel = openPanel()
  await panel.key('[aria-label="Filter connections"]', '?')
  expect(panel.all(SHEET)).toEqual([])
})

test('a button opens the sheet, and it is gone after it was closed', async () => {
  const panel = openPanel()
  await panel.click('[aria-label=Keys]')
  const sheet = panel.one(SHEET) as HTMLDialogElement
  await act(() => sheet.close())
  expect(panel.all(SHEET)).toEqual([])
})
