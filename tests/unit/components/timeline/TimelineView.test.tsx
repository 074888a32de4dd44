import { act } from 'preact/test-utils'
import { expect, test } from 'vitest'
import { openPanel } from '../panel-fixture.tsx'
import { CHARTS, drag, keyDown, pointer, timedStream } from './timeline-fixture.ts'

type Panel = ReturnType<typeof openPanel>

async function openTab(...chunks: readonly (readonly [atMs: number, text: string])[]): Promise<Panel> {
  const panel = openPanel()
  await timedStream(panel, 1, 1000, 2000, ...chunks)
  await act(() =>
    panel
      .all('[role=tab]')
      .find((tab) => tab.textContent === 'Timeline')
      ?.click(),
  )
  return panel
}

function figure(panel: Panel, name: string): readonly string[] {
  return [...panel.one(`[data-figure="${name}"]`).querySelectorAll('td')].map((cell) => cell.textContent ?? '')
}

const CHUNKS = [
  [1100, 'data: a\n\ndata: b\n\n'],
  [1150, ': beat\n\n'],
  [1200, 'data: c\n\n'],
  [1900, 'data: d\n\n'],
] as const

test('figures tell what came, each with how it is computed', async () => {
  const panel = await openTab(...CHUNKS)
  expect(
    Object.fromEntries(
      panel.all('[data-figure]').map((row) => [row.dataset['figure'], row.querySelector('td')?.textContent]),
    ),
  ).toEqual({
    Head: '5 ms',
    'First byte (TTFB)': '100 ms',
    'First event (TTFE)': '100 ms',
    'First text (TTFT)': '–',
    Duration: '1.00 s',
    Events: '4',
    Heartbeats: '1 (1 comments, 0 pings)',
    Bytes: '44 B',
    Chunks: '4',
    'Events per chunk': '1, at most 2',
    'Gap, median': '100 ms',
    'Gap, p95': '700 ms',
    'Gap, p99': '700 ms',
    'Gap, longest': '700 ms',
    'Event rate': '2.5 / s',
    'Byte rate': '33 B / s',
  })
  for (const row of panel.all('[data-figure]')) expect(row.title.length).toBeGreaterThan(20)
})

test('figures of the selected span stand beside those of the whole', async () => {
  const panel = await openTab(...CHUNKS)
  // 1020 ms on 1200 px: from 1.05 s to 1.25 s after 1 s.
  await drag(panel, CHARTS, 50 * (1200 / 1020), 250 * (1200 / 1020))
  expect(figure(panel, 'Events')).toEqual(['4', '3'])
  expect(figure(panel, 'Heartbeats')[1]).toBe('1 (1 comments, 0 pings)')
  expect(figure(panel, 'Chunks')).toEqual(['4', '3'])
  expect(figure(panel, 'Bytes')).toEqual(['44 B', '35 B'])
  expect(figure(panel, 'Gap, longest')).toEqual(['700 ms', '100 ms'])
  expect(figure(panel, 'Duration')).toEqual(['1.00 s', ''])
})

test('the longest gaps come first, and jump to the event that ended them', async () => {
  const panel = await openTab(...CHUNKS)
  const gaps = panel.all('.longest-gaps tr').map((row) => row.textContent)
  expect(gaps).toEqual([
    '700 msbefore #4from 0.200 s',
    '100 msbefore #3from 0.100 s',
    '100 msafter #4, until the endfrom 0.900 s',
  ])
  await panel.click('[data-gap="4"] button')
  expect(panel.one('[role=tab][aria-selected=true]').textContent).toBe('Events')
  expect(panel.one('[data-entry][aria-selected=true]').dataset['entry']).toBe('4')
  expect(panel.one('.event-detail').textContent).toContain('#4')
})

test('a jump to an event that the span hides lets go of the span', async () => {
  const panel = await openTab(...CHUNKS)
  await drag(panel, CHARTS, 50 * (1200 / 1020), 250 * (1200 / 1020))
  await panel.click('[data-gap="4"] button')
  expect(panel.all('.span-chip')).toEqual([])
  expect(panel.one('[data-entry][aria-selected=true]').dataset['entry']).toBe('4')
})

test('gaps are counted by length', async () => {
  const panel = await openTab(...CHUNKS)
  expect(panel.all('.histogram tr').map((row) => row.textContent)).toEqual([
    '100 – 200 ms1',
    '200 – 500 ms0',
    '0.5 – 1 s1',
  ])
})

test('the tip under the pointer tells the event, its chunk and what came so far', async () => {
  const panel = await openTab(...CHUNKS)
  await pointer(panel, CHARTS, 'pointermove', 100 * (1200 / 1020) + 1, 60)
  const text = panel.one('.timeline-tip').textContent
  expect(text).toContain('first byte: 100 ms after the start')
  expect(text).toContain('Event #1 at 0.100 s')
  expect(text).toContain('Chunk 1: 18 B, 2 events')
  expect(text).toContain('So far: 2 events, 18 B')
  await pointer(panel, CHARTS, 'pointermove', 500 * (1200 / 1020), 60)
  expect(panel.one('.timeline-tip').textContent).toContain('Nothing for 700 ms')
})

test('the keyboard’s cursor names the nearest event, and Enter shows it', async () => {
  const panel = await openTab(...CHUNKS)
  await keyDown(panel, CHARTS, 'End')
  expect(panel.one('.timeline-view .timeline-hint').textContent).toBe('Event #4 at 0.900 s')
  await keyDown(panel, CHARTS, 'Enter')
  expect(panel.one('[data-entry][aria-selected=true]').dataset['entry']).toBe('4')
})

test('the charts can be read as a table whose parts add up', async () => {
  const panel = await openTab(...CHUNKS)
  await act(() => {
    const details = panel.one('.arrivals') as HTMLDetailsElement
    details.open = true
    details.dispatchEvent(new Event('toggle'))
  })
  const rows = panel.all('.arrivals tbody tr').map((row) => [...row.children].map((cell) => cell.textContent))
  expect(rows).toHaveLength(20)
  const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0)
  expect([sum(1), sum(2)]).toEqual([4, 4])
  expect(rows.at(-1)?.[4]).toBe('4')
})

test('a stream without events has figures all the same', async () => {
  const panel = await openTab()
  expect(figure(panel, 'Events')).toEqual(['0'])
  expect(figure(panel, 'Gap, median')).toEqual(['–'])
  expect(panel.one('.timeline-figures').textContent).toContain('No gaps')
})
