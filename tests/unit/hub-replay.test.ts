/** Which document a replay goes to. */
import { expect, test } from 'vitest'
import { memoryChannels } from '../../lib/channel-ports.ts'
import type { Channel } from '../../lib/channel.ts'
import { createHub } from '../../lib/hub.ts'
import {
  PROTOCOL_VERSION,
  type DocumentToHub,
  type HubToDocument,
  type HubToPanel,
  type PageReplay,
  type PanelToHub,
} from '../../lib/protocol.ts'

const settled = () => new Promise((resolve) => setTimeout(resolve))

/** A tab whose documents write down the commands that they get. */
async function createTab(documents: readonly { doc: string; frameId: number; capturing?: boolean }[]) {
  const commands: string[] = []
  const lines: Channel<DocumentToHub, HubToDocument>[] = []
  const hub = createHub({
    tabId: 7,
    dial() {
      const [mine, end] = memoryChannels<HubToDocument, DocumentToHub>()
      const { doc = '' } = documents[lines.length] ?? {}
      end.listen((message) => {
        if (message.k === 'replay') commands.push(`${doc} replays ${message.replay.mark.run}`)
        if (message.k === 'stop-replay') commands.push(`${doc} stops ${message.run}: ${message.by}`)
      })
      lines.push(end)
      return mine
    },
    later() {},
    now: () => 1,
  })
  for (const [index, { doc, frameId, capturing = true }] of documents.entries()) {
    hub.found({ frameId })
    lines[index]?.post({ k: 'hello', v: PROTOCOL_VERSION, doc, url: '', capturing })
  }
  const [panel, mine] = memoryChannels<PanelToHub, HubToPanel>()
  const got: HubToPanel[] = []
  panel.listen((message) => got.push(message))
  hub.attach(mine)
  panel.post({ k: 'hello', v: PROTOCOL_VERSION })
  await settled()
  const send = async (message: PanelToHub) => {
    got.length = 0
    panel.post(message)
    await settled()
    return got
  }
  const leave = async (index: number) => {
    lines[index]?.post({ k: 'leaving', cached: false })
    await settled()
  }
  return { commands, send, leave }
}

const replay = (doc: string, frameId: number, run = 'r'): PanelToHub => ({
  k: 'replay',
  doc,
  frameId,
  replay: {
    mark: { run, of: '' },
    as: 'fetch',
    method: 'GET',
    url: 'https://a.example/',
    headers: [],
    options: {},
    content: null,
    body: { kind: 'none' },
    asked: '',
    types: [],
    timeoutMs: null,
  } satisfies PageReplay,
})

test('a replay goes to the document that was asked for, and the panel is told which took it', async () => {
  const { commands, send } = await createTab([
    { doc: 'top', frameId: 0 },
    { doc: 'frame', frameId: 4 },
  ])
  expect(await send(replay('frame', 4, 'r1'))).toEqual([{ k: 'replaying', run: 'r1', doc: 'frame' }])
  expect(await send({ k: 'stop-replay', doc: 'frame', run: 'r1', by: 'replay stopped' })).toEqual([])
  expect(commands).toEqual(['frame replays r1', 'frame stops r1: replay stopped'])
})

test('where the document is gone, its frame’s new one takes it, else the top document', async () => {
  const { commands, send, leave } = await createTab([
    { doc: 'top', frameId: 0 },
    { doc: 'old', frameId: 4 },
    { doc: 'new', frameId: 4 },
  ])
  await leave(1)
  await send(replay('old', 4, 'r1'))
  await leave(2)
  await send(replay('old', 4, 'r2'))
  expect(commands).toEqual(['new replays r1', 'top replays r2'])
})

test('where nobody can send it, the panel is told why', async () => {
  const { send, leave } = await createTab([{ doc: 'top', frameId: 0 }])
  await leave(0)
  expect(await send(replay('top', 0))).toEqual([{ k: 'not-replayed', run: 'r', why: 'no-document' }])
  const off = await createTab([{ doc: 'top', frameId: 0, capturing: false }])
  expect(await off.send(replay('top', 0))).toEqual([{ k: 'not-replayed', run: 'r', why: 'not-capturing' }])
  expect(off.commands).toEqual([])
})
