import { expect, test } from 'vitest'
import { createGrowingTurn, grow } from '../../../lib/formats/folding/growing-turn.ts'
import { toMarkdownText, toPlainText } from '../../../lib/turns/copy.ts'

function sampleTurn() {
  const turn = createGrowingTurn('openai-chat')
  const message = turn.message('0', 'assistant')
  grow(turn.open(message, 'reasoning', 'r', 0), 'Think\nagain', 0)
  grow(turn.open(message, 'text', 't', 1), 'Hello', 1)
  const call = turn.open(message, 'tool call', 'c', 2)
  call.name = 'look'
  call.arguments.add('{"q":"```"}', 2)
  turn.finish(message, 'tool_calls', 'tool', 3)
  return turn
}

test('as text it is the answer alone', () => {
  const turn = sampleTurn()
  expect(toPlainText(turn)).toBe('Hello')
  const other = turn.message('1', 'assistant')
  grow(turn.open(other, 'text', 't', 4), 'Hi', 4)
  expect(toPlainText(turn)).toBe('Hello\n\n---\n\nHi')
})

test('as Markdown it is all of it, with fences that hold', () => {
  expect(toMarkdownText(sampleTurn())).toBe(
    [
      '## assistant',
      '> Think\n> again',
      'Hello',
      '**Tool call look**',
      '````json\n{"q":"```"}\n````',
      '_Finish reason: tool_calls_',
    ].join('\n\n'),
  )
})
