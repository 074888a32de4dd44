import { expect, test, vi } from 'vitest'
import { findingsOf, toMarkdown } from '../../../lib/findings/findings.ts'
import { createConnection } from '../../../lib/session/connection.ts'
import { chunk, end, head, open } from '../../helpers/stream-builders.ts'
import { CALL_MS, events, fetched, lookAt } from './streams.ts'
import { HEALTHY } from './healthy.ts'

const FRAME = { doc: 'd1', frameId: 0, top: true, url: 'https://page.test/', timeOriginMs: 1_700_000_000_000 }

test.for(HEALTHY)('healthy, at every moment: $name', ({ open: opening, records }) => {
  const live = createConnection({ key: 'd1/1', number: 1, frame: FRAME, open: opening })
  const { view } = live
  const look = (nowMs: number) => findingsOf(view, { nowMs, connections: [view] }, Infinity).findings
  const found: unknown[] = []
  records.forEach((record, index) => {
    expect(live.take(record)).toBe(true)
    found.push(...look(record.atMs))
    // As late as can be, before the next thing comes.
    const nextMs = records[index + 1]?.atMs ?? record.atMs + 1000
    found.push(...look(view.alive ? nextMs - 0.01 : record.atMs))
  })
  expect(found).toEqual([])
  expect(findingsOf(view, { nowMs: CALL_MS, connections: [view] }).complete).toBe(true)
})

test('a long stream is looked through in steps, each part once, and says so while it is at it', () => {
  const connection = fetched({
    type: '',
    chunks: Array.from({ length: 50 }, (_, n) => [n + 100, events(100)] as const),
  })
  const looked = { entries: 0, chunks: 0 }
  const { entries, chunks } = connection
  const counting = {
    ...connection,
    entries: {
      ...entries,
      length: entries.length,
      kindOf: (index: number) => ((looked.entries += 1), entries.kindOf(index)),
    },
    chunks: { ...chunks, length: chunks.length, at: (index: number) => ((looked.chunks += 1), chunks.at(index)) },
  }
  const context = { nowMs: 1000, connections: [] }
  let calls = 0
  let done = false
  while (!done) {
    const before = looked.entries + looked.chunks
    done = findingsOf(counting, context, 500).complete
    calls += 1
    expect(looked.entries + looked.chunks - before).toBeLessThanOrEqual(500)
  }
  expect(calls).toBe(Math.ceil((5000 + 50) / 500))
  expect(looked.chunks).toBe(50)
  expect(looked.entries).toBe(5000)
})

test('in steps or in one go, the findings are the same', () => {
  const stream = () =>
    fetched({
      headers: [['content-encoding', 'gzip']],
      chunks: [
        [2000, `Data: x\n\n${events(30)}event: done\n\n`],
        [4000, events(30)],
      ],
    })
  const inSteps = stream()
  const context = { nowMs: 4100, connections: [] }
  while (!findingsOf(inSteps, context, 3).complete);
  expect(findingsOf(inSteps, context, 1).findings).toEqual(lookAt(stream()))
})

test('what is looked at in small steps may be put off, keeps what was said of it, and comes to the same', async () => {
  let clockMs = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (clockMs += 1))
  const stream = () => fetched({ chunks: [[100, `${events(2)}retry: x\n\nData: a\n\n`]] })
  const context = { nowMs: 200, connections: [] }
  const look = (connection: ReturnType<typeof stream>) => findingsOf(connection, context, 300, 4)
  const known = stream()
  const said = findingsOf(known, context).findings
  const rows = Array.from({ length: 30 }, stream)
  // All in one task, which has time for few of them.
  let left = rows.filter((row) => !look(row).complete)
  expect(left.length).toBeGreaterThan(0)
  const putOff = look(known)
  expect([putOff.complete, putOff.findings]).toEqual([false, said])
  while (left.length > 0) {
    await new Promise((resolve) => setTimeout(resolve))
    left = left.filter((row) => !look(row).complete)
  }
  clock.mockRestore()
  expect(rows.map((row) => findingsOf(row, context).findings)).toEqual(rows.map(() => said))
})

test('the gravest come first', () => {
  const connection = fetched({
    headers: [['content-encoding', 'gzip']],
    chunks: [[100, `${events(2)}retry: x\n\nData: a\n\n`]],
  })
  expect(lookAt(connection).map(({ rule }) => rule)).toEqual(['unknown-field', 'bad-retry', 'compressed-stream'])
})

test('a page may send anything: no rule throws', () => {
  const odd = [
    '\0',
    '\ufeff\ufeff',
    'data',
    ':',
    'id: \0',
    '{"created":1e400}',
    'data: {"time":"2026-99-99T99:99"}',
    '\ud800',
  ]
  for (const text of odd)
    for (const headers of [[], [['content-length', 'x']], [['age', '-1']], [['via', '']]] as const) {
      const connection = fetched({
        headers,
        chunks: [
          [2000, `${text}\n\n`.repeat(20)],
          [4000, text],
        ],
        endAtMs: 4001,
      })
      expect(() => lookAt(connection).map(toMarkdown)).not.toThrow()
    }
  const nowhere = createConnection({
    key: 'k',
    number: 1,
    frame: { ...FRAME, timeOriginMs: 0 },
    open: open({ url: 'no url' }),
  })
  for (const record of [head('', { status: 0 }), chunk(''), chunk('x', { sizeBytes: 0, raw: '/w==' }), end('error')])
    nowhere.take(record)
  expect(() => lookAt(nowhere.view)).not.toThrow()
})

test('a finding copies as Markdown', () => {
  const [finding] = lookAt(fetched({ chunks: [[100, `${events(1)}event: done\n\n`]] }))
  if (finding === undefined) throw new Error('nothing found')
  expect(toMarkdown(finding)).toBe(
    [
      '**Block without data** (warning)',
      '',
      '1 block has an event type but no `data` field. Browsers dispatch nothing for it: no listener is called.',
      '',
      'Evidence:',
      '',
      "- 'event: done'",
      '',
      'What to do:',
      '',
      '- Send a `data:` line with every event; it may be empty. For a mere sign of life, send a comment (`:`).',
    ].join('\n'),
  )
})
