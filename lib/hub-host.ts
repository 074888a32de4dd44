/** Gives a hub what it needs of the browser: the tab's documents as they come, and ports to them. */
import { browser } from 'wxt/browser'
import { HUB_PORT, portChannel, type Port } from './channel-ports.ts'
import { createHub, type Hub, type Target } from './hub.ts'

/** Starts the hub of one tab; `onStreams` is called once, when a document of it first has streams. `stop` ends it and takes its listeners off again. */
export function hostHub(tabId: number, onStreams: () => void = () => {}): { hub: Hub; stop: () => void } {
  let hasStreams = false
  const hub = createHub({
    tabId,
    dial: ({ frameId, documentId }) =>
      portChannel(
        // The document's own id, where there is one: a frame may have another document by the time the call arrives.
        browser.tabs.connect(tabId, {
          name: HUB_PORT,
          ...(documentId ? { documentId } : { frameId }),
        }) as unknown as Port,
        browser,
      ),
    later: (callback, ms) => void setTimeout(callback, ms),
    now: Date.now,
    streams() {
      if (!hasStreams) onStreams()
      hasStreams = true
    },
  })
  const onCommitted = (details: Target & { tabId: number; url: string; timeStamp: number }): void => {
    if (details.tabId === tabId) hub.committed(details, details.url, details.timeStamp)
  }
  const onLoaded = (details: Target & { tabId: number }): void => {
    if (details.tabId === tabId) hub.loaded(details)
  }
  const { webNavigation } = browser
  webNavigation.onCommitted.addListener(onCommitted)
  webNavigation.onDOMContentLoaded.addListener(onLoaded)
  // It was stopped, or broke off.
  webNavigation.onErrorOccurred.addListener(onLoaded)
  void webNavigation.getAllFrames({ tabId }).then((frames) => {
    for (const frame of frames ?? []) hub.found(frame)
  })
  return {
    hub,
    stop() {
      webNavigation.onCommitted.removeListener(onCommitted)
      webNavigation.onDOMContentLoaded.removeListener(onLoaded)
      webNavigation.onErrorOccurred.removeListener(onLoaded)
      hub.close()
    },
  }
}
