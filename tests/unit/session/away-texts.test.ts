import { expect, test } from 'vitest'
import { createMatchedEntries } from '../../../components/events/matched-entries.ts'
import { allEntries } from '../../../components/events/shown-entries.ts'
import { bringForHar, toHar } from '../../../lib/export/har.ts'
import { createEventTest, EVENT_GRAMMAR } from '../../../lib/filter/event-filter.ts'
import { parseFilter } from '../../../lib/filter/parse.ts'
import type { LaterRecord } from '../../../lib/session/connection.ts'
import { createConnection } from '../../../lib/session/connection.ts'
import { createTextKeeper } from '../../../lib/session/store/text-keeper.ts'
import { SEGMENT_LENGTH } from '../../../lib/session/store/text-store.ts'
import type { Connection } from '../../../lib/session/types.ts'
import { createTurnReader } from '../../../lib/turns/turn-reader.ts'
import { chunk, createRandom, dispatched, end, head, open } from '../../helpers/stream-builders.ts'
import { memoryStorage } from '../../helpers/memory-storage.ts'

const settled = () => new Promise((resolve) => setTimeout(resolve))

/** A connection that may hold `bytes` of its texts. */
function bounded(beyond: 'store' | 'drop', bytes: number, records: readonly LaterRecord[], opening = open()) {
  const storage = memoryStorage()
  const texts = createTextKeeper({ bound: () => ({ bytes, beyond }), storage: () => storage })
  const frame = { doc: 'd1', frameId: 0, top: true, url: 'https://page.test/', timeOriginMs: 0 }
  const live = createConnection({ key: 'd1/1', number: 1, frame, open: opening, texts })
  for (const record of records) live.take(record)
  return { live, view: live.view, storage, texts }
}

/** Events with ids, types, comments within and without, of any size, cut anywhere. */
function anyStream(seed: number, length: number): LaterRecord[] {
  const random = createRandom(seed)
  const any = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  let text = ''
  while (text.length < length) {
    if (random() < 0.1) text += `: ${any(['beat', 'apple'])}\n\n`
    if (random() < 0.3) text += `id: ${Math.floor(random() * 1e6)}\n`
    if (random() < 0.3) text += `event: ${any(['delta', 'apple', 'stop'])}\n`
    if (random() < 0.1) text += ': within\n'
    text += `data: ${any(['apple', 'Äpfel', 'Birne', '{"fruit":"apple"}', 'x'])}${'.'.repeat(random() ** 8 * 3_000)}\n`
    if (random() < 0.2) text += `data: ${any(['apple', 'second'])}\n`
    text += '\n'
  }
  const chunks: LaterRecord[] = []
  for (let from = 0; from < text.length;) {
    const size = 1 + Math.floor(random() ** 3 * 20_000)
    chunks.push(chunk(text.slice(from, from + size), { atMs: chunks.length }))
    from += size
  }
  return [head(), ...chunks, end()]
}

async function found(view: Connection, filter: string, fromEnd = false) {
  const { entries } = view
  const matched = createMatchedEntries(allEntries(entries), createEventTest(parseFilter(filter, EVENT_GRAMMAR), view), {
    fromEnd,
    bring: (entry) => entries.bring(entry),
  })
  for (let progress = matched.update(1000); progress !== true; progress = matched.update(1000)) await progress
  const rows = Array.from({ length: matched.length }, (_, row) => matched.entryAt(row))
  return { rows, unseen: matched.unseenCount }
}

const FILTERS = [
  'apple',
  '-apple',
  'data:birne',
  'type:apple',
  'id:77',
  '/^apple$/',
  'size:>100',
  '.fruit:app',
  'äpfel',
]

test('a filter finds the same whether texts are here, or have to be brought', async () => {
  const records = anyStream(3, 6 * SEGMENT_LENGTH)
  const { view: whole } = bounded('store', Infinity, records)
  const { view, texts } = bounded('store', SEGMENT_LENGTH, records)
  await settled()
  expect(texts.totals.storedBytes).toBeGreaterThan(3 * SEGMENT_LENGTH)
  for (const filter of FILTERS) {
    const here = await found(whole, filter)
    expect(here.rows.length, `filter ${filter}`).toBeGreaterThan(0)
    expect(await found(view, filter), `filter ${filter}`).toEqual(here)
    expect(await found(view, filter, true), `filter ${filter}`).toEqual(here)
  }
})

test.each([1, 2, 3])(
  'the search through many texts at a time finds what looking at each would (seed %i)',
  async (seed) => {
    const { view } = bounded('drop', Infinity, anyStream(seed, 3 * SEGMENT_LENGTH))
    const { entries } = view
    const all = Array.from({ length: entries.length }, (_, index) => entries.at(index))
    const has = (text: string, word: string) => text.toLowerCase().includes(word)
    for (const word of ['apple', 'second', 'with', 'e', '7']) {
      const naive = all.filter(({ data, type, id }) => [data, type, id].some((text) => has(text, word)))
      expect((await found(view, word)).rows, `filter ${word}`).toEqual(naive.map(({ index }) => index))
      expect((await found(view, word, true)).rows, `filter ${word}`).toEqual(naive.map(({ index }) => index))
      const inData = all.filter(({ data }) => !has(data, word))
      expect((await found(view, `-data:${word}`)).rows, `filter ${word}`).toEqual(inData.map(({ index }) => index))
    }
  },
)

