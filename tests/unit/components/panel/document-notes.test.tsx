import { expect, test } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'

test('what may hide connections is said while nothing is listed, each once', async () => {
  const panel = openPanel()
  const note = { k: 'document-note', atMs: 5, note: 'replaced', detail: 'fetch' } as const
  await panel.send(note, note, { ...note, note: 'service-worker', detail: 'http://site.test/sw.js' })
  expect(panel.all('.hint li').map(({ textContent }) => textContent.split(':')[0])).toEqual([
    'Page code (a library, or a mock) put its own fetch in front of the one that is watched',
    'A service worker controls the page (http',
  ])
})

test('with connections listed, it is told with the response of each', async () => {
  const panel = openPanel()
  await panel.stream(1, '/sse', 'data: 1\n\n')
  await panel.send({ k: 'document-note', atMs: 6, note: 'made-up', detail: 'Content-Type: text/event-stream' })
  await panel.click('[role=tab][id$=Response]')
  expect(panel.one('.sentences').textContent).toContain('Page code made a streaming Response itself')
})

test('a page without anything of the kind says nothing', () => {
  expect(openPanel().all('.hint li')).toEqual([])
})
