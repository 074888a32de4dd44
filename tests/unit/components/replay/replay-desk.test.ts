import { expect, test } from 'vitest'
import { createReplayDesk } from '../../../../components/replay/replay-desk.ts'
import { createSettings, memoryArea } from '../../../../lib/settings.ts'
import { connectionFor } from '../../export/odd-requests.ts'

test('variables are forgotten with the panel, unless the user lets them be stored', async () => {
  const stored: Record<string, unknown> = {}
  const open = async () => {
    const settings = createSettings(memoryArea(stored))
    await settings.ready
    return createReplayDesk(settings)
  }
  const connection = connectionFor({}, 'https://api.test')
  const desk = await open()
  desk.setVariables(connection, { token: 'secret' })
  expect(desk.variablesOf(connection)).toEqual({ token: 'secret' })
  expect(stored).toEqual({})
  expect((await open()).variablesOf(connection)).toEqual({})
  desk.setKept(connection, true)
  desk.setVariables(connection, { token: 'other' })
  expect(stored).toEqual({ replayVariables: { 'page.test': { token: 'other' } } })
  const next = await open()
  expect([next.isKept(connection), next.variablesOf(connection)]).toEqual([true, { token: 'other' }])
  next.setKept(connection, false)
  expect(stored).toEqual({ replayVariables: {} })
  expect(next.variablesOf(connection)).toEqual({ token: 'other' })
})

test('a connection keeps its draft, and each has its own', () => {
  const desk = createReplayDesk(createSettings(memoryArea()))
  const [one, two] = [connectionFor({}, 'https://a.test'), connectionFor({}, 'https://b.test')]
  desk.editorOf(one).edit((form) => ({ ...form, method: 'PUT' }))
  expect([desk.editorOf(one), desk.editorOf(two)].map(({ form }) => form.value.method)).toEqual(['PUT', 'GET'])
})
