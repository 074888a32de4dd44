import { expect, test } from 'vitest'
import { memoryChannels } from '../../lib/channel-ports.ts'
import type { Channel } from '../../lib/channel.ts'
import { createHub } from '../../lib/hub.ts'
import {
  PROTOCOL_VERSION,
  type DocumentToHub,
  type HubToDocument,
  type HubToPanel,
  type PanelToHub,
} from '../../lib/protocol.ts'
import { exchange } from '../helpers/stream-builders.ts'

/** A hub with one document, and panels that come when the test says so. */
function createTab() {
  const lines: Channel<DocumentToHub, HubToDocument>[] = []
  let streams = 0
  const hub = createHub({
    tabId: 7,
    dial() {
      const [mine, end] = memoryChannels<HubToDocument, DocumentToHub>()
      lines.push(end)
      return mine
    },
    later() {},
    now: () => 1234,
    streams: () => (streams += 1),
  })
  hub.found({ frameId: 0 })
  const post = (message: DocumentToHub) => lines[0]?.post(message)
  post({ k: 'hello', v: PROTOCOL_VERSION, doc: 'd1', url: 'https://a.example/', capturing: true })
  const openPanel = () => {
    const [panel, mine] = memoryChannels<PanelToHub, HubToPanel>()
    const got: string[] = []
    panel.listen((message) => got.push(message.k === 'network' ? message.facts.url : message.k))
    hub.attach(mine)
    panel.post({ k: 'hello', v: PROTOCOL_VERSION })
    return got
  }
  const records = (first: number, last: number) =>
    post({ k: 'batch', first, last, json: '[]', part: 0, more: false, lagMs: 3, turn: 1 })
  return { hub, openPanel, records, streams: () => streams }
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

test('exchanges reach the panel that is there, one that comes late, and one that was loaded again', async () => {
  const { hub, openPanel, records } = createTab()
  hub.finished(exchange({ url: 'one' }))
  records(1, 3)
  await settled()
  const first = openPanel()
  await settled()
  hub.finished(exchange({ url: 'two' }))
  await settled()
  expect(first).toEqual(['welcome', 'reached', 'batch', 'one', 'two'])
  const second = openPanel()
  await settled()
  expect(second).toEqual(['welcome', 'reached', 'one', 'two'])
})

test('of many exchanges the last ones are kept', async () => {
  const { hub, openPanel } = createTab()
  for (let number = 1; number <= 700; number += 1) hub.finished(exchange({ url: String(number) }))
  await settled()
  const got = openPanel()
  await settled()
  expect([got.length, got[2], got.at(-1)]).toEqual([502, '201', '700'])
})

test('it is told when a document has streams, and not before', async () => {
  const { records, streams } = createTab()
  records(1, 1)
  await settled()
  expect(streams()).toBe(0)
  records(2, 4)
  await settled()
  expect(streams()).toBe(1)
})
