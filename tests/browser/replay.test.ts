/** What a panel sends as the page: by the browser's own functions, unseen by the page, recorded as any connection. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { PageReplay } from '../../lib/protocol.ts'
import { endless, SSE_HEAD } from '../helpers/stream-server.ts'
import { until } from '../helpers/until.ts'
import { first, kinds, only, text, useBench } from './setup.ts'

interface Arrived {
  readonly method: string | undefined
  readonly headers: Record<string, unknown>
  readonly text: string
}
const arrived = new Map<string, Arrived>()

const bench = useBench({
  '/echo': (response, request) => {
    const { method, headers, text: sent } = request
    arrived.set(request.url ?? '', { method, headers, text: sent })
    response.writeHead(200, { ...SSE_HEAD, 'x-answer': 'yes' })
    response.end('data: a\n\ndata: é\n\n')
  },
  '/endless': endless(),
  '/events': (response, request) => {
    arrived.set(request.url ?? '', { method: request.method, headers: request.headers, text: '' })
    response.writeHead(200, SSE_HEAD)
    response.write('id: 7\nevent: tick\ndata: 1\n\nevent: unheard\ndata: 2\n\ndata: 3\n\n')
  },
})

const asked = (path: string, over: Partial<PageReplay> = {}): PageReplay => ({
  mark: { run: `run ${path}`, of: 'doc/1' },
  as: 'fetch',
  method: 'GET',
  url: new URL(path, bench().server.url).href,
  headers: [],
  options: {},
  content: null,
  body: { kind: 'none' },
  asked: '',
  types: [],
  timeoutMs: null,
  ...over,
})
const send = (path: string, over?: Partial<PageReplay>) =>
  bench().records.post({ k: 'replay', replay: asked(path, over) })

test('a replay is sent as it was asked for, and recorded from its opening to its end', async () => {
  const { page, records, server } = bench()
  await page.evaluate(() => (document.cookie = 'sid=of-the-page'))
  await send('/echo?t=post', {
    method: 'POST',
    headers: [
      ['Authorization', 'Bearer other'],
      ['X-Twice', '1, 2'],
    ],
    content: { text: 'body é' },
    body: { kind: 'text', text: 'body é', sizeBytes: 7, cut: false },
  })
  const made = await records.ended('t=post')
  expect(kinds(made)).toEqual(['open', 'head', 'chunk', 'end'])
  expect(first(made, 'open')).toMatchObject({
    transport: 'fetch',
    method: 'POST',
    stack: '',
    replay: { run: 'run /echo?t=post', of: 'doc/1' },
    body: { kind: 'text', text: 'body é' },
  })
  expect(first(made, 'head').headers).toContainEqual(['x-answer', 'yes'])
  expect(text(made)).toBe('data: a\n\ndata: é\n\n')
  expect(first(made, 'end')).toMatchObject({ how: 'done', by: '' })
  expect(arrived.get('/echo?t=post')).toMatchObject({
    method: 'POST',
    text: 'body é',
    headers: {
      authorization: 'Bearer other',
      'x-twice': '1, 2',
      cookie: 'sid=of-the-page',
      origin: server.url.slice(0, -1),
      referer: server.url,
    },
  })
})

test('bytes go out as they are, and options are those of fetch', async () => {
  const bytes = Buffer.from([0, 1, 255, 195, 40])
  await send('/echo?t=bytes', {
    method: 'PUT',
    headers: [['Content-Type', 'application/x-odd']],
    options: { credentials: 'omit', referrer: '' },
    content: { base64: bytes.toString('base64') },
  })
  await bench().records.ended('t=bytes')
  const { headers } = arrived.get('/echo?t=bytes') ?? { headers: {} }
  expect(headers).toMatchObject({ 'content-type': 'application/x-odd', 'content-length': '5' })
  expect(headers).not.toHaveProperty('cookie')
  expect(headers).not.toHaveProperty('referer')
})

test('a stop closes the connection at once, and the record says that the panel did it', async () => {
  const { records, server } = bench()
  await send('/endless?t=stop')
  await records.when('t=stop', (made) => only(made, 'chunk').length > 1)
  await records.post({ k: 'stop-replay', run: 'run /endless?t=stop', by: 'stop after events' })
  expect(first(await records.ended('t=stop'), 'end')).toMatchObject({
    how: 'cancel',
    by: 'stop after events',
    signal: null,
  })
  await until('the server to see it closed', () => server.closedEarly.includes('/endless?t=stop'))
})

test('a limit ends it as a timeout', async () => {
  await send('/endless?t=limit', { timeoutMs: 300 })
  expect(first(await bench().records.ended('t=limit'), 'end')).toMatchObject({ how: 'timeout', limitMs: 300 })
})

test('a real EventSource tells of the types that it is to listen for, and is closed by a stop', async () => {
  const { records, server } = bench()
  await send('/events?t=source', { as: 'eventsource', options: { withCredentials: 'false' }, types: ['tick'] })
  const made = await records.when('t=source', (all) => only(all, 'event').length === 2)
  expect(first(made, 'open')).toMatchObject({ transport: 'eventsource', replay: { of: 'doc/1' } })
  expect(only(made, 'event').map(({ type, data, id }) => [type, data, id])).toEqual([
    ['tick', '1', '7'],
    ['message', '3', '7'],
  ])
  expect(arrived.get('/events?t=source')?.headers).toMatchObject({ accept: 'text/event-stream' })
  await records.post({ k: 'stop-replay', run: 'run /events?t=source', by: 'replay stopped' })
  expect(first(await records.ended('t=source'), 'end')).toMatchObject({ how: 'cancel', by: 'replay stopped' })
  await until('the server to see it closed', () => server.closedEarly.includes('/events?t=source'))
})

test('what the browser refuses is recorded with its reason', async () => {
  const { records, server } = bench()
  await send('/echo?t=refused', { url: new URL('/none?t=refused', server.otherUrl).href })
  expect(first(await records.ended('t=refused'), 'end')).toMatchObject({ how: 'error', reason: { name: 'TypeError' } })
})

test('what cannot be made ready is recorded with its reason, and not left open', async () => {
  await send('/echo?t=unready', { method: 'POST', content: { base64: '*' } })
  const made = await bench().records.ended('t=unready')
  expect(first(made, 'end')).toMatchObject({ how: 'error', reason: { name: 'InvalidCharacterError' } })
  expect(arrived.has('/echo?t=unready')).toBe(false)
})

type ThenAt = 'Response.prototype' | 'Object.prototype' | 'a Proxy above Response.prototype'

/** Keeps Responses and what reads give, when the browser asks them for a `then`. `window.release` takes it away. */
function catchAnswers(at: ThenAt): void {
  const caught: unknown[] = []
  const keep = (value: unknown): void => {
    if (value instanceof Response || (value as { value?: unknown }).value instanceof Uint8Array) caught.push(value)
  }
  const accessor = {
    configurable: true,
    get(this: unknown): undefined {
      keep(this)
    },
  }
  const proxy = new Proxy(Object.prototype, {
    get: (target, key, receiver) => {
      if (key === 'then') keep(receiver)
      return Reflect.get(target, key, receiver) as unknown
    },
    has: () => false,
    getOwnPropertyDescriptor: () => undefined,
  })
  // oxlint-disable no-thenable
  if (at === 'Response.prototype') Object.defineProperty(Response.prototype, 'then', accessor)
  // oxlint-disable-next-line no-extend-native
  else if (at === 'Object.prototype') Object.defineProperty(Object.prototype, 'then', accessor)
  else Object.setPrototypeOf(Response.prototype, proxy)
  // oxlint-enable no-thenable
  const release = (): void => {
    Reflect.deleteProperty(Response.prototype, 'then')
    Reflect.deleteProperty(Object.prototype, 'then')
    Object.setPrototypeOf(Response.prototype, Object.prototype)
  }
  Object.assign(window, { caught, release })
}
interface Catching {
  readonly caught: unknown[]
  readonly release: () => void
}
const release = (page: Page) =>
  page.evaluate(() => {
    const { caught, release: takeAway } = window as unknown as Catching
    takeAway()
    return caught.length
  })

