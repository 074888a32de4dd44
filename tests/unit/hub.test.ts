import { expect, test, vi } from 'vitest'
import { memoryChannels } from '../../lib/channel-ports.ts'
import type { Channel } from '../../lib/channel.ts'
import { createHub, type Target } from '../../lib/hub.ts'
import {
  PROTOCOL_VERSION,
  type DocumentToHub,
  type HubToDocument,
  type HubToPanel,
  type PanelToHub,
} from '../../lib/protocol.ts'

type DocumentEnd = Channel<DocumentToHub, HubToDocument>

/** A tab with a hub: `dialled` holds the document's end of every call, in order. */
const createTab = () => {
  const dialled: { target: Target; end: DocumentEnd; subscribed: number[] }[] = []
  const redials: (() => void)[] = []
  const hub = createHub({
    tabId: 7,
    dial(target) {
      const [mine, end] = memoryChannels<HubToDocument, DocumentToHub>()
      const subscribed: number[] = []
      end.listen((message) => void (message.k === 'subscribe' && subscribed.push(message.from)))
      dialled.push({ target, end, subscribed })
      return mine
    },
    later: (callback) => void redials.push(callback),
    now: () => 1234,
  })
  const openPanel = () => {
    const [panel, mine] = memoryChannels<PanelToHub, HubToPanel>()
    const got: HubToPanel[] = []
    panel.listen((message) => got.push(message))
    hub.attach(mine)
    panel.post({ k: 'hello', v: PROTOCOL_VERSION })
    return { got, kinds: () => got.map((message) => (message.k === 'batch' ? `batch ${message.json}` : message.k)) }
  }
  return { hub, dialled, redials, openPanel }
}
const hello = (doc: string, v = PROTOCOL_VERSION): DocumentToHub & { k: 'hello' } => ({
  k: 'hello',
  v,
  doc,
  url: `https://a.example/${doc}`,
  capturing: true,
})
/** `turn`: which subscription of the document it answers. */
const batch = (first: number, last: number, turn = 1, json = `[${first}-${last}]`): DocumentToHub => ({
  k: 'batch',
  first,
  last,
  json,
  part: 0,
  more: false,
  turn,
})
const settled = () => new Promise((resolve) => setTimeout(resolve))

test('a panel opened late is told all that came before it, once and in order', async () => {
  const { hub, dialled, openPanel } = createTab()
  hub.found({ frameId: 0 })
  dialled[0]?.end.post(hello('d1'))
  dialled[0]?.end.post(batch(1, 3))
  await settled()
  const { got, kinds } = openPanel()
  await settled()
  dialled[0]?.end.post(batch(4, 4))
  await vi.waitFor(() => expect(kinds()).toEqual(['welcome', 'reached', 'batch [1-3]', 'batch [4-4]']))
  expect(got[0]).toEqual({ k: 'welcome', v: PROTOCOL_VERSION, tabId: 7 })
  expect(dialled[0]?.subscribed).toEqual([1])
})

test('a document that does not answer yet is dialled again, and given up at last', async () => {
  const { hub, dialled, redials } = createTab()
  hub.committed({ frameId: 3, documentId: 'x' }, 'https://a.example/', 1)
  for (let i = 0; i < 40; i++) {
    dialled.at(-1)?.end.close()
    redials.splice(0).forEach((redial) => redial())
  }
  expect(dialled).toHaveLength(25)
  expect(dialled.every(({ target }) => target.documentId === 'x')).toBe(true)
})

test('a top document whose markup comes late is dialled until it is there, and only then given up', async () => {
  const { hub, dialled, redials, openPanel } = createTab()
  const { kinds } = openPanel()
  const refuse = (times: number) => {
    for (let i = 0; i < times; i++) {
      dialled.at(-1)?.end.close()
      redials.splice(0).forEach((redial) => redial())
    }
  }
  hub.committed({ frameId: 0 }, 'https://a.example/', 1)
  refuse(100)
  expect(dialled).toHaveLength(101)
  await settled()
  expect(kinds()).toEqual(['welcome', 'navigated'])
  hub.loaded({ frameId: 0 })
  refuse(100)
  expect(dialled).toHaveLength(126)
  await settled()
  expect(kinds()).toEqual(['welcome', 'navigated', 'unreachable'])
})

