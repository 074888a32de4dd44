/** What a probe is given: addresses of the server, a remote control for its streams, and places to put figures. */
import { pause, type Json } from './facts.ts'

export type Probe = (world: World) => Promise<Json> | Json

/** How the server saw one request; see server.ts. */
export interface Seen {
  readonly key: string
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
  /** Bytes the server could hand to its socket. */
  readonly pushedBytes: number
  /** The page's side closed the connection before the answer was complete. */
  readonly cutOff: boolean
  /** Server's clock, ms. */
  readonly closedAtMs: number
  readonly nowMs: number
}

export interface Stream {
  readonly url: string
  /** Sends text (or, given bytes, those) and waits until the browser had time to take it in. */
  push(data: string | readonly number[]): Promise<void>
  /** `end`: clean. `reset`: the socket is destroyed in the middle. */
  finish(how: 'end' | 'reset'): Promise<void>
}

export interface World {
  readonly id: string
  readonly origin: string
  readonly otherOrigin: string
  url(path: string, query?: Readonly<Record<string, string>>): string
  cross(path: string, query?: Readonly<Record<string, string>>): string
  /** A stream that sends nothing but what it is told. `type` is its content type. */
  stream(key: string, query?: Readonly<Record<string, string>>, other?: boolean): Stream
  seen(): Promise<readonly Seen[]>
  /** Requests as the server saw them, in order, without the page's own questions. */
  wire(): Promise<Json>
  /** True as soon as the server saw the page's side close this stream; false after `withinMs`. Also notes the ms since `since` (performance.now()). */
  closes(key: string, since: number, withinMs?: number): Promise<boolean>
  /** A figure that is reported, never compared. */
  report(name: string, value: number): void
  /** A figure that may be at most native × 1.3 + 20 MB. */
  bound(name: string, bytes: number): void
  /** A real, trusted click on a fresh button; resolves with what `handler` gives. */
  click<T>(handler: (event: MouseEvent) => T): Promise<T>
  /** Bytes of the page's heap and buffers after a garbage collection; -1 where the browser cannot say. */
  memory(): Promise<number>
  collectGarbage(): Promise<boolean>
}

export interface Figures {
  readonly reported: Record<string, number>
  readonly bounded: Record<string, number>
}

/** Kept from before a probe runs: some write over these, and the control of the server must go on working. */
const ask = fetch.bind(window)
const toText = JSON.stringify
const keysOf = Object.keys
const now = performance.now.bind(performance)
const nudges = navigator.userAgent.includes('Firefox')

export function createWorld(id: string, otherOrigin: string, figures: Figures): World {
  const at = (base: string, path: string, query: Readonly<Record<string, string>> = {}) => {
    const url = new URL(path, base)
    const names = keysOf(query)
    for (let index = 0; index < names.length; index += 1)
      url.searchParams.set(names[index] ?? '', query[names[index] ?? ''] ?? '')
    url.searchParams.set('id', id)
    return url.href
  }
  const control = async (order: Record<string, Json>): Promise<Json> => {
    const response = await ask('/control', { method: 'POST', body: toText({ ...order, id }) })
    return (await response.json()) as Json
  }
  const seen = async () => (await control({ op: 'seen' })) as unknown as readonly Seen[]
  return {
    id,
    origin: location.origin,
    otherOrigin,
    url: (path, query) => at(location.origin, path, query),
    cross: (path, query) => at(otherOrigin, path, { cors: '1', ...query }),
    stream(key, query = {}, other = false) {
      return {
        url: at(other ? otherOrigin : location.origin, '/stream', { key, ...query }),
        async push(data) {
          await control({ op: 'push', key, ...(typeof data === 'string' ? { text: data } : { bytes: data }) })
          await pause(25)
        },
        async finish(how) {
          await control({ op: 'finish', key, how })
          await pause(25)
        },
      }
    },
    seen,
    async wire() {
      return (await seen()).map(({ method, path, headers, body }) => ({ method, path, headers, body }))
    },
    async closes(key, since, withinMs = 250) {
      const spentMs = now() - since
      const closedMs = (await control({ op: 'await-close', key, withinMs, nudges })) as number | null
      if (closedMs !== null) figures.reported[`${key} closed after ms`] = Math.max(0, Math.round(spentMs + closedMs))
      return closedMs !== null
    },
    report(name, value) {
      figures.reported[name] = Math.round(value * 100) / 100
    },
    bound(name, bytes) {
      if (bytes >= 0) figures.bounded[name] = bytes
    },
    async click(handler) {
      const button = document.body.appendChild(document.createElement('button'))
      button.id = 'click-me'
      button.textContent = 'click me'
      const given = new Promise<Awaited<ReturnType<typeof handler>>>((resolve, reject) => {
        button.addEventListener(
          'click',
          (event) => void Promise.try(() => handler(event)).then(resolve as never, reject),
        )
      })
      await control({ op: 'click' })
      return await given
    },
    async memory() {
      return (await control({ op: 'memory' })) as number
    },
    async collectGarbage() {
      const collect = (globalThis as { gc?: (options?: object) => unknown }).gc
      if (collect === undefined) return false
      // Asynchronously, so that nothing on this very stack keeps what it should let go.
      for (let round = 0; round < 3; round += 1) await collect({ type: 'major', execution: 'async' })
      return true
    },
  }
}
