/** The bridge between a hub that calls at any moment and a capture that comes when it comes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startBridge } from '../../lib/bridge.ts'
import { HUB_PORT, type Port } from '../../lib/channel-ports.ts'
import type { DocumentToHub, HubToDocument } from '../../lib/protocol.ts'
import { switchOff } from '../../lib/switch-off.ts'
import { linkToBridge, type Platform } from '../../lib/world-link.ts'

const platform: Platform = {
  addListener: (target, type, listener, first) => target.addEventListener(type, listener, first),
  removeListener: (target, type, listener, first) => target.removeEventListener(type, listener, first),
  dispatch: (target, event) => target.dispatchEvent(event),
}
/** The one event that Node lacks. */
class FocusEventOfTest extends Event {
  readonly #relatedTarget: EventTarget | null
  constructor(type: string, init: FocusEventInit) {
    super(type)
    this.#relatedTarget = init.relatedTarget ?? null
  }
  get relatedTarget(): EventTarget | null {
    return this.#relatedTarget
  }
}

/** What the bridge needs of the browser, and the other end of it: a hub that calls gives what it was told so far. */
function createRuntime() {
  const accepts: ((port: never) => void)[] = []
  const runtime = { onConnect: { addListener: (listener: (port: never) => void) => void accepts.push(listener) } }
  const dial = () => {
    const told: DocumentToHub[] = []
    const listeners: ((message: HubToDocument) => void)[] = []
    const port: Port = {
      name: HUB_PORT,
      postMessage: (message) => void told.push(message as DocumentToHub),
      disconnect() {},
      onMessage: { addListener: (listener) => void listeners.push(listener as never) },
      onDisconnect: { addListener() {} },
    }
    for (const accept of accepts) accept(port as never)
    const send = (message: HubToDocument) => listeners.forEach((listener) => listener(message))
    return { send, hellos: () => told.flatMap((message) => (message.k === 'hello' ? [message.capturing] : [])) }
  }
  return { runtime, dial }
}
/** The page's end: notes its commands, and goes when it is told to. */
function capture(): string[] {
  const commands: string[] = []
  const link = linkToBridge(platform, (text) => {
    const { k } = JSON.parse(text) as { k: string }
    commands.push(k)
    if (k === 'off') link.close()
  })
  link.open()
  return commands
}

let page: { readyState: DocumentReadyState; window: EventTarget }
beforeEach(() => {
  const window = new EventTarget()
  const made = {
    readyState: 'loading' as const,
    fonts: new EventTarget(),
    createComment: () => new EventTarget(),
    window,
  }
  page = made
  vi.stubGlobal('document', made)
  vi.stubGlobal('location', { href: 'https://a.example/' })
  vi.stubGlobal('FocusEvent', FocusEventOfTest)
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  for (const name of ['bridge', 'switch']) Reflect.deleteProperty(globalThis, Symbol.for(`streamscope:${name}`))
})
afterEach(() => void vi.unstubAllGlobals())

const complete = () => {
  page.readyState = 'interactive'
  page.window.dispatchEvent(new Event('DOMContentLoaded'))
}
const start = () => {
  const { runtime, dial } = createRuntime()
  startBridge({ runtime }, 'secret', () => Promise.resolve(null))
  return dial
}

test('a hub that calls before capture is here is told so, and called upon again once it is: what it said before was lost', () => {
  const dial = start()
  const hub = dial()
  hub.send({ k: 'subscribe', v: 1, from: 1, turn: 1 })
  expect(hub.hellos()).toEqual([null])
  const commands = capture()
  expect(hub.hellos()).toEqual([null, true])
  hub.send({ k: 'subscribe', v: 1, from: 1, turn: 2 })
  expect(commands).toEqual(['family', 'subscribe'])
})

test('a hub that calls later hears once that capture is here', () => {
  const dial = start()
  capture()
  const hub = dial()
  complete()
  expect(hub.hellos()).toEqual([true])
})

test('where capture never comes, that is known when the markup is there', () => {
  const dial = start()
  const hub = dial()
  complete()
  expect(hub.hellos()).toEqual([null, false])
})

test('a hub that calls before the script that switches capture off is told when it came', () => {
  const dial = start()
  capture()
  const hub = dial()
  switchOff()
  expect(hub.hellos()).toEqual([true, false])
})

test('switched off before capture is here: it is never said to be', () => {
  const dial = start()
  const hub = dial()
  switchOff()
  const commands = capture()
  expect(commands).toEqual(['family', 'off'])
  expect(hub.hellos()).toEqual([null, false])
})
