/** The browser's debugging pipe (`--remote-debugging-pipe`): JSON messages, each ended by a NUL byte. */
import type { Readable, Writable } from 'node:stream'
import type { CDPSession } from 'playwright-core'

/** Typed commands of the DevTools protocol, to the browser or to one target of it. */
export interface Session {
  readonly send: CDPSession['send']
}

export interface Pipe extends Session {
  /** Commands to one target. */
  attach(targetId: string): Promise<Session>
  /** Calls `receive` for events named `method`; gives a function that stops it. */
  on(method: string, receive: (params: unknown) => void): () => void
}

interface Waiting {
  readonly method: string
  resolve(result: unknown): void
  reject(error: Error): void
}
interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

export function openPipe(input: Writable, output: Readable): Pipe {
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<string, Set<(params: unknown) => void>>()
  let lastId = 0
  let rest: Buffer[] = []

  const receive = (message: Message): void => {
    if (message.id === undefined) {
      for (const listener of listeners.get(message.method ?? '') ?? []) listener(message.params)
      return
    }
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) call?.reject(new Error(`${call.method}: ${message.error.message}`))
    else call?.resolve(message.result)
  }
  output.on('data', (bytes: Buffer) => {
    let from = 0
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
      const text = Buffer.concat([...rest, bytes.subarray(from, end)]).toString()
      rest = []
      from = end + 1
      receive(JSON.parse(text) as Message)
    }
    if (from < bytes.length) rest.push(bytes.subarray(from))
  })
  output.on('close', () => {
    for (const { method, reject } of waiting.values()) reject(new Error(`${method}: the browser is gone`))
    waiting.clear()
  })
  // Written to a browser that just ended: the calls that wait are told by "close" above.
  input.on('error', () => {})

  const sender = (sessionId?: string): Session['send'] =>
    ((method: string, params: object = {}) => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      const id = ++lastId
      waiting.set(id, { method, resolve, reject })
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
      return promise
    }) as Session['send']

  const send = sender()
  return {
    send,
    async attach(targetId) {
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true })
      return { send: sender(sessionId) }
    },
    on(method, listener) {
      const known = listeners.get(method) ?? new Set()
      listeners.set(method, known.add(listener))
      return () => known.delete(listener)
    },
  }
}

/**
 * Runs `source` in a target and gives its (awaited) value.
 *
 * @throws Error with the target's own error text
 */
export async function evaluate(session: Session, source: string): Promise<unknown> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: source,
    awaitPromise: true,
    returnByValue: true,
  })
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  return result.value
}
