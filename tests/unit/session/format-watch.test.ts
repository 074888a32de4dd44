import { expect, test } from 'vitest'
import type { Format, FormatEvent, Match, Sample } from '../../../lib/formats/format.ts'
import { toOwnFormat } from '../../../lib/formats/own-rule/own-format.ts'
import { createConnection } from '../../../lib/session/connection.ts'
import { createFormatWatch } from '../../../lib/session/format-watch.ts'
import { chunk, end, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from './connection-of.ts'

/** A format that notes what it was asked. */
function formatOf(name: string, match: (sample: Sample) => Match | null, expected = 'the event bye') {
  const asked: { readonly samples: Sample[]; readonly last: (readonly FormatEvent[])[] } = { samples: [], last: [] }
  const format: Format = {
    name,
    label: name,
    expected,
    match(sample) {
      asked.samples.push(sample)
      return match(sample)
    },
    terminal(last) {
      asked.last.push(last)
      const event = last.findLast(({ type }) => type === 'bye')
      return event === undefined ? null : { kind: 'end', index: event.index, name: 'bye', text: '' }
    },
    start: () => {
      throw new Error('not asked for here')
    },
  }
  return { ...asked, format }
}
const never = () => null
const sure = (): Match => ({ certainty: 'sure', evidence: ['its own events'] })
const likely = (): Match => ({ certainty: 'likely', evidence: ['its path'] })
const streamOf = (...texts: readonly string[]) =>
  connectionOf(
    open({ body: { kind: 'text', text: '{"model":"m"}', sizeBytes: 13, cut: false } }),
    head(),
    ...texts.map((text) => chunk(text)),
  )

test('a stream is asked about with its request, head and first events', () => {
  const { format, samples } = formatOf('a', sure)
  const watch = createFormatWatch(streamOf(': hi\n\ndata: one\n\nevent: x\ndata: two\n\n'), [format])
  watch.look()
  expect(watch.match).toEqual({ name: 'a', label: 'a', certainty: 'sure', evidence: ['its own events'] })
  expect(samples[0]).toMatchObject({
    url: 'https://api.test/chat',
    method: 'POST',
    requestBody: '{"model":"m"}',
    framing: 'sse',
    first: [
      { index: 1, type: 'message', data: 'one' },
      { index: 2, type: 'x', data: 'two' },
    ],
  })
})

test('the sure one is taken before the likely one, and then no more is asked', () => {
  const maybe = formatOf('maybe', likely)
  const certain = formatOf('certain', ({ first }) => (first.length > 3 ? sure() : null))
  const after = formatOf('after', never)
  const few = createFormatWatch(streamOf('data: 1\n\n'), [maybe.format, certain.format, after.format])
  few.look()
  expect([few.match?.name, few.format?.name]).toEqual(['maybe', 'maybe'])
  const many = createFormatWatch(streamOf('data: 1\n\n'.repeat(5)), [maybe.format, certain.format, after.format])
  many.look()
  many.look()
  expect([many.match?.name, certain.samples.length, after.samples.length]).toEqual(['certain', 2, 1])
})

test('at the end it is looked at again only where more came since', () => {
  const { format, samples } = formatOf('a', never)
  const short = streamOf('data: 1\n\ndata: 2\n\n')
  const watch = createFormatWatch(short, [format])
  watch.look()
  watch.terminal()
  expect(samples.length).toBe(1)
  const other = formatOf('b', ({ first }) => (first.length === 3 ? sure() : null))
  const growing = { ...streamOf('data: 1\n\ndata: 2\n\n') }
  const later = createFormatWatch(growing, [other.format])
  later.look()
  growing.entries = streamOf('data: 1\n\ndata: 2\n\ndata: 3\n\n').entries
  later.terminal()
  expect([other.samples.length, later.match?.name]).toEqual([2, 'b'])
})

test('however long the stream, it is looked at a few times', () => {
  const { format, samples } = formatOf('a', never)
  const connection = { ...streamOf('data: 1\n\n'.repeat(500)) }
  const watch = createFormatWatch(connection, [format])
  for (let count = 0; count <= 500; count += 1) {
    connection.eventCount = count
    watch.look()
  }
  expect(samples.length).toBe(4)
})

test('the end is looked for among the last events, comments aside', () => {
  const { format, last } = formatOf('a', sure)
  const watch = createFormatWatch(
    streamOf('data: x\n\n'.repeat(40), 'event: bye\ndata: {}\n\n', ': late\n\n'.repeat(3)),
    [format],
  )
  expect(watch.terminal()).toEqual({
    expected: 'the event bye',
    came: { kind: 'end', index: 40, name: 'bye', text: '' },
  })
  expect(last[0]?.map(({ index }) => index)).toEqual([33, 34, 35, 36, 37, 38, 39, 40])
  expect(createFormatWatch(streamOf('data: x\n\n'), [format]).terminal()).toEqual({
    expected: 'the event bye',
    came: null,
  })
})

test('nothing is missed in a stream that is only taken for a format, or whose format has no end', () => {
  expect(createFormatWatch(streamOf('data: x\n\n'), [formatOf('a', likely).format]).terminal()).toBe(null)
  expect(createFormatWatch(streamOf('data: x\n\n'), [formatOf('a', sure, '').format]).terminal()).toBe(null)
  expect(createFormatWatch(streamOf('data: x\n\n'), [formatOf('a', never).format]).terminal()).toBe(null)
  // Without a single event, what the request says is all there is.
  expect(createFormatWatch(streamOf(), [formatOf('a', likely).format]).terminal()?.came).toBe(null)
})

test('a connection knows its format from its first events on', () => {
  const chat =
    'data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"a"}}]}\n\n'
  const connection = connectionOf(open(), head(), chunk(chat), chunk('data: [DONE]\n\n'), end())
  expect(connection.format?.name).toBe('openai-chat')
  expect(connection.ending?.verdict).toBe('completed')
  expect(connectionOf(open(), head(), chunk(chat), end()).ending?.verdict).toBe('incomplete')
})

test('a format of the user comes before one that is sure, from its first fitting event on, and goes with its rule', () => {
  const rule = { name: 'Mine', url: '', text: '$.mine', reasoning: '', finish: '', done: 'bye' }
  let own = [toOwnFormat(rule)]
  const frame = { doc: 'd', frameId: 0, top: true, url: 'https://page.test/', timeOriginMs: 0 }
  const connection = createConnection({ key: 'd/1', number: 1, frame, open: open(), ownFormats: () => own })
  const chat =
    'data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"a"}}]}\n\n'
  connection.take(head())
  connection.take(chunk(chat))
  expect(connection.view.format?.name).toBe('openai-chat')
  connection.take(chunk('data: {"mine":"a"}\n\n'))
  expect(connection.view.format?.label).toBe('Mine')
  connection.take(chunk('data: bye\n\n'))
  connection.take(end())
  expect(connection.view.ending?.verdict).toBe('completed')
  own = [toOwnFormat({ ...rule, done: 'farewell' })]
  connection.lookForFormat()
  expect(connection.view.ending?.verdict).toBe('incomplete')
  own = []
  connection.lookForFormat()
  expect(connection.view.format?.name).toBe('openai-chat')
})
