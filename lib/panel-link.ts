/** Connects a panel with its tab's hub. */
import { browser } from 'wxt/browser'
import { broadcastChannel, HUB_FOR_PANEL, portChannel, type Port } from './channel-ports.ts'
import type { Channel } from './channel.ts'
import { PROTOCOL_VERSION, type HubToPanel, type PanelToHub } from './protocol.ts'
import type { Session } from './session/types.ts'

/** Says hello to the hub and applies what it answers to `session`. */
export function connectPanel(session: Session): void {
  const name = `${HUB_FOR_PANEL}:${browser.devtools.inspectedWindow.tabId}`
  // Firefox's hub lives in the background page; Chromium's in the devtools page, which shares its origin with the panel.
  const hub: Channel<PanelToHub, HubToPanel> = import.meta.env.FIREFOX
    ? portChannel(browser.runtime.connect({ name }) as unknown as Port, browser)
    : broadcastChannel(name)
  hub.listen((message) => session.apply(message))
  hub.onClose(() => session.disconnect())
  hub.post({ k: 'hello', v: PROTOCOL_VERSION })
}