test('a document that was given up is dialled again once its markup is there, and one that answered is not', async () => {
  const { hub, dialled, redials } = createTab()
  hub.committed({ frameId: 3 }, 'https://a.example/', 1)
  for (let i = 0; i < 30; i++) {
    dialled.at(-1)?.end.close()
    redials.splice(0).forEach((redial) => redial())
  }
  expect(dialled).toHaveLength(25)
  hub.loaded({ frameId: 3 })
  expect(dialled).toHaveLength(26)
  dialled[25]?.end.post(hello('d1'))
  await settled()
  hub.loaded({ frameId: 3 })
  expect(dialled).toHaveLength(26)
  expect(dialled[25]?.subscribed).toEqual([1])
})

test('a document that is left before it answered is dialled no more', () => {
  const { hub, dialled, redials } = createTab()
  hub.committed({ frameId: 0, documentId: 'a' }, 'https://a.example/', 1)
  hub.committed({ frameId: 0, documentId: 'b' }, 'https://b.example/', 2)
  dialled.forEach(({ end }) => end.close())
  redials.splice(0).forEach((redial) => redial())
  expect(dialled.map(({ target }) => target.documentId)).toEqual(['a', 'b', 'b'])
})

test('a document where capture comes after the call is subscribed to anew, on the same line', async () => {
  const { hub, dialled, openPanel } = createTab()
  const { got } = openPanel()
  hub.committed({ frameId: 0 }, 'https://a.example/d1', 1)
  dialled[0]?.end.post({ ...hello('d1'), capturing: null })
  dialled[0]?.end.post(hello('d1'))
  dialled[0]?.end.post(batch(1, 1, 2))
  await settled()
  expect(dialled[0]?.subscribed).toEqual([1, 1])
  expect(got.slice(2)).toMatchObject([
    { k: 'reached', capturing: null },
    { k: 'reached', capturing: true },
    { k: 'batch', first: 1 },
  ])
  // It is the new document itself, and no old one in its place.
  dialled[0]?.end.post({ k: 'leaving', cached: false })
  await settled()
  expect(dialled).toHaveLength(1)
})

test('a top document that never answers is told to the panel, a frame that never answers is not', async () => {
  for (const [frameId, told] of [
    [0, ['welcome', 'unreachable']],
    [3, ['welcome']],
  ] as const) {
    const { hub, dialled, redials, openPanel } = createTab()
    const { kinds } = openPanel()
    hub.found({ frameId })
    for (let i = 0; i < 30; i++) {
      dialled.at(-1)?.end.close()
      redials.splice(0).forEach((redial) => redial())
    }
    await settled()
    expect(kinds()).toEqual(told)
  }
})

test('a line that breaks is taken up again from the first record not received', async () => {
  const { hub, dialled, openPanel } = createTab()
  const { kinds } = openPanel()
  hub.found({ frameId: 0 })
  dialled[0]?.end.post(hello('d1'))
  dialled[0]?.end.post(batch(1, 5))
  await settled()
  dialled[0]?.end.close()
  hub.committed({ frameId: 0 }, 'https://a.example/d1', 5)
  dialled[1]?.end.post(hello('d1'))
  await settled()
  expect(dialled[1]?.subscribed).toEqual([6])
  expect(kinds()).toEqual(['welcome', 'reached', 'batch [1-5]', 'gone', 'navigated', 'reached'])
})