test('a page that would be handed the answer by a then of its own gets nothing: it is not sent, and that is said', async () => {
  const { page, records } = bench()
  const places: readonly ThenAt[] = ['Response.prototype', 'Object.prototype', 'a Proxy above Response.prototype']
  for (const [index, at] of places.entries()) {
    const path = `/echo?t=then-${index}`
    await page.evaluate(catchAnswers, at)
    await send(path)
    const made = await records.ended(`t=then-${index}`)
    expect({ at, caught: await release(page) }).toEqual({ at, caught: 0 })
    expect(kinds(made)).toEqual(['open', 'end'])
    expect(first(made, 'end')).toMatchObject({ how: 'cancel', by: 'then of the page' })
    expect(arrived.has(path)).toBe(false)
  }
  await send('/echo?t=then-no-more')
  expect(text(await records.ended('t=then-no-more'))).toBe('data: a\n\ndata: é\n\n')
})

test('a then that the page puts there in the middle of a stream ends the replay before the next read', async () => {
  const { page, records, server } = bench()
  await send('/endless?t=then-late')
  await records.when('t=then-late', (made) => only(made, 'chunk').length > 1)
  await page.evaluate(catchAnswers, 'Object.prototype' as const)
  const made = await records.ended('t=then-late')
  expect(first(made, 'end')).toMatchObject({ how: 'cancel', by: 'then of the page' })
  // The read that had been asked for before.
  expect(await release(page)).toBeLessThanOrEqual(1)
  await until('the server to see it closed', () => server.closedEarly.includes('/endless?t=then-late'))
})

