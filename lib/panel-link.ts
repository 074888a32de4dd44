/** Connects a panel with its tab's hub. */
import { browser } from 'wxt/browser'
import { broadcastChannel, HUB_FOR_PANEL, portChannel, type Port } from './channel-ports.ts'
import type { Channel } from './channel.ts'
import { PROTOCOL_VERSION, type HubToPanel, type PanelToHub } from './protocol.ts'
import type { Session } from './session/types.ts'

/** Says hello to the hub, applies what it answers to `session` and lets `hear` hear it too. Gives the way to the hub. */
export function connectPanel(session: Session, hear: (message: HubToPanel) => void): (message: PanelToHub) => void {
  const name = `${HUB_FOR_PANEL}:${browser.devtools.inspectedWindow.tabId}`
  // Firefox's hub lives in the background page; Chromium's in the devtools page, which shares its origin with the panel.
  const hub: Channel<PanelToHub, HubToPanel> = import.meta.env.FIREFOX
    ? portChannel(browser.runtime.connect({ name }) as unknown as Port, browser)
    : broadcastChannel(name)
  let isWelcome = false
  hub.listen((message) => {
    // Meant for the panel that was here before: what follows the welcome has all of it.
    isWelcome ||= message.k === 'welcome'
    if (!isWelcome) return
    session.apply(message)
    hear(message)
  })
  hub.onClose(() => session.disconnect())
  hub.post({ k: 'hello', v: PROTOCOL_VERSION })
  return (message) => hub.post(message)
}
