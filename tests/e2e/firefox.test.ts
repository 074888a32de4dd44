import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemo, type Demo } from '../helpers/demo.ts'
import { builtExtension } from '../helpers/extension.ts'
import { launchFirefox, type Firefox } from '../helpers/firefox.ts'

let demo: Demo
let firefox: Firefox

beforeAll(async () => {
  demo = await startDemo()
  firefox = await launchFirefox({ extension: builtExtension('firefox') })
})

afterAll(async () => {
  await firefox?.close()
  await demo?.close()
})

test('the panel opens in the toolbox without an error of the add-on', async () => {
  await firefox.goto(demo.url)
  await firefox.openPanel()
  expect(await firefox.inPanel(() => location.pathname)).toBe('/panel.html')
  expect(await firefox.extensionErrors()).toEqual([])
})
