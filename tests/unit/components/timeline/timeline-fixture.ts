/** Streams at given times, and a pointer on the timelines; the fixture's elements are 1200 px wide. */
import { act } from 'preact/test-utils'
import type { openPanel } from '../panel-fixture.tsx'

type Panel = ReturnType<typeof openPanel>

export const OVERVIEW = '.timeline-overview .timeline-stage'
export const CHARTS = '.timeline-charts'

/** An ended stream whose chunks came at these moments; the call is at the first one's `startMs`. */
export async function timedStream(
  panel: Panel,
  c: number,
  startMs: number,
  endMs: number,
  ...chunks: readonly (readonly [atMs: number, text: string])[]
): Promise<void> {
  await panel.send(
    {
      k: 'open',
      c,
      atMs: startMs,
      transport: 'fetch',
      method: 'GET',
      url: `http://site.test/${c}`,
      headers: [],
      body: { kind: 'none' },
      options: {},
      stack: '',
      asked: '',
    },
    {
      k: 'head',
      c,
      atMs: startMs + 5,
      status: 200,
      statusText: 'OK',
      type: 'basic',
      redirected: false,
      url: '',
      headers: [['content-type', 'text/event-stream']],
      declared: 'Content-Type: text/event-stream',
    },
    ...chunks.map(([atMs, text]) => ({ k: 'chunk' as const, c, atMs, sizeBytes: text.length, text })),
    { k: 'end', c, atMs: endMs, how: 'done', reason: null, by: '', stack: '', signal: null, readyState: -1 },
  )
}

export function pointer(panel: Panel, selector: string, type: string, x: number, y = 30, more: PointerEventInit = {}) {
  return act(() => {
    const event = new PointerEvent(type, {
      clientX: x,
      clientY: y,
      pointerId: 1,
      bubbles: true,
      cancelable: true,
      ...more,
    })
    panel.one(selector).dispatchEvent(event)
  })
}

export async function drag(panel: Panel, selector: string, fromX: number, toX: number): Promise<void> {
  await pointer(panel, selector, 'pointerdown', fromX)
  await pointer(panel, selector, 'pointermove', (fromX + toX) / 2)
  await pointer(panel, selector, 'pointermove', toX)
  await pointer(panel, selector, 'pointerup', toX)
}

export function keyDown(panel: Panel, selector: string, key: string, shiftKey = false) {
  return act(() => {
    const event = new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true })
    panel.one(selector).dispatchEvent(event)
  })
}
