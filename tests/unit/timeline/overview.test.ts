import { expect, test } from 'vitest'
import { factsAt, nearestEntry } from '../../../lib/timeline/lane-facts.ts'
import { layOutLanes } from '../../../lib/timeline/lanes.ts'
import { overviewOf, rowsIn, totalsIn } from '../../../lib/timeline/overview.ts'
import type { ListRow } from '../../../lib/session/types.ts'
import { chunk, dispatched, end, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'

const ORIGIN = 1_700_000_000_000
const first = connectionOf(open({ atMs: 100 }), head(), chunk('data: a\n\n', { atMs: 200 }), end('done', { atMs: 300 }))
const second = connectionOf(
  open({ atMs: 500, transport: 'eventsource' }),
  dispatched('b', { atMs: 600 }),
  end('cancel', { atMs: 900, readyState: 2 }),
)
const live = connectionOf(open({ atMs: 800 }), head())
const row = (connection: typeof first): ListRow => ({ kind: 'connection', connection })
const navigation: ListRow = { kind: 'navigation', key: 'n', url: 'https://page.test/2', wallMs: ORIGIN + 400 }
const rows = [row(first), navigation, row(second)]

test('the axis begins with the first call and ends with the last ending', () => {
  const overview = overviewOf(rows, ORIGIN + 99_999)
  expect(overview?.bounds).toEqual({ fromMs: ORIGIN + 100, toMs: ORIGIN + 100 + 800 * 1.02 })
  expect(overview?.isLive).toBe(false)
  expect(overview?.lines).toEqual([{ atMs: ORIGIN + 400, url: 'https://page.test/2' }])
  expect(overviewOf([navigation], ORIGIN)).toBeNull()
})

test('while something lives the axis reaches beyond now', () => {
  const overview = overviewOf([...rows, row(live)], ORIGIN + 5000)
  expect(overview?.isLive).toBe(true)
  expect(overview?.bounds.toMs).toBeGreaterThan(ORIGIN + 5000)
})

test('a span leaves the rows that lived in it, and no divider without a row after it', () => {
  const span = (fromMs: number, toMs: number) => ({ fromMs: ORIGIN + fromMs, toMs: ORIGIN + toMs })
  expect(rowsIn(rows, span(150, 160), ORIGIN)).toEqual([row(first)])
  expect(rowsIn(rows, span(850, 860), ORIGIN)).toEqual([navigation, row(second)])
  expect(rowsIn(rows, span(350, 450), ORIGIN)).toEqual([])
  expect(rowsIn([row(live)], span(2000, 3000), ORIGIN + 2500)).toEqual([row(live)])
  expect(rowsIn([row(live)], span(2000, 3000), ORIGIN + 1500)).toEqual([])
})

test('sums of a span say when a size is only a part', () => {
  const span = { fromMs: ORIGIN, toMs: ORIGIN + 1000 }
  expect(totalsIn([first, second], span, ORIGIN)).toEqual({
    connections: 2,
    events: 2,
    bytes: 9,
    isBytesAtLeast: true,
  })
})

test('a place of a lane tells its events, or how long nothing came', () => {
  const at = (fromMs: number, toMs: number) => factsAt(first, { fromMs, toMs }, 9999)
  expect(at(190, 210)).toMatchObject({ events: 1, silence: null, lastEntry: 0 })
  expect(at(120, 130)).toMatchObject({ events: 0, silence: { fromMs: 100, toMs: 200 } })
  expect(at(240, 250)).toMatchObject({ events: 0, silence: { fromMs: 200, toMs: 300 } })
  expect(at(400, 410).silence).toBeNull()
  expect(at(99, 101).marks).toEqual([{ name: 'start', atMs: 100 }])
})

test('the nearest entry is the one before or after, and of those at one time the first', () => {
  const connection = connectionOf(
    open(),
    head(),
    chunk('data: a\n\ndata: b\n\n', { atMs: 200 }),
    chunk('data: c\n\n', { atMs: 300 }),
  )
  expect([0, 199, 240, 260, 900].map((atMs) => nearestEntry(connection, atMs))).toEqual([0, 0, 0, 2, 2])
  expect(nearestEntry(live, 900)).toBe(-1)
})

test('every lane has a band, in order; too many share', () => {
  for (const [count, height] of [
    [1, 100],
    [6, 100],
    [40, 100],
    [1000, 100],
    [1000, 0],
  ] as const) {
    const layout = layOutLanes(count, height)
    const bands = Array.from({ length: count }, (_, lane) => layout.bandOf(lane))
    expect(bands).toEqual(bands.toSorted((a, b) => a - b))
    expect(bands.at(-1)).toBe(layout.bandCount - 1)
    const lanes = Array.from({ length: layout.bandCount }, (_, band) => layout.lanesOf(band))
    expect(lanes.flatMap(({ from, to }) => bands.slice(from, to))).toEqual(bands)
    for (const [band, { from, to }] of lanes.entries()) expect(new Set(bands.slice(from, to))).toEqual(new Set([band]))
    expect(layout.bandCount * layout.bandPx).toBeLessThanOrEqual(Math.max(3, height))
  }
  expect(layOutLanes(2, 100).bandAt(17)).toBe(1)
  expect(layOutLanes(2, 100).bandAt(90)).toBe(-1)
})
