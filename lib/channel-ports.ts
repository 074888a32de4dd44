/** Channels over extension ports, a BroadcastChannel, and in memory for tests and the plain page. */
import type { Channel } from './channel.ts'

/** Name of the port by which a hub dials a document. */
export const HUB_PORT = 'streamscope-hub'

/** Name of the way between a tab's panel and its hub; the tab's id follows after a colon. */
export const HUB_FOR_PANEL = 'streamscope-panel'
/** Firefox: by this port, named likewise, a devtools page tells the background page that DevTools is open for a tab. */
export const HUB_FOR_DEVTOOLS = 'streamscope-devtools'

/** The part of an extension port that is used, in both browsers. */
export interface Port {
  readonly name: string
  /** Firefox says here why a port closed. */
  readonly error?: { message: string } | null
  postMessage(message: unknown): void
  disconnect(): void
  readonly onMessage: { addListener(listener: (message: never) => void): void }
  readonly onDisconnect: { addListener(listener: (port: never) => void): void }
}
interface Runtime {
  readonly runtime: {
    readonly onConnect: { addListener(listener: (port: never) => void): void }
    readonly lastError?: { message?: string } | null | undefined
  }
}

export function portChannel<Out, In>(port: Port, { runtime }: Runtime): Channel<Out, In> {
  return {
    post(message) {
      try {
        port.postMessage(message)
      } catch {
        // The other side has gone; onDisconnect tells, or has told.
      }
    },
    listen(receive, signal) {
      port.onMessage.addListener((message: In) => {
        if (!signal?.aborted) receive(message)
      })
    },
    onClose(closed) {
      port.onDisconnect.addListener(() => closed(runtime.lastError?.message ?? port.error?.message ?? ''))
    },
    close: () => port.disconnect(),
  }
}

/** Calls `accept` with a channel for each port of that name that is opened to this context. */
export function onDialled<Out, In>(
  browser: Runtime,
  name: string,
  accept: (channel: Channel<Out, In>, port: Port) => void,
): void {
  browser.runtime.onConnect.addListener((port: Port) => {
    if (port.name === name || port.name.startsWith(`${name}:`)) accept(portChannel<Out, In>(port, browser), port)
  })
}

/** Between two pages of the extension. It cannot tell when the other side goes. */
export function broadcastChannel<Out, In>(name: string): Channel<Out, In> {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    listen(receive, signal) {
      channel.addEventListener('message', (event) => receive(event.data as In), signal ? { signal } : undefined)
    },
    onClose() {},
    close: () => channel.close(),
  }
}

/** Two ends that hand each other what is posted, as JSON and asynchronously, as ports do. */
export function memoryChannels<A, B>(): [Channel<A, B>, Channel<B, A>] {
  const ends = [newEnd(), newEnd()] as const
  return [toChannel<A, B>(ends[0], ends[1]), toChannel<B, A>(ends[1], ends[0])]
}

interface End {
  readonly listeners: Set<(message: unknown) => void>
  readonly closers: Set<(why: string) => void>
  closed: boolean
}
const newEnd = (): End => ({ listeners: new Set(), closers: new Set(), closed: false })

function toChannel<Out, In>(mine: End, other: End): Channel<Out, In> {
  return {
    post(message) {
      const text = JSON.stringify(message)
      queueMicrotask(() => {
        if (!mine.closed) for (const receive of other.listeners) receive(JSON.parse(text))
      })
    },
    listen(receive, signal) {
      const listener = receive as (message: unknown) => void
      mine.listeners.add(listener)
      signal?.addEventListener('abort', () => mine.listeners.delete(listener))
    },
    onClose: (closed) => void mine.closers.add(closed),
    close() {
      if (mine.closed) return
      mine.closed = other.closed = true
      for (const closed of other.closers) closed('')
    },
  }
}
