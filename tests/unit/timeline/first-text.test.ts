import { expect, test } from 'vitest'
import { NO_FORMAT, turnReaderOf } from '../../../lib/turns/turn-reader.ts'
import { createFirstText } from '../../../lib/timeline/first-text.ts'
import { chunk, head, open } from '../../helpers/stream-builders.ts'
import { connectionOf } from '../session/connection-of.ts'

const delta = (content: Record<string, unknown>) =>
  `data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', choices: [{ index: 0, delta: content }] })}\n\n`

test('reasoning and roles are no text: the first text is where its event came', () => {
  const connection = connectionOf(
    open(),
    head(),
    chunk(delta({ role: 'assistant', content: '' }), { atMs: 200 }),
    chunk(delta({ reasoning_content: 'hm' }), { atMs: 300 }),
    chunk(delta({ content: 'Hi' }), { atMs: 400 }),
    chunk(delta({ content: ' there' }), { atMs: 500 }),
  )
  const firstText = createFirstText(connection)
  expect(firstText.update()).toBe(true)
  expect(firstText.atMs).toBe(400)
  // Where the user reads it as nothing, or as something else, nothing is known of text.
  turnReaderOf(connection).choose(NO_FORMAT)
  expect(firstText.update()).toBe(true)
  expect(firstText.atMs).toBeNull()
})

test('without a known format there is no first text', () => {
  const connection = connectionOf(open(), head(), chunk('data: Hi\n\n', { atMs: 200 }))
  const firstText = createFirstText(connection)
  expect(firstText.update()).toBe(true)
  expect(firstText.atMs).toBeNull()
})
