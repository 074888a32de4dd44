/** A client for Firefox's Marionette protocol (version 3): it reaches the browser's own windows, where DevTools lives. */

import { connect, type Socket } from 'node:net'
import { until, within } from './until.ts'

const CONNECT_TIMEOUT_MS = 30_000
const COMMAND_TIMEOUT_MS = 30_000
/** A loaded machine waits here for Firefox's first window. */
const SESSION_TIMEOUT_MS = 60_000

/** `chrome` is the browser's own window with all rights, `content` the selected tab's page. */
type MarionetteContext = 'chrome' | 'content'

export interface Marionette {
  /** Any command of the protocol; rejects with its error, or when it takes longer than `timeoutMs`. */
  command(name: string, params?: object, timeoutMs?: number): Promise<unknown>
  /** Runs the body of a function; `arguments` are `args`; a returned promise is awaited. JSON values only. */
  execute(context: MarionetteContext, body: string, args?: readonly unknown[]): Promise<unknown>
  close(): void
}

interface Pending {
  readonly name: string
  resolve(value: unknown): void
  reject(error: Error): void
}

/**
 * Connects to 127.0.0.1 and opens a session.
 *
 * @throws Error when the browser does not answer in time
 */
export async function connectMarionette(port: number): Promise<Marionette> {
  const socket = await until('Marionette to listen', () => open(port), CONNECT_TIMEOUT_MS)
  const pending = new Map<number, Pending>()
  const greeting = Promise.withResolvers<void>()
  let lastId = 0

  socket.on('error', () => {
    // 'close' follows, and rejects what is under way.
  })
  socket.on('close', () => {
    greeting.reject(new Error('Firefox closed the Marionette connection.'))
    for (const { name, reject } of pending.values())
      reject(new Error(`${name}: Firefox closed the Marionette connection.`))
    pending.clear()
  })
  readPackets(socket, (packet) => {
    if (!Array.isArray(packet)) return greeting.resolve()
    const [, id, error, result] = packet as [number, number, { error: string; message: string } | null, unknown]
    const call = pending.get(id)
    pending.delete(id)
    if (error) call?.reject(new Error(`${call.name}: ${error.error}: ${error.message}`))
    else call?.resolve(result)
  })

  const command = (name: string, params: object = {}, timeoutMs = COMMAND_TIMEOUT_MS) => {
    const id = ++lastId
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    pending.set(id, { name, resolve, reject })
    const json = JSON.stringify([0, id, name, params])
    socket.write(`${Buffer.byteLength(json)}:${json}`)
    return within(`Firefox's answer to ${name}`, promise, timeoutMs)
  }

  const execute = async (context: MarionetteContext, script: string, args: readonly unknown[] = []) => {
    await command('Marionette:SetContext', { value: context })
    // Without a sandbox name, page scripts see the page's own globals.
    const sandbox = context === 'chrome' ? { sandbox: 'system' } : {}
    const params = { script, args, scriptTimeout: COMMAND_TIMEOUT_MS, newSandbox: false, ...sandbox }
    const result = (await command('WebDriver:ExecuteScript', params, COMMAND_TIMEOUT_MS + 2_000)) as { value: unknown }
    return result.value
  }

  try {
    await within("Marionette's greeting", greeting.promise, CONNECT_TIMEOUT_MS)
    await command('WebDriver:NewSession', { acceptInsecureCerts: true }, SESSION_TIMEOUT_MS)
  } catch (error) {
    socket.destroy()
    throw error
  }
  return { command, execute, close: () => socket.destroy() }
}

function open(port: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect(port, '127.0.0.1')
  socket.once('connect', () => resolve(socket))
  socket.once('error', reject)
  return promise
}

/** A packet is the length of its JSON text in bytes, a colon, and the text. */
function readPackets(socket: Socket, receive: (packet: unknown) => void): void {
  let rest: Buffer = Buffer.alloc(0)
  socket.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data])
    for (;;) {
      const colon = rest.indexOf(':')
      if (colon < 0) return
      const end = colon + 1 + Number(rest.subarray(0, colon).toString())
      if (rest.length < end) return
      const text = rest.subarray(colon + 1, end).toString()
      rest = rest.subarray(end)
      receive(JSON.parse(text))
    }
  })
}
