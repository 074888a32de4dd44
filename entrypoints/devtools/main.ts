import { browser } from 'wxt/browser'
import { broadcastChannel, HUB_FOR_DEVTOOLS, HUB_FOR_PANEL } from '../../lib/channel-ports.ts'
import { hostHub } from '../../lib/hub-host.ts'
import { watchExchanges } from '../../lib/network/exchanges.ts'

const { tabId } = browser.devtools.inspectedWindow

// Lives exactly as long as DevTools. Firefox gives this page no `tabs`, so there it only holds the background's hub open.
if (import.meta.env.FIREFOX) browser.runtime.connect({ name: `${HUB_FOR_DEVTOOLS}:${tabId}` })
else {
  const { hub } = hostHub(tabId, () =>
    watchExchanges(browser.devtools.network, browser.runtime.getURL('/content-scripts/page.js'), (facts) =>
      hub.finished(facts),
    ),
  )
  hub.attach(broadcastChannel(`${HUB_FOR_PANEL}:${tabId}`))
}

void browser.devtools.panels.create('Streamscope', 'icon/32.png', 'panel.html')
