import { expect, test, vi } from 'vitest'
import { broadcastChannel, memoryChannels, onDialled, portChannel, type Port } from '../../lib/channel-ports.ts'

test('a memory channel hands over copies, later and in order', async () => {
  const [a, b] = memoryChannels<{ at: number[] }, never>()
  const got: unknown[] = []
  b.listen((message) => got.push(message))
  const sent = { at: [1] }
  a.post(sent)
  a.post({ at: [2] })
  sent.at.push(9)
  expect(got).toEqual([])
  await vi.waitFor(() => expect(got).toEqual([{ at: [1] }, { at: [2] }]))
})

test('closing a memory channel tells the other end, and nothing is delivered any more', async () => {
  const [a, b] = memoryChannels<string, string>()
  const closed: string[] = []
  const got: string[] = []
  a.listen((message) => got.push(message))
  b.listen((message) => got.push(message))
  a.onClose(() => closed.push('a'))
  b.onClose(() => closed.push('b'))
  a.close()
  a.post('x')
  b.post('y')
  await new Promise((resolve) => setTimeout(resolve))
  expect({ closed, got }).toEqual({ closed: ['b'], got: [] })
})

test('a listener goes when its signal aborts', async () => {
  const [a, b] = memoryChannels<number, number>()
  const got: number[] = []
  const stop = new AbortController()
  b.listen((message) => got.push(message), stop.signal)
  a.post(1)
  await vi.waitFor(() => expect(got).toEqual([1]))
  stop.abort()
  a.post(2)
  await new Promise((resolve) => setTimeout(resolve))
  expect(got).toEqual([1])
})

/** An event as extension APIs have them. */
const extensionEvent = () => {
  const listeners: ((value: never) => void)[] = []
  return {
    addListener: (listener: (value: never) => void) => void listeners.push(listener),
    fire: (value: unknown) => listeners.forEach((listener) => listener(value as never)),
  }
}

test('a port that throws because its other end has gone loses the message quietly', () => {
  const port: Port = {
    name: 'x',
    postMessage: () => {
      throw new Error('Attempting to use a disconnected port object')
    },
    disconnect() {},
    onMessage: extensionEvent(),
    onDisconnect: extensionEvent(),
  }
  const channel = portChannel<string, string>(port, { runtime: { onConnect: extensionEvent() } })
  expect(() => channel.post('x')).not.toThrow()
})

test("only ports of one's own name are accepted, and why they close is passed on", () => {
  const onConnect = extensionEvent()
  const onDisconnect = extensionEvent()
  const accepted: string[] = []
  const why: string[] = []
  onDialled({ runtime: { onConnect, lastError: { message: 'gone' } } }, 'streamscope-hub', (channel, port) => {
    accepted.push(port.name)
    channel.onClose((reason) => why.push(reason))
  })
  for (const name of ['other', 'streamscope-hub', 'streamscope-hub:7', 'streamscope-hubble'])
    onConnect.fire({ name, postMessage() {}, disconnect() {}, onMessage: extensionEvent(), onDisconnect })
  onDisconnect.fire({})
  expect({ accepted, why }).toEqual({ accepted: ['streamscope-hub', 'streamscope-hub:7'], why: ['gone', 'gone'] })
})

test('two ends of a broadcast channel hear each other and not themselves', async () => {
  const a = broadcastChannel<string, string>('t')
  const b = broadcastChannel<string, string>('t')
  const got: string[] = []
  a.listen((message) => got.push(`a:${message}`))
  b.listen((message) => got.push(`b:${message}`))
  a.post('one')
  b.post('two')
  await vi.waitFor(() => expect(got.toSorted()).toEqual(['a:two', 'b:one']))
  a.close()
  b.close()
})
