import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { HUB_FOR_DEVTOOLS, HUB_FOR_PANEL, onDialled } from '../lib/channel-ports.ts'
import { hostHub } from '../lib/hub-host.ts'

// Firefox only: its devtools pages have no `tabs`. Chromium needs no background at all.
export default defineBackground({
  include: ['firefox'],
  persistent: true,
  main() {
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
  },
})
