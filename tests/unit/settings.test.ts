import { expect, test } from 'vitest'
import { createSettings, memoryArea } from '../../lib/settings.ts'

const OFF_HERE = { offEverywhere: false, offSites: ['a.example'] }

test('what was stored is there once it has been read', async () => {
  const settings = createSettings(memoryArea({ capture: OFF_HERE, unknown: 1 }))
  expect(settings.values.capture.value.offSites).toEqual([])
  await settings.ready
  expect(settings.values.capture.value).toEqual(OFF_HERE)
})

test('what is stored in the wrong shape counts as not stored', async () => {
  const settings = createSettings(memoryArea({ capture: 'off', constructor: 1 }))
  await settings.ready
  expect(settings.values.capture.value).toEqual({ offEverywhere: false, offSites: [] })
})

test('a change is there at once, in another panel too, and for the next one', async () => {
  const area = memoryArea()
  const [here, there] = [createSettings(area), createSettings(area)]
  await Promise.all([here.ready, there.ready])
  const saved = here.set('capture', OFF_HERE)
  expect(here.values.capture.value).toEqual(OFF_HERE)
  await saved
  expect(there.values.capture.value).toEqual(OFF_HERE)
  const next = createSettings(area)
  await next.ready
  expect(next.values.capture.value).toEqual(OFF_HERE)
})

test('a setting that was removed elsewhere is that of a new user again', async () => {
  let tell: (name: string, value: unknown) => void = () => {}
  const area = { ...memoryArea({ capture: OFF_HERE }), onChange: (changed: typeof tell) => void (tell = changed) }
  const settings = createSettings(area)
  await settings.ready
  tell('capture', undefined)
  expect(settings.values.capture.value).toEqual({ offEverywhere: false, offSites: [] })
})

test('the events table is kept beside the switch', async () => {
  const area = memoryArea({ capture: OFF_HERE })
  const settings = createSettings(area)
  await settings.ready
  const table = { ...settings.values.eventsTable.value, widthsPx: { type: 200 } }
  await settings.set('eventsTable', table)
  const next = createSettings(area)
  await next.ready
  expect(next.values.eventsTable.value).toEqual(table)
  expect(next.values.capture.value).toEqual(OFF_HERE)
})
