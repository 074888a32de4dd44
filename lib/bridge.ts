/** Runs in the content script's own world: passes batches from capture to the hub that dialled, and commands back. It never calls out. */
import { HUB_PORT, onDialled } from './channel-ports.ts'
import type { Channel } from './channel.ts'
import { PROTOCOL_VERSION, type BridgeToCapture, type DocumentToHub, type HubToDocument } from './protocol.ts'
import { linkToCapture } from './world-link.ts'

type Runtime = Parameters<typeof onDialled>[0]

export function startBridge(browser: Runtime): void {
  const doc = documentName()
  let hub: Channel<DocumentToHub, HubToDocument> | null = null

  const send = linkToCapture((text) => {
    const batch = toBatch(text)
    if (batch) hub?.post(batch)
  })
  const command = (message: BridgeToCapture): void => send(JSON.stringify(message))
  const hello = (): void => hub?.post({ k: 'hello', v: PROTOCOL_VERSION, doc, url: location.href })

  onDialled<DocumentToHub, HubToDocument>(browser, HUB_PORT, (dialled) => {
    hub = dialled
    hello()
    dialled.listen(command)
    dialled.onClose(() => {
      if (hub !== dialled) return
      hub = null
      command({ k: 'unsubscribe' })
    })
  })

  addEventListener(
    'pagehide',
    (event) => {
      command({ k: 'flush' })
      hub?.post({ k: 'leaving', cached: event.persisted })
    },
    true,
  )
  // Firefox keeps the port through the back/forward cache; Chromium's is dead by then, and the hub dials anew.
  addEventListener('pageshow', (event) => event.persisted && hello(), true)
}

/** Capture writes "first last part more json"; numbers first, so that the json need not be parsed here. */
function toBatch(text: string): DocumentToHub | null {
  const header = /^(\d+) (\d+) (\d+) ([01]) /.exec(text)
  if (!header) return null
  const [whole, first, last, part, more] = header
  return {
    k: 'batch',
    first: Number(first),
    last: Number(last),
    part: Number(part),
    more: more === '1',
    json: text.slice(whole.length),
  }
}

function documentName(): string {
  const words = crypto.getRandomValues(new Uint32Array(3))
  return Array.from(words, (word) => word.toString(36)).join('-')
}
