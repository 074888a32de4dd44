import { act } from 'preact/test-utils'
import { expect, test } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

async function openEditor() {
  const panel = openPanel()
  await panel.stream(1, '/chat?a=1&b=2', 'data: a\n\n')
  await panel.key('.details', 'r')
  const values = (table: string) =>
    panel.all(`[aria-label=${table}] :is(.cell-name, .cell-value) input`).map((one) => (one as HTMLInputElement).value)
  return { ...panel, values, url: () => (panel.one('.url-field') as HTMLInputElement).value }
}

test('R opens the request editor with the request in it', async () => {
  const { url, values, one } = await openEditor()
  expect(url()).toBe('http://site.test/chat?a=1&b=2')
  expect(values('Query')).toEqual(['a', '1', 'b', '2', '', ''])
  expect((one('.method-field') as HTMLInputElement).value).toBe('GET')
})

test('R in a text field is a letter', async () => {
  const panel = openPanel()
  await panel.stream(1, '/chat', 'data: a\n\n')
  await panel.key('.toolbar input', 'r')
  expect(panel.all('.replay-view')).toEqual([])
})

test('the table and the URL are two sights of one thing', async () => {
  const panel = await openEditor()
  await panel.type('.url-field', 'http://site.test/other?x=%20&y')
  expect(panel.values('Query')).toEqual(['x', ' ', 'y', '', '', ''])
  await panel.type('[aria-label=Query] [aria-label="Row 2: value"]', 'é')
  expect(panel.url()).toBe('http://site.test/other?x=%20&y=%C3%A9')
  await panel.click('[aria-label=Query] [aria-label="Row 1: remove"]')
  expect(panel.url()).toBe('http://site.test/other?y=%C3%A9')
})

test('what is typed in the empty row becomes a row, in the same field', async () => {
  const panel = await openEditor()
  const field = panel.one('[aria-label=Headers] [aria-label="Name of a new row"]')
  await panel.type('[aria-label=Headers] [aria-label="Name of a new row"]', 'X')
  expect(panel.one('[aria-label=Headers] [aria-label="Row 1: name"]')).toBe(field)
  expect(panel.values('Headers')).toEqual(['X', '', '', ''])
})

test('headers as text follow undo', async () => {
  const panel = await openEditor()
  const asText = panel.all('.text-button').find(({ textContent }) => textContent === 'As text')
  await act(() => asText?.click())
  const text = () => panel.one('.wide-text') as HTMLTextAreaElement
  await panel.type('.wide-text', 'A: 1\nhalf')
  expect(text().value).toBe('A: 1\nhalf')
  await panel.click('[aria-label=Undo]')
  expect(text().value).toBe('')
  await panel.click('[aria-label=Redo]')
  expect(text().value).toContain('A: 1')
})

test('a live stream that goes on leaves the draft alone', async () => {
  const panel = await openEditor()
  await panel.type('.url-field', 'http://site.test/draft')
  await panel.send({ k: 'chunk', c: 1, atMs: 90, sizeBytes: 9, text: 'data: b\n\n' })
  await panel.end(1)
  expect(panel.url()).toBe('http://site.test/draft')
})