test('a document dialled twice keeps the newer line, and nothing of the older one counts', async () => {
  const { hub, dialled, openPanel } = createTab()
  const { kinds } = openPanel()
  hub.found({ frameId: 0 })
  hub.committed({ frameId: 0 }, 'https://a.example/d1', 5)
  dialled[0]?.end.post(hello('d1'))
  await settled()
  dialled[1]?.end.post(hello('d1'))
  await settled()
  dialled[1]?.end.post(batch(1, 2, 2))
  await settled()
  expect(kinds().filter((kind) => kind === 'gone')).toEqual([])
  expect(kinds().at(-1)).toBe('batch [1-2]')
})

test('a document that leaves for the back/forward cache is gone for now, once, and reached again when it returns', async () => {
  const { hub, dialled, openPanel } = createTab()
  const { got } = openPanel()
  hub.found({ frameId: 0 })
  dialled[0]?.end.post(hello('d1'))
  dialled[0]?.end.post(batch(1, 2))
  dialled[0]?.end.post({ k: 'leaving', cached: true })
  await settled()
  dialled[0]?.end.close()
  await settled()
  expect(got.filter(({ k }) => k === 'gone')).toEqual([{ k: 'gone', doc: 'd1', cached: true, atMs: 1234 }])
  hub.committed({ frameId: 0 }, 'https://a.example/d1', 9)
  dialled[1]?.end.post(hello('d1'))
  await settled()
  expect(got.filter(({ k }) => k === 'reached')).toHaveLength(2)
  expect(dialled[1]?.subscribed).toEqual([3])
})

test('a panel that is reloaded gets what the documents still have, from the start', async () => {
  const { hub, dialled, openPanel } = createTab()
  hub.found({ frameId: 0 })
  dialled[0]?.end.post(hello('d1'))
  dialled[0]?.end.post(batch(1, 2))
  await settled()
  openPanel()
  await settled()
  const second = openPanel()
  await settled()
  expect(dialled[0]?.subscribed).toEqual([1, 1])
  // It was on its way to the panel before, and would look as if nothing had come before it.
  dialled[0]?.end.post(batch(3, 4))
  dialled[0]?.end.post(batch(1, 2, 2))
  dialled[0]?.end.post(batch(3, 4, 2))
  await settled()
  expect(second.kinds()).toEqual(['welcome', 'reached', 'batch [1-2]', 'batch [3-4]'])
})

test('a bridge of another version is let go', async () => {
  const { hub, dialled, openPanel } = createTab()
  const { kinds } = openPanel()
  hub.found({ frameId: 0 })
  const closed = vi.fn<() => void>()
  dialled[0]?.end.onClose(closed)
  dialled[0]?.end.post(hello('d1', PROTOCOL_VERSION + 1))
  await settled()
  expect(kinds()).toEqual(['welcome', 'unreachable'])
  expect(closed).toHaveBeenCalledOnce()
})

test('with DevTools closed every document is told to stop', async () => {
  const { hub, dialled } = createTab()
  hub.found({ frameId: 0 })
  dialled[0]?.end.post(hello('d1'))
  await settled()
  const closed = vi.fn<() => void>()
  dialled[0]?.end.onClose(closed)
  hub.close()
  hub.found({ frameId: 0 })
  expect(closed).toHaveBeenCalledOnce()
  expect(dialled).toHaveLength(1)
})

test('where the old document answers for the new one, the frame is dialled again once the old one is left', async () => {
  const { hub, dialled, openPanel } = createTab()
  const { kinds } = openPanel()
  hub.found({ frameId: 0 })
  dialled[0]?.end.post(hello('old'))
  await settled()
  hub.committed({ frameId: 0 }, 'https://b.example/', 1)
  dialled[1]?.end.post(hello('old'))
  await settled()
  dialled[1]?.end.post({ k: 'leaving', cached: true })
  await settled()
  expect(dialled).toHaveLength(3)
  dialled[2]?.end.post(hello('new'))
  dialled[2]?.end.post(batch(1, 1))
  await vi.waitFor(() => expect(kinds().slice(-3)).toEqual(['gone', 'reached', 'batch [1-1]']))
})
