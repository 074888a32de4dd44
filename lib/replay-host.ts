/** What sending from the panel needs of the browser: headers that no script may set, rights to sites, and the hub. */
import { computed, signal } from '@preact/signals'
import { browser } from 'wxt/browser'

import { createFirefoxRules } from './replay-rules-firefox.ts'
import { createHeaderRules } from './replay-rules.ts'
import { createPanelRecorder } from './replay/extension/recorder.ts'
import { createExtensionSender } from './replay/extension/sender.ts'
import { createReplayer, type ReplayerEnd, type SiteRights } from './replay/replayer.ts'
import type { PanelToHub } from './protocol.ts'
import type { Connection, Session } from './session/types.ts'

/** A replayer for a panel; `toHub` is the way to its hub. */
export function createPanelReplayer(session: Session, toHub: (message: PanelToHub) => void): ReplayerEnd {
  const later = (callback: () => void, ms: number): (() => void) => {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  }
  const recorder = createPanelRecorder((message) => session.apply(message), {
    now: () => performance.now(),
    timeOriginMs: performance.timeOrigin,
    later,
  })
  const rules = import.meta.env.FIREFOX ? createFirefoxRules() : createHeaderRules(browser.declarativeNetRequest)
  return createReplayer({
    toHub,
    extension: createExtensionSender({ recorder, rules, later }),
    rights: createSiteRights(),
    connectionOf: (key) => connectionIn(session, key),
    pageUrl: () => session.pageUrl,
    page: computed(() => {
      if (!session.reachable.value) return 'unreachable'
      return session.capturing.value === false ? 'not-capturing' : 'ready'
    }),
    later,
    newId: () => crypto.randomUUID(),
  })
}

function connectionIn({ rows }: Session, key: string): Connection | null {
  for (const row of rows) if (row.kind === 'connection' && row.connection.key === key) return row.connection
  return null
}

const ALL_SITES = { origins: ['<all_urls>'] }

/** Chromium lets users take an extension's rights to sites back, until it asks again. */
function createSiteRights(): SiteRights {
  const isGranted = signal(true)
  // Firefox's panels have no `permissions`, and its add-ons keep what their manifest names.
  const permissions = (browser as { readonly permissions?: typeof browser.permissions }).permissions
  if (permissions === undefined || import.meta.env.FIREFOX) return { isGranted, request: async () => true }
  const look = (): void => void permissions.contains(ALL_SITES).then((has) => (isGranted.value = has))
  permissions.onAdded.addListener(look)
  permissions.onRemoved.addListener(look)
  look()
  return {
    isGranted,
    async request() {
      isGranted.value = await permissions.request(ALL_SITES)
      return isGranted.value
    },
  }
}
