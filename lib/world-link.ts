/**
 * The way between capture (page) and bridge (content script): events on a node that is in no document and that only the
 * two know. They are synchronous, so the last records still get out in `pagehide`, and page listeners never see them.
 *
 * Handing over: each side speaks up once on `document`, before any script of the page runs, whichever loads first. The
 * node travels as a MouseEvent's `relatedTarget`, which crosses worlds; nothing is posted to the window.
 */

/** bridge → capture on `document`: here is the node. */
const OFFER = 'streamscope:offer'
/** capture → bridge on `document`: I am here, offer again. */
const CALL = 'streamscope:call'
/** On the node: capture → bridge, and bridge → capture. Their `detail` is a string. */
const RECORDS = 'records'
const COMMAND = 'command'

/** Platform functions, so that capture can give the ones it saved from the page. */
export interface Platform {
  addListener(target: EventTarget, type: string, listener: (event: Event) => void, capture?: boolean): void
  removeListener(target: EventTarget, type: string, listener: (event: Event) => void, capture?: boolean): void
  dispatch(target: EventTarget, event: Event): boolean
}

/** Capture's end. `receive` gets the bridge's commands. Gives a function that sends text to the bridge. */
export function linkToBridge(platform: Platform, receive: (command: string) => void): (text: string) => void {
  const NativeCustomEvent = CustomEvent
  const relatedTarget = Object.getOwnPropertyDescriptor(MouseEvent.prototype, 'relatedTarget')?.get as (
    this: Event,
  ) => unknown
  const detail = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get as (this: Event) => unknown
  const { apply } = Reflect
  let node: EventTarget | null = null
  const onCommand = (event: Event): void => {
    const command = apply(detail, event, [])
    if (typeof command === 'string') receive(command)
  }
  const onOffer = (event: Event): void => {
    if (node) return
    const offered = apply(relatedTarget, event, [])
    if (!offered) return
    platform.removeListener(document, OFFER, onOffer, true)
    node = offered as EventTarget
    platform.addListener(node, COMMAND, onCommand)
  }
  platform.addListener(document, OFFER, onOffer, true)
  platform.dispatch(document, new Event(CALL))
  const init: CustomEventInit<string> & { __proto__: null } = { __proto__: null }
  return (text) => {
    if (!node) return
    init.detail = text
    platform.dispatch(node, new NativeCustomEvent(RECORDS, init))
  }
}

/** The bridge's end. `receive` gets capture's texts. Gives a function that sends a command to capture. */
export function linkToCapture(receive: (text: string) => void): (command: string) => void {
  const node = document.createComment('')
  node.addEventListener(RECORDS, (event) => receive(String((event as CustomEvent<unknown>).detail)))
  const offer = (): void => {
    document.dispatchEvent(new MouseEvent(OFFER, { relatedTarget: node }))
  }
  document.addEventListener(CALL, offer, { capture: true, once: true })
  offer()
  return (command) => {
    node.dispatchEvent(new CustomEvent(COMMAND, { detail: command }))
  }
}
