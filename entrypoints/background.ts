import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { hostCaptureSwitch } from '../lib/switch-host.ts'
import { HUB_FOR_DEVTOOLS, HUB_FOR_PANEL, onDialled } from '../lib/channel-ports.ts'
import { hostHub } from '../lib/hub-host.ts'
import { hostFirefoxRules } from '../lib/replay-rules-firefox.ts'
import { sweepRules } from '../lib/replay-rules.ts'

// Chromium wakes it to switch capture, and after an update; no page and no stream does.
export default defineBackground({
  persistent: true,
  main() {
    hostCaptureSwitch()
    if (import.meta.env.FIREFOX) {
      hostHubs()
      hostFirefoxRules()
    } else {
      browser.runtime.onInstalled.addListener(bridgeOpenPages)
      void sweepRules(browser.declarativeNetRequest)
    }
  },
})

/** Pages from before an install or update get a bridge, by which panels learn that they are to be reloaded. Firefox does so itself. */
async function bridgeOpenPages(): Promise<void> {
  for (const { id: tabId } of await browser.tabs.query({})) {
    if (tabId === undefined) continue
    const files = ['/content-scripts/bridge.js' as const]
    // Refused for the browser's own pages and stores.
    browser.scripting
      .executeScript({ target: { tabId, allFrames: true }, files, injectImmediately: true })
      .catch(() => {})
  }
}

/** Firefox's devtools pages have no `tabs`: their hubs are here. */
function hostHubs(): void {
  const hubs = new Map<string, ReturnType<typeof hostHub>>()
  const tabOf = (name: string): string => name.slice(name.indexOf(':') + 1)
  onDialled(browser, HUB_FOR_DEVTOOLS, (devtools, port) => {
    const tab = tabOf(port.name)
    hubs.set(tab, hostHub(Number(tab)))
    devtools.onClose(() => {
      hubs.get(tab)?.stop()
      hubs.delete(tab)
    })
  })
  onDialled<never, never>(browser, HUB_FOR_PANEL, (panel, port) => hubs.get(tabOf(port.name))?.hub.attach(panel))
}
