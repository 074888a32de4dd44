import { expect, test } from 'vitest'
import type { Colours } from '../../../../components/timeline/colours.ts'
import { createLanePainter, type LanesPicture } from '../../../../components/timeline/lane-painter.ts'
import type { Connection } from '../../../../lib/session/types.ts'
import { chunk, end, head, open } from '../../../helpers/stream-builders.ts'
import { connectionOf } from '../../session/connection-of.ts'

const ORIGIN = 1_700_000_000_000
const COLOURS = new Proxy({}, { get: (_, name) => String(name) }) as Colours

/** Counts what is drawn. */
function canvas() {
  const drawn = { rects: 0, colours: new Set<string>() }
  const context = {
    fillStyle: '',
    fillRect() {
      drawn.rects += 1
      drawn.colours.add(context.fillStyle)
    },
    measureText: () => ({ width: 20 }),
    ...Object.fromEntries(
      ['clearRect', 'fillText', 'beginPath', 'rect', 'fill', 'stroke', 'moveTo', 'lineTo', 'closePath'].map((name) => [
        name,
        () => {},
      ]),
    ),
  }
  return { drawn, context: context as unknown as CanvasRenderingContext2D }
}

function stream(key: string, ...times: readonly number[]): Connection {
  const chunks = times.map((atMs, index) => chunk(`data: ${index}\n\n`, { atMs }))
  return { ...connectionOf(open(), head(), ...chunks, end('done', { atMs: 1000 })), key }
}

const picture = (lanes: readonly Connection[], more: Partial<LanesPicture> = {}): LanesPicture => ({
  lanes,
  selectedKey: null,
  view: { fromMs: ORIGIN, toMs: ORIGIN + 1000 },
  size: { width: 1000, height: 100 },
  nowMs: ORIGIN + 1000,
  colours: COLOURS,
  ...more,
})

test('what did not change is not drawn again', () => {
  const painter = createLanePainter()
  const { drawn, context } = canvas()
  const lanes = [stream('a', 200, 300), stream('b', 400)]
  expect(painter.paint(context, picture(lanes), 1000)).toBe(true)
  const { rects } = drawn
  expect(rects).toBeGreaterThan(0)
  expect(painter.paint(context, picture(lanes), 1000)).toBe(true)
  expect(drawn.rects).toBe(rects)
  // Only the lane that is selected now.
  painter.paint(context, picture(lanes, { selectedKey: 'b' }), 1000)
  expect(drawn.rects).toBeGreaterThan(rects)
  expect(drawn.rects).toBeLessThan(rects * 2)
})

test('without time left it draws a few bands a frame, until all are drawn', () => {
  const painter = createLanePainter()
  const { context } = canvas()
  const lanes = Array.from({ length: 6 }, (_, index) => stream(String(index), 200 + index))
  const done = Array.from({ length: 2 }, () => painter.paint(context, picture(lanes), -1))
  expect(done).toEqual([false, true])
})

test('a million events cost no more than the lane is wide', () => {
  const painter = createLanePainter()
  const { drawn, context } = canvas()
  const count = 1_000_000
  let looks = 0
  const base = stream('a', 200, 300)
  const entries: Connection['entries'] = {
    ...base.entries,
    length: count,
    atMsOf: (index) => (looks++, 150 + (index * 850) / count),
    eventsAmong: (among) => among,
  }
  painter.paint(context, picture([{ ...base, entries, eventCount: count }]), 1000)
  expect(drawn.rects).toBeLessThan(3000)
  expect(looks).toBeLessThan(60_000)
})

test('a long silence is hollow, in the colour of a warning', () => {
  const drawnWith = (...times: readonly number[]) => {
    const { drawn, context } = canvas()
    createLanePainter().paint(
      context,
      picture([stream('a', ...times)], { view: { fromMs: ORIGIN, toMs: ORIGIN + 9000 } }),
      1000,
    )
    return drawn.colours
  }
  const steady = Array.from({ length: 8 }, (_, index) => 200 + index * 100)
  expect(drawnWith(...steady)).not.toContain('warn')
  expect(drawnWith(...steady, 8000)).toContain('warn')
})
