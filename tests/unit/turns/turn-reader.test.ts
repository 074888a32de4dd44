import { say } from '../../../lib/i18n/saying.ts'
import { expect, test } from 'vitest'
import { openaiChat } from '../../../lib/formats/openai/chat.ts'
import type { Format } from '../../../lib/formats/format.ts'
import { toOwnFormat } from '../../../lib/formats/own-rule/own-format.ts'
import type { OwnFormats } from '../../../lib/session/types.ts'
import { createTurnReader, turnReaderOf } from '../../../lib/turns/turn-reader.ts'
import { chunk, end, head, open } from '../../helpers/stream-builders.ts'
import { createConnection } from '../../../lib/session/connection.ts'
import { answerText, chatEvent, chatStream } from './chat-streams.ts'

const frame = { doc: 'd1', frameId: 0, top: true, url: 'https://page.test/', timeOriginMs: 1_700_000_000_000 }

function live(ownFormats: OwnFormats = () => []) {
  const connection = createConnection({ key: 'd1/1', number: 1, frame, open: open(), ownFormats })
  connection.take(head())
  return connection
}

test('a turn grows with the stream, and is whole when it ended', () => {
  const connection = live()
  const reader = turnReaderOf(connection.view)
  expect(reader.update(Infinity)).toBe(true)
  expect(reader.turn).toBeNull()
  connection.take(chunk(chatEvent('Hel')))
  reader.update(Infinity)
  expect(answerText(reader.turn)).toBe('Hel')
  connection.take(chunk(chatEvent('lo')))
  expect(answerText(reader.turn)).toBe('Hel')
  reader.update(Infinity)
  expect(answerText(reader.turn)).toBe('Hello')
  expect(reader.ended).toBe(false)
  connection.take(chunk(chatEvent('', 'stop') + 'data: [DONE]\n\n'))
  connection.take(end('done'))
  reader.update(Infinity)
  expect(reader.ended).toBe(true)
  expect(reader.turn?.messages[0]?.finish?.reason).toBe('stop')
})

test('who breaks a stream off is not told that the stream is unfinished', () => {
  const connection = live()
  connection.take(chunk(chatEvent('Hel')))
  connection.take(end('cancel'))
  const reader = turnReaderOf(connection.view)
  reader.update(Infinity)
  expect(answerText(reader.turn)).toBe('Hel')
  expect(reader.turn?.problems).toEqual([])
})

test('whoever asks gets the same turn', () => {
  const { view } = live()
  expect(turnReaderOf(view)).toBe(turnReaderOf(view))
})

test('another format, or none, can be chosen, and taken back', () => {
  const connection = live()
  connection.take(chunk(chatEvent('Hi')))
  const reader = turnReaderOf(connection.view)
  reader.update(Infinity)
  expect(reader.match?.name).toBe('openai-chat')
  reader.choose('none')
  expect(reader.match).toBeNull()
  expect(reader.turn).toBeNull()
  reader.choose('anthropic-messages')
  expect(reader.match?.evidence.map(say)).toEqual(['you chose it for this connection'])
  reader.update(Infinity)
  expect(reader.turn?.format).toBe('anthropic-messages')
  reader.choose(null)
  reader.update(Infinity)
  expect(answerText(reader.turn)).toBe('Hi')
})

test('a long stream is read in slices, and each event once, however often it is asked', () => {
  const DELTAS = 20_000
  const connection = live()
  let steps = 0
  const counted: Format = {
    ...openaiChat,
    start(sample) {
      const folding = openaiChat.start(sample)
      return {
        ...folding,
        turn: folding.turn,
        step(event) {
          steps += 1
          folding.step(event)
        },
      }
    },
  }
  const reader = createTurnReader(connection.view, [counted])
  let asked = 0
  for (let part = 0; part < 100; part += 1) {
    connection.take(chunk(chatStream(DELTAS / 100)))
    while (!reader.update(0)) asked += 1
  }
  expect(asked).toBeGreaterThan(100)
  expect(steps).toBe(DELTAS)
  expect(answerText(reader.turn)).toHaveLength(3 * DELTAS)
})

test('a rule of the user comes before what was recognised, and can be changed', () => {
  const rule = { name: 'Mine', url: '', text: '$.object', reasoning: '', finish: '', done: '' }
  let own = [toOwnFormat(rule)]
  const connection = live(() => own)
  connection.take(chunk(chatEvent('Hi')))
  const reader = turnReaderOf(connection.view)
  reader.update(Infinity)
  expect(reader.match?.label).toBe('Mine')
  expect(answerText(reader.turn)).toBe('chat.completion.chunk')
  const { turn } = reader
  connection.lookForFormat()
  expect(reader.turn).toBe(turn)
  own = [toOwnFormat({ ...rule, text: '$.model' })]
  connection.lookForFormat()
  reader.update(Infinity)
  expect(answerText(reader.turn)).toBe('gpt-test')
  reader.choose('openai-chat')
  reader.update(Infinity)
  expect(answerText(reader.turn)).toBe('Hi')
  reader.choose(null)
  own = []
  connection.lookForFormat()
  expect(reader.match?.name).toBe('openai-chat')
})