test('of what was dropped, all but the text is known; what could not be looked at is counted', async () => {
  const records = anyStream(5, 6 * SEGMENT_LENGTH)
  const { view: whole } = bounded('store', Infinity, records)
  const { view } = bounded('drop', SEGMENT_LENGTH, records)
  const known = ({ entries }: Connection, index: number) => {
    const { kind, number, atMs, type, chunk: chunkIndex } = entries.at(index)
    return [kind, number, atMs, type, chunkIndex, entries.sizeOf(index)]
  }
  const gone = Array.from({ length: view.entries.length }, (_, index) => index).filter(
    (index) => view.entries.at(index).away === 'dropped',
  )
  expect(gone.length).toBeGreaterThan(100)
  for (const index of gone) {
    expect(known(view, index)).toEqual(known(whole, index))
    expect(view.entries.at(index).data).toBe('')
    expect(['', whole.entries.at(index).id]).toContain(view.entries.at(index).id)
  }
  expect(await found(view, 'size:>100')).toEqual(await found(whole, 'size:>100'))
  const { rows, unseen } = await found(view, 'data:apple')
  expect(unseen).toBe(gone.length)
  expect(rows).toEqual((await found(whole, 'data:apple')).rows.filter((row) => !gone.includes(row)))
  expect((await found(view, 'type:stop data:apple')).unseen).toBeLessThan(unseen)
})

test('events of an EventSource are put away and brought back as others are', async () => {
  const events = Array.from({ length: 4_000 }, (_, n) =>
    dispatched(`event ${n} ${'-'.repeat(100)}`, { id: n % 3 === 0 ? '' : `id${n >> 2}`, atMs: n }),
  )
  const opening = open({ transport: 'eventsource' })
  const { view, texts } = bounded('store', SEGMENT_LENGTH, events, opening)
  await settled()
  expect(texts.totals.storedBytes).toBeGreaterThan(SEGMENT_LENGTH)
  const { entries } = view
  expect(entries.at(7)).toMatchObject({ data: '', id: '', away: 'stored', number: 8, type: 'message' })
  expect(entries.sizeOf(7)).toBe(108)
  await entries.bring(7)
  for (const index of [0, 1, 7, 8, 3_999]) {
    const { data, id, away } = entries.at(index)
    expect([data, id, away]).toEqual([events[index]?.data, events[index]?.id, undefined])
  }
})

test('a message that is read late says how many of its events it lacks, and has the stored ones', async () => {
  const answer = (content: string) =>
    chunk(
      `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content } }] })}\n\n`,
    )
  const records = [head(), ...Array.from({ length: 3_000 }, (_, n) => answer(`word${n} ${'.'.repeat(60)}`)), end()]
  const stored = bounded('store', SEGMENT_LENGTH, records)
  await settled()
  const reader = createTurnReader(stored.view)
  while (!reader.update(10)) await settled()
  expect(reader.missing).toBe(0)
  expect(JSON.stringify(reader.turn)).toContain('word0 ')
  const dropped = bounded('drop', SEGMENT_LENGTH, records)
  const late = createTurnReader(dropped.view)
  while (!late.update(10)) await settled()
  expect(late.missing).toBeGreaterThan(1_000)
  expect(JSON.stringify(late.turn)).not.toContain('word0 ')
  expect(JSON.stringify(late.turn)).toContain('word2999 ')
})

test('an ending that is judged again goes by what was seen when the texts were here', () => {
  const { live } = bounded('drop', 0, [head(), chunk('data: a\n\ndata: unfinished'), end()])
  const { ending } = live.view
  expect(live.view.entries.at(0).away).toBe('dropped')
  live.take({ k: 'also', n: 9, atMs: 4000, c: 1, how: 'cancel', reason: null, by: 'reader.cancel', stack: '' })
  expect(live.view.ending?.verdict).toBe(ending?.verdict)
  expect(live.view.ending?.evidence).toEqual(expect.arrayContaining([...(ending?.evidence ?? [])]))
})

test('a HAR has what is stored, and says what it lacks', async () => {
  const records = anyStream(11, 4 * SEGMENT_LENGTH)
  const options = { withWire: false, withSecrets: true }
  const textOf = ({ view }: { readonly view: Connection }) => {
    const { log } = JSON.parse(toHar(view, options)) as { log: { entries: Record<string, unknown>[] } }
    const [entry = {}] = log.entries
    const { content } = entry['response'] as { content: { text?: string; comment?: string } }
    return { ...content, messages: entry['_eventSourceMessages'], leftOut: entry['_eventsLeftOut'] }
  }
  const whole = bounded('store', Infinity, records)
  const stored = bounded('store', SEGMENT_LENGTH, records)
  await settled()
  expect(bringForHar(whole.view)).toBe(null)
  expect(textOf(stored).leftOut).toBeGreaterThan(100)
  await bringForHar(stored.view)
  expect(textOf(stored)).toEqual(textOf(whole))
  const dropped = textOf(bounded('drop', SEGMENT_LENGTH, records))
  expect(dropped.comment).toMatch(/^\d+ of its characters are left out/)
  expect(textOf(whole).text?.endsWith(dropped.text ?? '-')).toBe(true)
  expect(dropped.leftOut).toBeGreaterThan(100)
})

test('a connection that is forgotten leaves nothing in the storage', async () => {
  const { live, storage, texts } = bounded('store', SEGMENT_LENGTH, anyStream(9, 4 * SEGMENT_LENGTH))
  await settled()
  expect(storage.texts.size).toBeGreaterThan(1)
  live.release()
  expect(storage.texts.size).toBe(0)
  expect(texts.totals).toMatchObject({ heldBytes: 0, storedBytes: 0 })
})
