/** Reads the records of one document as a hub would, from a page of the extension: capture, bridge and port are the real ones. */
import type { BrowserContext, Page } from 'playwright-core'
import { HUB_PORT } from '../../lib/channel-ports.ts'
import { PROTOCOL_VERSION, type HubToDocument, type StreamRecord } from '../../lib/protocol.ts'
import { until } from './until.ts'

export interface RecordReader {
  /** All records received so far, in order. */
  all(): Promise<StreamRecord[]>
  /** Records of the connection whose URL contains `part`, once its ending has come. */
  ended(part: string): Promise<StreamRecord[]>
  /** Records of the connection whose URL contains `part`, once `enough` says so. */
  when(part: string, enough: (records: StreamRecord[]) => boolean): Promise<StreamRecord[]>
  /** Sends a command to capture, as a hub does. */
  post(command: HubToDocument): Promise<void>
  close(): Promise<void>
}

interface Hub {
  post: (message: HubToDocument) => void
  texts: string[]
  parts: string[]
}

/** Dials the document of `page` (top frame) and subscribes from record `from`. */
export async function readRecords(
  context: BrowserContext,
  extensionId: string,
  page: Page,
  from = 1,
): Promise<RecordReader> {
  const hub = await context.newPage()
  await hub.goto(`chrome-extension://${extensionId}/panel.html#plain`)
  const dialled = await hub.evaluate(
    async ({ url, name, v, from: first }) => {
      const state: Hub = { post() {}, texts: [], parts: [] }
      Object.assign(globalThis, { hub: state })
      for (const tab of await chrome.tabs.query({})) {
        if (tab.id === undefined) continue
        const port = chrome.tabs.connect(tab.id, { name, frameId: 0 })
        const found = await new Promise<boolean>((resolve) => {
          port.onDisconnect.addListener(() => {
            // Read, so that Chromium does not log it: not every tab has our content script.
            void chrome.runtime.lastError
            resolve(false)
          })
          port.onMessage.addListener((message: { k: string; url: string; json: string; more: boolean }) => {
            if (message.k === 'hello') resolve(message.url === url)
            if (message.k !== 'batch') return
            state.parts.push(message.json)
            if (!message.more) state.texts.push(state.parts.splice(0).join(''))
          })
        })
        if (found) {
          port.postMessage({ k: 'subscribe', v, from: first, turn: 1 })
          state.post = (message) => port.postMessage(message)
          return true
        }
        port.disconnect()
      }
      return false
    },
    { url: page.url(), name: HUB_PORT, v: PROTOCOL_VERSION, from },
  )
  if (!dialled) throw new Error(`no document of ${page.url()} answered`)
  const all = async (): Promise<StreamRecord[]> => {
    const texts = await hub.evaluate(() => (globalThis as unknown as { hub: Hub }).hub.texts)
    return texts.flatMap((text) => JSON.parse(text) as StreamRecord[])
  }
  const when: RecordReader['when'] = (part, enough) =>
    until(`records of ${part}`, async () => {
      const records = await all()
      const open = records.find((record) => record.k === 'open' && record.url.includes(part))
      const own = open && 'c' in open ? records.filter((record) => 'c' in record && record.c === open.c) : []
      return own.length > 0 && enough(own) ? own : null
    })
  return {
    all,
    when,
    ended: (part) => when(part, (records) => records.some(({ k }) => k === 'end')),
    post: (command) => hub.evaluate((text) => (globalThis as unknown as { hub: Hub }).hub.post(text), command),
    close: () => hub.close(),
  }
}
