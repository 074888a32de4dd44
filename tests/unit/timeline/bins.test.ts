import { expect, test } from 'vitest'
import { createRandom } from '../../helpers/stream-builders.ts'
import { eachPixel, findEdges, firstAtOrAfter, indexesIn } from '../../../lib/timeline/bins.ts'

const timed = (times: ArrayLike<number>) => ({ length: times.length, atMsOf: (index: number) => times[index] ?? 0 })

test('the first at or after a moment is the same as by looking at each', () => {
  const seed = Date.now() % 100_000
  const random = createRandom(seed)
  for (let round = 0; round < 300; round += 1) {
    const times = Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 30)).toSorted(
      (a, b) => a - b,
    )
    const ms = Math.floor(random() * 34) - 2
    const start = Math.floor(random() * (times.filter((time) => time < ms).length + 1))
    const found = times.findIndex((time) => time >= ms)
    expect(firstAtOrAfter(timed(times), ms, start), `seed ${seed}`).toBe(found === -1 ? times.length : found)
  }
})

test('parts hold exactly what came in them', () => {
  const times = [0, 10, 10, 19.9, 20, 35, 99]
  const edges = new Uint32Array(5)
  findEdges(timed(times), { fromMs: 0, toMs: 40 }, 4, edges)
  expect([...edges]).toEqual([0, 1, 4, 5, 6])
})

test('a span holds what came at its ends', () => {
  expect(indexesIn(timed([1, 2, 2, 3, 4]), { fromMs: 2, toMs: 3 })).toEqual({ from: 1, to: 4 })
  expect(indexesIn(timed([1, 5]), { fromMs: 2, toMs: 3 })).toEqual({ from: 1, to: 1 })
})

test('a million times are cut by search: a picture looks at few of them', () => {
  let looks = 0
  const many = { length: 1_000_000, atMsOf: (index: number) => (looks++, index) }
  const edges = new Uint32Array(1001)
  findEdges(many, { fromMs: 0, toMs: 1_000_000 }, 1000, edges)
  expect(edges[500]).toBe(500_000)
  expect(looks).toBeLessThan(30_000)
})

test('times that fall, as a page may fake them, end the search all the same', () => {
  const edges = new Uint32Array(11)
  findEdges(timed([9, 1, 8, 2, 7, 3]), { fromMs: 0, toMs: 10 }, 10, edges)
  expect(edges[10]).toBeLessThanOrEqual(6)
  expect([...edges]).toEqual([...edges].toSorted((a, b) => a - b))
})

test('each pixel in which something came is told once, with all that came in it', () => {
  const seen: string[] = []
  eachPixel(timed([5, 10, 10, 19.9, 35, 99]), { fromMs: 10, toMs: 50 }, 4, (px, from, to) =>
    seen.push(`${px}: ${from}–${to}`),
  )
  expect(seen).toEqual(['0: 1–4', '2: 4–5'])
})

test('pixels and parts agree, wherever the view lies', () => {
  const seed = Date.now() % 100_000
  const random = createRandom(seed)
  for (let round = 0; round < 100; round += 1) {
    const times = Array.from({ length: 200 }, () => 1e6 + random() * 1000).toSorted((a, b) => a - b)
    const fromMs = 1e6 + random() * 500
    const view = { fromMs, toMs: fromMs + random() * 800 + 1 }
    const edges = new Uint32Array(51)
    findEdges(timed(times), view, 50, edges)
    const counts = Array.from({ length: 50 }, () => 0)
    eachPixel(timed(times), view, 50, (px, from, to) => (counts[px] = to - from))
    expect(counts, `seed ${seed}`).toEqual(
      Array.from({ length: 50 }, (_, px) => (edges[px + 1] ?? 0) - (edges[px] ?? 0)),
    )
  }
})
