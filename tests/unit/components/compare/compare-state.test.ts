import { expect, test } from 'vitest'
import { createCompareState, ignoredFor } from '../../../../components/compare/compare-state.ts'
import { DEFAULT_IGNORED } from '../../../../lib/compare/ignored.ts'
import { createSettings, memoryArea } from '../../../../lib/settings.ts'
import { chunk, head, open } from '../../../helpers/stream-builders.ts'
import { connectionOf } from '../../session/connection-of.ts'

const ticks = connectionOf(open(), head(), chunk('data: 1\n\n'))
const chat = connectionOf(
  open(),
  head(),
  chunk('data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[]}\n\n'),
)

test('what is ignored is remembered for the streams of its kind, until it is set back', async () => {
  const stored: Record<string, unknown> = {}
  const openPanel = async () => {
    const settings = createSettings(memoryArea(stored))
    await settings.ready
    return new createCompareState(settings)
  }
  const here = await openPanel()
  expect(ignoredFor(here, chat)).toBe(DEFAULT_IGNORED)
  here.setIgnored(chat, 'id, $.seq')
  expect([ignoredFor(here, chat), ignoredFor(here, ticks)]).toEqual(['id, $.seq', DEFAULT_IGNORED])
  const next = await openPanel()
  expect([ignoredFor(next, chat), ignoredFor(next, ticks)]).toEqual(['id, $.seq', DEFAULT_IGNORED])
  next.setIgnored(chat, DEFAULT_IGNORED)
  expect(stored).toEqual({ keptIgnored: {} })
  expect(ignoredFor(await openPanel(), chat)).toBe(DEFAULT_IGNORED)
})

test('the storage tells of letters typed before: what is typed stays, and another kind’s is taken over', async () => {
  let tell: (name: string, value: unknown) => void = () => {}
  const area = { ...memoryArea(), onChange: (changed: typeof tell) => void (tell = changed) }
  const state = new createCompareState(createSettings(area))
  state.setIgnored(ticks, 'i')
  state.setIgnored(ticks, 'id')
  tell('keptIgnored', { 'page.test': 'i', 'page.test openai-chat': 'created' })
  expect([ignoredFor(state, ticks), ignoredFor(state, chat)]).toEqual(['id', 'created'])
})
