import { expect, test } from 'vitest'
import { anthropic } from '../../turns/chat-streams.ts'
import { fetched, found, only } from '../streams.ts'

const RULE = 'unclosed-block'

const start = {
  type: 'message_start',
  message: { id: 'm', type: 'message', role: 'assistant', model: 'c', content: [] },
}
const block = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }
const delta = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } }
const stop = { type: 'content_block_stop', index: 0 }
const ended = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } }
const over = { type: 'message_stop' }

test('a block that is never closed is found once the server closed the stream', () => {
  const text = anthropic(start, block, delta, ended, over)
  expect(only(RULE, fetched({ chunks: [[100, text]], endAtMs: 150 })).sentence).toContain('1 part of the answer was')
})

test('a delta for a block that was not opened is found at once', () => {
  const finding = only(RULE, fetched({ chunks: [[100, anthropic(start, delta)]] }))
  expect(finding.evidence[0]?.place).toEqual({ at: 'event', index: 1 })
})

test('blocks in order, and one that is open because the page left, say nothing', () => {
  const whole = anthropic(start, block, delta, stop, ended, over)
  expect(found(RULE, fetched({ chunks: [[100, whole]], endAtMs: 150 }))).toEqual([])
  const half = anthropic(start, block, delta)
  expect(found(RULE, fetched({ chunks: [[100, half]] }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, half]], endAtMs: 150, endedBy: 'cancel' }))).toEqual([])
})