/** Puts its own in the place of all that a replay could use, and writes down each use. */
function watchEverything(): void {
  const seen: string[] = []
  Object.assign(window, { seen })
  const note = (what: string) => void seen.push(what)
  for (const name of ['fetch', 'EventSource', 'AbortController', 'Request', 'Headers', 'Response', 'FormData', 'atob'])
    Object.defineProperty(window, name, { configurable: true, get: () => note(name), set() {} })
  const watch = (owner: object, keys: readonly PropertyKey[]) => {
    for (const key of keys) {
      const own = Object.getOwnPropertyDescriptor(owner, key)
      if (own === undefined || !own.configurable) continue
      const watched = (original: (...args: never[]) => unknown) =>
        function (this: unknown, ...args: never[]): unknown {
          note(String(key))
          return Reflect.apply(original, this, args)
        }
      if (typeof own.value === 'function')
        Object.defineProperty(owner, key, { ...own, value: watched(own.value as never) })
      else if (own.get) Object.defineProperty(owner, key, { ...own, get: watched(own.get as never) })
    }
  }
  watch(ReadableStreamDefaultReader.prototype, ['read', 'closed', 'cancel', 'releaseLock'])
  watch(ReadableStream.prototype, ['getReader', 'cancel', 'tee', 'pipeTo', Symbol.asyncIterator])
  watch(Promise.prototype, ['then', 'catch', 'finally', 'constructor'])
  for (const key of [
    'k',
    'replay',
    'mark',
    'run',
    'headers',
    'options',
    'content',
    'toJSON',
    'signal',
    'window',
    'keepalive',
  ])
    // What a hostile page does.
    // oxlint-disable-next-line no-extend-native
    Object.defineProperty(Object.prototype, key, {
      configurable: true,
      get: () => note(`Object.prototype.${key}`),
      set(this: object, value: unknown) {
        note(`Object.prototype.${key} set`)
        Object.defineProperty(this, key, { value, configurable: true, enumerable: true, writable: true })
      },
    })
  // oxlint-disable-next-line no-extend-native
  Object.defineProperty(Array.prototype, 'toJSON', { configurable: true, get: () => note('Array.prototype.toJSON') })
  for (const type of ['unhandledrejection', 'rejectionhandled', 'error', 'message', 'records', 'command'])
    addEventListener(type, ({ type: heard }) => note(`event ${heard}`), true)
}

const globalsOf = (page: Page) => page.evaluate(() => Object.getOwnPropertyNames(window).toSorted().join())

test('a page that watches all of it sees nothing of a replay, and changes nothing of it', async () => {
  const { page, records } = bench()
  await send('/echo?t=before')
  await records.ended('t=before')
  const globals = await globalsOf(page)
  await page.evaluate(watchEverything)
  await page.evaluate(() => ((window as unknown as { seen: string[] }).seen.length = 0))
  await send('/echo?t=hidden', {
    method: 'POST',
    headers: [['X-Own', 'as asked']],
    content: { base64: Buffer.from('bytes').toString('base64') },
  })
  await send('/events?t=hidden-source', { as: 'eventsource', types: ['tick'] })
  const made = await records.ended('t=hidden')
  await records.when('t=hidden-source', (all) => only(all, 'event').length === 2)
  await send('/endless?t=hidden-stop')
  await records.when('t=hidden-stop', (all) => only(all, 'chunk').length > 1)
  await records.post({ k: 'stop-replay', run: 'run /endless?t=hidden-stop', by: 'replay stopped' })
  await records.ended('t=hidden-stop')
  await records.post({ k: 'stop-replay', run: 'run /events?t=hidden-source', by: 'replay stopped' })
  await records.ended('t=hidden-source')
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen)
  expect(seen).toEqual([])
  const control = await page.evaluate(async () => {
    await Promise.resolve().then(() => window.fetch)
    JSON.stringify([])
    return (window as unknown as { seen: string[] }).seen
  })
  expect(control).toEqual(expect.arrayContaining(['then', 'fetch', 'Array.prototype.toJSON']))
  expect(await globalsOf(page)).toBe(`${globals},seen`.split(',').toSorted().join())
  expect(text(made)).toBe('data: a\n\ndata: é\n\n')
  expect(first(made, 'open').replay).toEqual({ run: 'run /echo?t=hidden', of: 'doc/1' })
  expect(arrived.get('/echo?t=hidden')).toMatchObject({
    method: 'POST',
    text: 'bytes',
    headers: { 'x-own': 'as asked' },
  })
})

test('when DevTools goes, what it had sent is stopped', async () => {
  const { records, server } = bench()
  await send('/endless?t=closed')
  await records.when('t=closed', (made) => only(made, 'chunk').length > 1)
  await records.close()
  await expect.poll(() => server.closedEarly).toContain('/endless?t=closed')
})
