import { expect, test } from 'vitest'
import { createJournal, type Entry } from '../../lib/journal.ts'

const entry = (c: number, sizeBytes = 10, what = 'x'): Entry => ({
  n: 0,
  next: null,
  c,
  atMs: 1,
  sizeBytes,
  json() {
    return `{"k":"${what}","n":${this.n},"c":${c}}`
  },
  letGo: () => {},
})
const read = (
  journal: ReturnType<typeof createJournal>,
  from = 1,
  limit = 1e6,
): { k: string; n: number; c: number; records?: number; sizeBytes?: number }[] =>
  JSON.parse(journal.read(from, limit)?.json ?? '[]')

test('records are numbered from 1 in the order they came, whichever kind they are', () => {
  const journal = createJournal()
  expect([journal.keep(entry(1)), journal.add(entry(1)), journal.keep(entry(2)), journal.add(entry(1))]).toEqual([
    1, 2, 3, 4,
  ])
  expect(read(journal).map(({ n }) => n)).toEqual([1, 2, 3, 4])
  expect(journal.last).toBe(4)
})

test('reading from a number gives that record and what follows', () => {
  const journal = createJournal()
  for (let i = 0; i < 10; i++) (i % 3 ? journal.add : journal.keep)(entry(1))
  expect(read(journal, 7).map(({ n }) => n)).toEqual([7, 8, 9, 10])
  expect(journal.read(11, 1e6)).toBeNull()
})

test('a batch ends near its limit and says how far it came', () => {
  const journal = createJournal()
  for (let i = 0; i < 100; i++) journal.add(entry(1))
  const first = journal.read(1, 200)
  expect(first?.first).toBe(1)
  expect(first?.last).toBeLessThan(20)
  expect(journal.read((first?.last ?? 0) + 1, 1e6)).toMatchObject({ first: (first?.last ?? 0) + 1, last: 100 })
})

test('beyond the bound the oldest chunks go, openings and endings stay, and what went is counted per connection', () => {
  const journal = createJournal(1000)
  journal.keep(entry(1, 50, 'open'))
  journal.keep(entry(2, 50, 'open'))
  for (let i = 0; i < 100; i++) journal.add(entry(1 + (i % 2), 50, 'chunk'))
  journal.keep(entry(1, 50, 'end'))
  const records = read(journal)
  expect(records.filter(({ k }) => k === 'open')).toHaveLength(2)
  expect(records.at(-1)?.k).toBe('end')
  const kept = records.filter(({ k }) => k === 'chunk')
  const dropped = records.filter(({ k }) => k === 'dropped')
  expect(dropped.map(({ c }) => c).toSorted((a, b) => a - b)).toEqual([1, 2])
  expect(kept.length + dropped.reduce((sum, { records: count = 0 }) => sum + count, 0)).toBe(100)
  expect(dropped.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0)).toBe((100 - kept.length) * 50)
  const numbers = records.map(({ n }) => n)
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('the first record stays, whatever else has to go, and so does one that is about to be read', () => {
  const journal = createJournal(1000)
  journal.keep(entry(0, 50, 'document'))
  for (let i = 0; i < 100; i++) journal.keep(entry(1, 100, 'open'))
  const records = read(journal)
  expect(records[0]).toMatchObject({ k: 'document', n: 1 })
  expect(records.at(-1)).toMatchObject({ k: 'open', n: 101 })
  expect(records.filter(({ k }) => k === 'open')).toHaveLength(4)
  journal.hold(true)
  journal.keep(entry(2, 5000, 'open'))
  expect(read(journal).map(({ k }) => k)).toContain('document')
  expect(read(journal).at(-1)).toMatchObject({ k: 'open', c: 2 })
  journal.keep(entry(2, 50, 'end'))
  expect(read(journal).at(-1)).toMatchObject({ k: 'end' })
})

test('a lower bound drops at once what is too much, a higher one holds for what comes', () => {
  const journal = createJournal(10_000)
  const add = (times: number) => {
    for (let i = 0; i < times; i++) journal.add(entry(1, 50, 'chunk'))
  }
  const held = () => read(journal).filter(({ k }) => k === 'chunk').length
  add(100)
  journal.limit(1000)
  expect(held()).toBe(20)
  journal.limit(2000)
  add(100)
  expect(held()).toBe(40)
})

test('who has read past the losses is not told of them again', () => {
  const journal = createJournal(500)
  for (let i = 0; i < 50; i++) journal.add(entry(1, 50))
  expect(read(journal, 1)[0]?.k).toBe('dropped')
  expect(read(journal, 45).every(({ k }) => k === 'x')).toBe(true)
})

test('a flood of connections is bounded too, and its losses are counted', () => {
  const journal = createJournal(10_000)
  for (let i = 1; i <= 5000; i++) journal.keep(entry(i, 50, 'open'))
  const records = read(journal)
  expect(records.filter(({ k }) => k === 'open').length).toBeLessThanOrEqual(100)
  const lost = records.filter(({ k }) => k === 'dropped').reduce((sum, { records: count = 0 }) => sum + count, 0)
  expect(lost + records.filter(({ k }) => k === 'open').length).toBe(5000)
})

test('a million records cost no more than the bound and stay in order', () => {
  const journal = createJournal(100_000)
  for (let i = 0; i < 1_000_000; i++) journal.add(entry(1, 100))
  const records = read(journal)
  expect(records[0]).toMatchObject({ k: 'dropped', records: 999_000, sizeBytes: 99_900_000 })
  expect(records.slice(1).map(({ n }) => n)).toEqual(Array.from({ length: 1000 }, (_, i) => 999_001 + i))
})
