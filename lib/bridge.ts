/** Runs in the content script's own world: passes batches from capture to the hub that dialled, and commands back. It never calls out. */
import { HUB_PORT, onDialled } from './channel-ports.ts'
import type { Channel } from './channel.ts'
import { PROTOCOL_VERSION, type BridgeToCapture, type DocumentToHub, type HubToDocument } from './protocol.ts'
import { whenSwitchedOff } from './switch-off.ts'
import { ASK_BOUND, linkToCapture } from './world-link.ts'

type Runtime = Parameters<typeof onDialled>[0]

/** The background gives pages a bridge that may have one. A symbol, as an element's id can shadow every name. */
const STARTED = Symbol.for('streamscope:bridge')
const world = globalThis as { [STARTED]?: true }

/**
 * `secret`: of the document's family. `readBound`: what the user lets a journal hold, in bytes; null for nothing of their own.
 * Asked for once there is something to hold.
 */
export function startBridge(browser: Runtime, secret: string, readBound: () => Promise<number | null>): void {
  // After an update of the extension its world is a new one: the bridge of before is cut off, and not counted.
  if (world[STARTED]) return
  world[STARTED] = true
  const doc = documentName()
  let hub: Channel<DocumentToHub, HubToDocument> | null = null

  const toCommand = (message: BridgeToCapture): string => JSON.stringify(message)
  let isOff = false
  /** As the hub was told last. */
  let told: boolean | null = null
  const capturing = (): boolean | null => {
    if (link.linked) return true
    return isOff || document.readyState !== 'loading' ? false : null
  }
  const hello = (): void => {
    told = capturing()
    hub?.post({ k: 'hello', v: PROTOCOL_VERSION, doc, url: location.href, capturing: told })
  }
  // Firefox lets calls in between the scripts of a document. The hub may have called before capture was here, when nobody
  // heard what it subscribed to, or before the script came that switches capture off.
  const helloAgain = (): void => {
    if (hub !== null && told !== capturing()) hello()
  }
  const link = linkToCapture(
    (text) => {
      if (text === ASK_BOUND) return tellBound()
      const batch = toBatch(text)
      if (batch) hub?.post(batch)
    },
    (linked) => {
      linked.send(toCommand({ k: 'family', secret }))
      if (isOff) linked.send(toCommand({ k: 'off' }))
      helloAgain()
    },
  )
  const command = (message: BridgeToCapture): void => link.send(toCommand(message))
  const tellBound = (): void => {
    // Cut off from the extension, as after an update: the bound stays as it is.
    readBound().then(
      (sizeBytes) => sizeBytes !== null && command({ k: 'bound', sizeBytes }),
      () => {},
    )
  }
  whenSwitchedOff(() => {
    isOff = true
    command({ k: 'off' })
    helloAgain()
  })

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

  addEventListener('DOMContentLoaded', helloAgain, true)
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

/** Capture writes "turn first last part more json"; numbers first, so that the json need not be parsed here. */
function toBatch(text: string): DocumentToHub | null {
  const header = /^(\d+) (\d+) (\d+) (\d+) ([01]) /.exec(text)
  if (!header) return null
  const [whole, turn, first, last, part, more] = header
  return {
    k: 'batch',
    turn: Number(turn),
    first: Number(first),
    last: Number(last),
    part: Number(part),
    more: more === '1',
    lagMs: Math.round(Date.now() - performance.timeOrigin - performance.now()),
    json: text.slice(whole.length),
  }
}

function documentName(): string {
  const words = crypto.getRandomValues(new Uint32Array(3))
  return Array.from(words, (word) => word.toString(36)).join('-')
}
