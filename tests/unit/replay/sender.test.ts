/** Sending from the panel: what is left behind where it is not sent. */
import { afterEach, expect, test, vi } from 'vitest'
import { createExtensionSender } from '../../../lib/replay/extension/sender.ts'
import { plan } from '../../helpers/replay-plans.ts'

/** A sender that writes down what it does. */
function createDesk() {
  const did: string[] = []
  vi.stubGlobal('fetch', () => {
    did.push('fetch')
    return new Promise(() => {})
  })
  const log = { head() {}, chunk() {}, event() {}, attempt() {}, end: () => void did.push('end') }
  const sender = createExtensionSender({
    recorder: {
      open() {
        did.push('open')
        return log
      },
    },
    rules: {
      async put(url) {
        did.push('put')
        return { url, remove: () => void did.push('remove') }
      },
    },
    later() {},
  })
  return { sender, did }
}
afterEach(() => vi.unstubAllGlobals())

const mark = { run: 'r', of: '' }
const asExtension = plan({ way: 'extension' })

test('a request is recorded and fetched once its headers are ready', async () => {
  const { sender, did } = createDesk()
  const stop = await sender.send(asExtension, mark, null, '', () => false)
  expect(did).toEqual(['put', 'open', 'fetch'])
  stop('replay stopped')
  expect(did).toEqual(['put', 'open', 'fetch', 'end'])
})

test('one that is stopped while its headers are made ready is not sent, and its headers are gone', async () => {
  const { sender, did } = createDesk()
  const stop = await sender.send(asExtension, mark, null, '', () => true)
  stop('replay stopped')
  expect(did).toEqual(['put', 'remove'])
})

test('one that cannot be made leaves no headers behind, and no connection without an end', async () => {
  const { sender, did } = createDesk()
  const body = {
    kind: 'form',
    get entries(): never {
      throw new Error('out of memory')
    },
  } as const
  const form = plan({ way: 'extension', request: { body } })
  await expect(sender.send(form, mark, null, '', () => false)).rejects.toThrow('out of memory')
  expect(did).toEqual([])
})
