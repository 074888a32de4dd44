/**
 * The way between capture (page) and bridge (content script): events on a node that is in no document and that only the
 * two know. They are synchronous, so the last records still get out in `pagehide`, and page listeners never see them.
 *
 * Handing over: each side speaks up once, before any script of the document runs, whichever loads first. The node travels as
 * a FocusEvent's `relatedTarget`, which crosses worlds; nothing is posted to the window. They meet on `document.fonts`: it is
 * new with each document and its events go nowhere else, while a parent page can listen at the window of a frame from before
 * its document came.
 */

/** bridge → capture at the meeting place: here is the node. */
const OFFER = 'streamscope:offer'
/** capture → bridge at the meeting place: I am here, offer again. */
const CALL = 'streamscope:call'
/** What capture sends beside records, once it has something to keep: how much may that be? */
export const ASK_BOUND = 'bound?'

/** On the node: capture → bridge, and bridge → capture. Their `detail` is a string. */
const RECORDS = 'records'
const COMMAND = 'command'

/** Platform functions, so that capture can give the ones it saved from the page. */
export interface Platform {
  addListener(target: EventTarget, type: string, listener: (event: Event) => void, capture?: boolean): void
  removeListener(target: EventTarget, type: string, listener: (event: Event) => void, capture?: boolean): void
  dispatch(target: EventTarget, event: Event): boolean
}

export interface LinkToBridge {
  /** Calls the bridge. Its first commands may come before this returns. */
  open(): void
  /** Sends text to the bridge; without a bridge it is lost. */
  send(text: string): void
  /** Takes the next bridge that offers itself, if the one before is gone. */
  renew(): void
  /** Says so to the bridge, and listens and sends no more. */
  close(): void
  /** The same, for a capture that found another in its place: the bridge offers itself once more, to that one. */
  yield(): void
}

export interface LinkToCapture {
  /** Sends a command to capture; without capture it is lost. */
  send(command: string): void
  /** Whether capture is there and listens. */
  readonly linked: boolean
}

/** Asks the other end whether it is still there; only a bridge that lives answers, at once. */
const PING = 'ping'
const PONG = 'pong'
/** capture → bridge: from now on I listen, or no more. */
const READY = 'ready'
const CLOSED = 'closed'
/** capture → bridge: another capture is here, and calls now. */
const YIELDED = 'yielded'

/** Capture's end. `receive` gets the bridge's commands. */
export function linkToBridge(platform: Platform, receive: (command: string) => void): LinkToBridge {
  const NativeCustomEvent = CustomEvent
  const NativeEvent = Event
  const relatedTarget = Object.getOwnPropertyDescriptor(FocusEvent.prototype, 'relatedTarget')?.get as (
    this: Event,
  ) => unknown
  const detail = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get as (this: Event) => unknown
  const { apply } = Reflect
  const meeting = document.fonts
  let node: EventTarget | null = null
  let answered = false
  const textOf = (event: Event): unknown => {
    try {
      return apply(detail, event, [])
    } catch {
      // Not a CustomEvent, so not the bridge's.
      return null
    }
  }
  const onCommand = (event: Event): void => {
    const command = textOf(event)
    if (command === PONG) answered = true
    else if (typeof command === 'string') receive(command)
  }
  const onOffer = (event: Event): void => {
    const offered = apply(relatedTarget, event, [])
    if (!offered) return
    platform.removeListener(meeting, OFFER, onOffer, true)
    node = offered as EventTarget
    platform.addListener(node, COMMAND, onCommand)
    send(READY)
  }
  const call = (): void => {
    platform.addListener(meeting, OFFER, onOffer, true)
    platform.dispatch(meeting, new NativeEvent(CALL))
  }
  const init: CustomEventInit<string> & { __proto__: null } = { __proto__: null }
  const send = (text: string): void => {
    if (!node) return
    init.detail = text
    platform.dispatch(node, new NativeCustomEvent(RECORDS, init))
  }
  const close = (last: string): void => {
    send(last)
    platform.removeListener(meeting, OFFER, onOffer, true)
    if (node) platform.removeListener(node, COMMAND, onCommand)
    node = null
  }
  return {
    open: call,
    send,
    renew() {
      // Chromium leaves pages that are open at an update as they are.
      if (!import.meta.env.FIREFOX) return
      answered = false
      send(PING)
      if (!answered) call()
    },
    close: () => close(CLOSED),
    yield: () => close(YIELDED),
  }
}

/** The bridge's end. `receive` gets capture's texts; `onLinked` is called whenever capture says that it listens. */
export function linkToCapture(receive: (text: string) => void, onLinked: (link: LinkToCapture) => void): LinkToCapture {
  const meeting = document.fonts
  const node = document.createComment('')
  let linked = false
  const send = (command: string): void => {
    node.dispatchEvent(new CustomEvent(COMMAND, { detail: command }))
  }
  const link: LinkToCapture = {
    send,
    get linked() {
      return linked
    },
  }
  node.addEventListener(RECORDS, (event) => {
    const text = String((event as CustomEvent<unknown>).detail)
    if (text === PING) send(PONG)
    else if (text === CLOSED) linked = false
    else if (text === YIELDED) {
      linked = false
      waitForCall()
    } else if (text === READY) {
      linked = true
      // Whoever calls now is not capture, and gets no node.
      meeting.removeEventListener(CALL, offer, true)
      onLinked(link)
    } else receive(text)
  })
  const offer = (): void => {
    meeting.dispatchEvent(new FocusEvent(OFFER, { relatedTarget: node }))
  }
  const waitForCall = (): void => meeting.addEventListener(CALL, offer, { capture: true, once: true })
  waitForCall()
  offer()
  return link
}
