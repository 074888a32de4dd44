import { act } from 'preact/test-utils'
import { expect, test } from 'vitest'
import { createPanelState } from '../../../../components/panel/panel-state.ts'
import { createSettings, memoryArea } from '../../../../lib/settings.ts'
import { isOverviewVisible } from '../../../../components/timeline/Overview.tsx'
import { openPanel } from '../panel-fixture.tsx'
import { drag, keyDown, OVERVIEW, pointer, timedStream } from './timeline-fixture.ts'

const hint = '.timeline-overview .timeline-hint'

/** Two streams after one another; together they last a second, which with its room is 1020 ms for 1200 px. */
async function openTwo() {
  const panel = openPanel()
  await timedStream(panel, 1, 1000, 1400, [1100, 'data: a\n\n'], [1300, 'data: b\n\n'])
  await timedStream(panel, 2, 1600, 2000, [1700, 'data: c\n\n'], [1900, 'data: d\n\n'])
  return panel
}
const toX = (ms: number) => ((ms - 1000) / 1020) * 1200

test('dragging selects a span: only what lived and came in it is listed, and the sums say how much', async () => {
  const panel = await openTwo()
  await panel.click('[data-connection="d/2"]')
  await drag(panel, OVERVIEW, toX(1650), toX(1800))
  expect(panel.rows()).toEqual(['/2'])
  expect(panel.one('.summary').textContent).toContain('1 of 2 connections')
  expect(panel.all('[data-entry] [data-column=data]').map((cell) => cell.textContent)).toEqual(['c'])
  expect(panel.one('.timeline-overview .span-chip').textContent).toBe('0.650 s – 0.800 s')
  expect(panel.one('.timeline-sums').textContent).toBe('1 connection · 1 event · 9 B · 6.67 / s')
})

test('Escape lets go of the span, wherever the focus is; so does its cross', async () => {
  const panel = await openTwo()
  await drag(panel, OVERVIEW, toX(1650), toX(1800))
  await panel.key('[aria-label=Connections][role=grid]', 'Escape')
  expect(panel.rows()).toEqual(['/1', '/2'])
  await drag(panel, OVERVIEW, toX(1650), toX(1800))
  expect(panel.rows()).toEqual(['/2'])
  await panel.click('.timeline-overview .span-clear')
  expect(panel.rows()).toEqual(['/1', '/2'])
})

test('a span in which nothing happened says so and can be cleared', async () => {
  const panel = await openTwo()
  await drag(panel, OVERVIEW, toX(1450), toX(1550))
  expect(panel.rows()).toEqual([])
  expect(panel.one('.hint').textContent).toContain('Nothing came in the selected span')
  await panel.click('.hint button')
  expect(panel.rows()).toEqual(['/1', '/2'])
})

test('an end of the span can be taken and moved', async () => {
  const panel = await openTwo()
  await drag(panel, OVERVIEW, toX(1650), toX(1800))
  await drag(panel, OVERVIEW, toX(1650) + 2, toX(1300))
  expect(panel.one('.timeline-overview .span-chip').textContent).toBe('0.300 s – 0.800 s')
  expect(panel.rows()).toEqual(['/1', '/2'])
})

test('the wheel zooms about the pointer, with Shift it moves, a double click shows all', async () => {
  const panel = await openTwo()
  const wheel = (deltaY: number, shiftKey = false) =>
    act(() => {
      // happy-dom's wheel events have no place and no keys of their own.
      const event = new WheelEvent('wheel', { deltaY, bubbles: true, cancelable: true })
      for (const [name, value] of Object.entries({ clientX: 600, clientY: 30, shiftKey })) {
        Object.defineProperty(event, name, { value })
      }
      panel.one(OVERVIEW).dispatchEvent(event)
      expect(event.defaultPrevented).toBe(true)
    })
  const shown = () =>
    panel
      .one(hint)
      .textContent?.match(/[\d.]+(?= s)/g)
      ?.map(Number) ?? []
  await wheel(-500)
  const [from = 0, to = 0] = shown()
  expect(from).toBeGreaterThan(0.1)
  // The middle stays in the middle.
  expect((from + to) / 2).toBeCloseTo(0.51, 2)
  await wheel(200, true)
  const [movedFrom = 0, movedTo = 0] = shown()
  expect(movedFrom).toBeGreaterThan(from)
  expect(movedTo - movedFrom).toBeCloseTo(to - from, 2)
  await pointer(panel, OVERVIEW, 'dblclick', 600)
  expect(panel.one(hint).textContent).toBe('Drag to select a span of time')
})

