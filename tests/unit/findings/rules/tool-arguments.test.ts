import { expect, test } from 'vitest'
import { DONE, chatEvent } from '../../turns/chat-streams.ts'
import { fetched, found, only } from '../streams.ts'

const RULE = 'tool-arguments'

const call = (text: string) =>
  chatEvent({ tool_calls: [{ index: 0, id: 'c', type: 'function', function: { name: 'look', arguments: text } }] })

test('arguments that are over and are not JSON are found', () => {
  const text = call('{"at":') + chatEvent('', 'tool_calls') + DONE
  const finding = only(RULE, fetched({ chunks: [[100, text]], endAtMs: 150 }))
  expect(finding.evidence[0]?.text).toContain('{"at":')
})

test('whole arguments, none at all, and half of them while they come say nothing', () => {
  const end = chatEvent('', 'tool_calls') + DONE
  expect(found(RULE, fetched({ chunks: [[100, call('{"at":1}') + end]], endAtMs: 150 }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, call('') + end]], endAtMs: 150 }))).toEqual([])
  expect(found(RULE, fetched({ chunks: [[100, call('{"at":')]] }))).toEqual([])
})
