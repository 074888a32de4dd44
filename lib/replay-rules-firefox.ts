/**
 * Firefox: headers on one request alone. The background has the webRequest listeners that the panel cannot have: one for
 * each request, which knows it by the fragment of its URL and by who sent it, and is gone with it or with its panel.
 */
import { browser, type Browser } from 'wxt/browser'
import { onDialled } from './channel-ports.ts'
import type { Port } from './channel-ports.ts'
import type { HeaderChanges, HeaderRules } from './replay/extension/sender.ts'

/** Name of the port between a panel and the background; open as long as the panel. */
const PORT = 'streamscope-headers'

type PanelMessage =
  | { readonly k: 'put'; readonly id: number; readonly url: string; readonly changes: HeaderChanges }
  | { readonly k: 'remove'; readonly id: number }
/** The listener is there. */
interface Ready {
  readonly id: number
}

/** In the panel. */
export function createFirefoxRules(): HeaderRules {
  const waiting = new Map<number, () => void>()
  let port: Port | null = null
  let count = 0
  const dial = (): Port => {
    const dialled = browser.runtime.connect({ name: PORT }) as unknown as Port
    dialled.onMessage.addListener(({ id }: Ready) => waiting.get(id)?.())
    return dialled
  }
  return {
    put(url, changes) {
      const id = (count += 1)
      const marked = `${url}#streamscope-${crypto.randomUUID()}`
      const line = (port ??= dial())
      const message: PanelMessage = { k: 'put', id, url: marked, changes }
      line.postMessage(message)
      const remove = (): void => line.postMessage({ k: 'remove', id } satisfies PanelMessage)
      return new Promise((resolve) => {
        waiting.set(id, () => {
          waiting.delete(id)
          resolve({ url: marked, remove })
        })
      })
    },
  }
}

/** In the background. */
export function hostFirefoxRules(): void {
  onDialled<Ready, PanelMessage>(browser, PORT, (panel) => {
    const removals = new Map<number, () => void>()
    const remove = (id: number): void => {
      removals.get(id)?.()
      removals.delete(id)
    }
    panel.listen((message) => {
      if (message.k === 'remove') return remove(message.id)
      removals.set(message.id, addListener(message.url, message.changes))
      panel.post({ id: message.id })
    })
    panel.onClose(() => {
      for (const id of removals.keys()) remove(id)
    })
  })
}

/** Gives its removal. */
function addListener(marked: string, changes: HeaderChanges): () => void {
  const { onBeforeSendHeaders } = browser.webRequest
  const own = browser.runtime.getURL('/')
  const listener = (details: RequestDetails): { requestHeaders?: Browser.webRequest.HttpHeader[] } => {
    if (details.url !== marked || details.originUrl?.startsWith(own) !== true) return {}
    return { requestHeaders: change(details.requestHeaders ?? [], changes) }
  }
  const { protocol, hostname } = new URL(marked)
  // Match patterns have no ports: the listener looks closer.
  const filter = { urls: [`${protocol}//${hostname}/*`] }
  onBeforeSendHeaders.addListener(listener, filter, ['blocking', 'requestHeaders'])
  return () => onBeforeSendHeaders.removeListener(listener)
}

interface RequestDetails {
  readonly url: string
  /** Firefox only: the URL of who sent it. */
  readonly originUrl?: string
  readonly requestHeaders?: Browser.webRequest.HttpHeader[]
}

function change(
  headers: readonly Browser.webRequest.HttpHeader[],
  { set, remove }: HeaderChanges,
): Browser.webRequest.HttpHeader[] {
  const replaced = new Set([...set.map(([name]) => name.toLowerCase()), ...remove])
  return [
    ...headers.filter(({ name }) => !replaced.has(name.toLowerCase())),
    ...set.map(([name, value]) => ({ name, value })),
  ]
}