test('keys zoom, select a span and open a lane', async () => {
  const panel = await openTwo()
  const key = (name: string, shiftKey = false) => keyDown(panel, OVERVIEW, name, shiftKey)
  await key('+')
  expect(panel.one(hint).textContent).toContain('Shown: ')
  await key('0')
  expect(panel.one(hint).textContent).not.toContain('Shown: ')
  await key('Home')
  for (let times = 0; times < 20; times += 1) await key('ArrowRight', true)
  expect(panel.one('.timeline-overview .span-chip').textContent).toBe('0.000 s – 0.204 s')
  expect(panel.rows()).toEqual(['/1'])
  await key('Escape')
  await key('ArrowDown')
  await key('Enter')
  expect(panel.selected()).toEqual(['/1'])
  await key('ArrowDown')
  expect(panel.one('.timeline-tip[role=status]').textContent).toContain('2 /2 · completed')
  await key('Enter')
  expect(panel.selected()).toEqual(['/2'])
})

test('a click chooses the lane under the pointer, and its tip says what is there', async () => {
  const panel = await openTwo()
  // Lanes are 16 px high, below an axis of as much.
  await pointer(panel, OVERVIEW, 'pointermove', toX(1300), 20)
  const tip = panel.one('.timeline-tip')
  expect(tip.textContent).toContain('1 /1 · completed')
  expect(tip.textContent).toContain('0.300 s')
  expect(tip.textContent).toContain('1 event here, 2 so far')
  await pointer(panel, OVERVIEW, 'pointermove', toX(1200), 20)
  expect(panel.one('.timeline-tip').textContent).toContain('Nothing for 200 ms')
  await pointer(panel, OVERVIEW, 'pointerdown', toX(1200), 20)
  await pointer(panel, OVERVIEW, 'pointerup', toX(1200), 20)
  expect(panel.selected()).toEqual(['/1'])
  await pointer(panel, OVERVIEW, 'pointerleave', toX(1200), 20)
  expect(panel.all('.timeline-tip')).toEqual([])
})

test('the overview can be read as a table', async () => {
  const panel = await openTwo()
  await panel.click('.timeline-buttons [aria-label="As a table"]')
  const cells = (row: number, column: string) =>
    panel.all(`[aria-label=Lanes] .lane-row:not(.head) [data-column=${column}]`)[row]?.textContent
  expect(['url', 'start', 'head', 'first', 'end', 'events', 'state'].map((column) => cells(1, column))).toEqual([
    '/2',
    '0.600 s',
    '5 ms',
    '100 ms',
    '1.000 s',
    '2',
    'completed',
  ])
})

test('the overview can be hidden and takes its span along', async () => {
  const panel = await openTwo()
  await drag(panel, OVERVIEW, toX(1650), toX(1800))
  await panel.click('.toolbar [aria-label=Timeline]')
  expect(panel.all(OVERVIEW)).toEqual([])
  expect(panel.rows()).toEqual(['/1', '/2'])
  await panel.click('.toolbar [aria-label=Timeline]')
  expect(panel.all(OVERVIEW)).toHaveLength(1)
})

test('the text filter leaves out lanes, the span does not', async () => {
  const panel = await openTwo()
  const lanes = () => panel.one(OVERVIEW).getAttribute('aria-label')?.split(' ')[0]
  await drag(panel, OVERVIEW, toX(1650), toX(1800))
  expect(lanes()).toBe('2')
  await panel.type('input[type=search]', '/1')
  expect(lanes()).toBe('1')
})

test('low panels leave the overview out, unless it is asked for or a span limits the list', () => {
  const state = new createPanelState(createSettings(memoryArea()))
  expect(isOverviewVisible(state, 500, 3)).toBe(true)
  expect(isOverviewVisible(state, 500, 0)).toBe(false)
  expect(isOverviewVisible(state, 200, 3)).toBe(false)
  state.span.value = { fromMs: 0, toMs: 1 }
  expect(isOverviewVisible(state, 200, 3)).toBe(true)
  state.toggleOverview(true)
  expect(isOverviewVisible(state, 500, 3)).toBe(false)
  state.toggleOverview(false)
  expect(isOverviewVisible(state, 200, 3)).toBe(true)
})
