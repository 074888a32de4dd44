/** What calls with odd arguments do, and how often the page's own getters run. */
import { describe, outcome, outcomes, pause, watched, type Json } from '../page/facts.ts'
import type { World } from '../page/world.ts'

/** Calls that TypeScript would not let through. */
const call =
  (...all: unknown[]) =>
  (): unknown =>
    Reflect.apply(fetch, window, all)
const revoked = (): object => {
  const made = Proxy.revocable({}, {})
  made.revoke()
  return made.proxy
}
const throwing = (key: string, error: unknown): object => ({
  get [key]() {
    throw error
  },
})

export const fetchInputs = (world: World) =>
  outcomes({
    none: call(),
    undefined: call(undefined),
    null: call(null),
    empty: call(''),
    bad: call('http://'),
    badPort: call('http://127.0.0.1:99999/'),
    credentials: call('http://user:secret@127.0.0.1/'),
    scheme: call('nonsense://x'),
    mailto: call('mailto:a@b'),
    about: call('about:blank'),
    file: call('file:///etc/passwd'),
    symbol: call(Symbol('s')),
    revoked: call(revoked()),
    number: call(5),
    array: call([world.url('/plain')]),
    object: call({ toString: () => world.url('/plain') }),
    throwing: call({
      toString() {
        throw new RangeError('mine')
      },
    }),
    noPrimitive: call(Object.create(null)),
    url: call(new URL(world.url('/plain'))),
    fragment: call(`${world.url('/plain')}#part`),
    blockedPort: call('http://127.0.0.1:25/'),
    data: call('data:text/event-stream,data:%20x%0A%0A'),
    badBlob: call('blob:nothing'),
  })

export const fetchInits = (world: World) => {
  const url = world.url('/plain')
  const members: Record<string, unknown> = {
    'init number': 5,
    'init string': 'x',
    'init null': null,
    'init function': () => 0,
    'init revoked': revoked(),
  }
  const inits: Record<string, unknown> = {
    'method empty': { method: '' },
    'method forbidden': { method: 'TRACE' },
    'method odd': { method: 'a b' },
    'method symbol': { method: Symbol('m') },
    'method lower': { method: 'patch' },
    'mode bad': { mode: 'nonsense' },
    'mode navigate': { mode: 'navigate' },
    'mode same-origin cross': { mode: 'same-origin' },
    'credentials bad': { credentials: 'x' },
    'cache bad': { cache: 'x' },
    'cache only-if-cached': { cache: 'only-if-cached' },
    'redirect bad': { redirect: 'x' },
    'referrer bad': { referrer: 'http://' },
    'referrer cross': { referrer: 'http://example.test/' },
    'referrerPolicy bad': { referrerPolicy: 'x' },
    'integrity wrong': { integrity: 'sha256-AAAA' },
    'integrity symbol': { integrity: Symbol('i') },
    'keepalive odd': { keepalive: 'yes' },
    'priority bad': { priority: 'x' },
    'window bad': { window: {} },
    'duplex bad': { duplex: 'full' },
    'signal object': { signal: {} },
    'signal number': { signal: 1 },
    'signal null': { signal: null },
    'signal revoked': { signal: revoked() },
    'headers number': { headers: 1 },
    'headers string': { headers: 'abc' },
    'headers pairs short': { headers: [['a']] },
    'headers bad name': { headers: { 'a b': 'c' } },
    'headers bad value': { headers: { a: 'b\nc' } },
    'headers non-latin': { headers: { a: '\u{1F600}' } },
    'headers revoked': { headers: revoked() },
    'headers null': { headers: null },
    'body with GET': { body: 'x' },
    'body symbol': { method: 'POST', body: Symbol('b') },
    'body throwing': {
      method: 'POST',
      body: {
        toString() {
          throw new RangeError('body')
        },
      },
    },
    'body number': { method: 'POST', body: 5 },
    'body null': { method: 'POST', body: null },
    'body stream without duplex': { method: 'POST', body: new ReadableStream() },
    'body stream': {
      method: 'POST',
      duplex: 'half',
      body: new ReadableStream({ start: (controller) => controller.close() }),
    },
    'getter throws error': throwing('method', new RangeError('mine')),
    'getter throws string': throwing('headers', 'a string'),
    'getter throws undefined': throwing('signal', undefined),
    'getter of body': throwing('body', new SyntaxError('x')),
    'class instance': new (class {
      method = 'POST'
    })(),
    frozen: Object.freeze({ headers: Object.freeze({ 'x-probe': '1' }) }),
  }
  return outcomes(
    Object.fromEntries(Object.entries({ ...members, ...inits }).map(([name, init]) => [name, call(url, init)])),
  )
}

const fullInit = (): Record<string, unknown> => ({
  method: 'POST',
  headers: { 'x-probe': '1', accept: 'text/event-stream' },
  body: '{"stream":true}',
  mode: 'cors',
  credentials: 'include',
  cache: 'no-store',
  redirect: 'follow',
  referrer: '',
  referrerPolicy: 'no-referrer',
  integrity: '',
  keepalive: false,
  signal: new AbortController().signal,
  priority: 'high',
  duplex: 'half',
  window: null,
  unknown: 1,
})

export async function getterOrder(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  const log = async (name: string, act: (seen: string[]) => unknown) => {
    const seen: string[] = []
    const did = await outcome(() => act(seen))
    facts[name] = [did, [...seen]]
  }
  const url = world.url('/plain')
  await log('fetch init', (seen) => call(url, watched(fullInit(), seen))())
  await log('fetch headers', (seen) => call(url, { headers: watched({ a: 'b', c: 'd' }, seen) })())
  await log('fetch header pairs', (seen) => call(url, { headers: watched([['a', 'b']], seen) })())
  await log('fetch iterable headers', (seen) =>
    call(url, {
      headers: {
        *[Symbol.iterator]() {
          seen.push('iterate')
          yield ['a', 'b']
          seen.push('done')
        },
      },
    })(),
  )
  await log('fetch url object', (seen) =>
    call({
      toString: () => (seen.push('toString'), url),
      [Symbol.toPrimitive]: (hint: string) => (seen.push(`primitive ${hint}`), url),
    })(),
  )
  await log('fetch url proxy', (seen) => call(watched(new URL(url), seen))())
  await log('fetch body object', (seen) =>
    call(url, { method: 'POST', body: { toString: () => (seen.push('body'), 'x') } })(),
  )
  await log('fetch method object', (seen) => call(url, { method: { toString: () => (seen.push('method'), 'POST') } })())
  await log('fetch third argument', (seen) => call(url, {}, watched({}, seen))())
  await log('request and init', (seen) => call(new Request(url), watched(fullInit(), seen))())
  await log('request proxy', (seen) => call(watched(new Request(url), seen))())
  await log('new Request', (seen) => new Request(url, watched(fullInit(), seen)))
  await log(
    'new Response',
    (seen) => new Response('x', watched({ status: 201, statusText: 'y', headers: { a: 'b' } }, seen)),
  )
  await log('EventSource init', (seen) => new EventSource(url, watched({ withCredentials: true }, seen)).close())
  await log('EventSource url', (seen) =>
    Reflect.construct(EventSource, [{ toString: () => (seen.push('toString'), url) }]).close(),
  )
  await log('xhr open', (seen) =>
    Reflect.apply(
      XMLHttpRequest.prototype.open,
      new XMLHttpRequest(),
      ['GET', url, 'user', 'password'].map((text) => ({ toString: () => (seen.push(text.slice(0, 4)), text) })),
    ),
  )
  await log('values options', async (seen) =>
    (await fetch(url)).body?.values(watched({ preventCancel: true }, seen)).return?.(),
  )
  await log('getReader options', async (seen) =>
    (await fetch(url)).body?.getReader(watched({ mode: undefined }, seen) as never).cancel(),
  )
  await log('pipeTo options', async (seen) =>
    (await fetch(url)).body?.pipeTo(
      new WritableStream(),
      watched({ preventClose: true, preventAbort: false, preventCancel: false, signal: undefined }, seen) as never,
    ),
  )
  await log('pipeThrough pair', async (seen) => {
    const through = new TransformStream()
    ;(await fetch(url)).body?.pipeThrough(watched({ readable: through.readable, writable: through.writable }, seen))
  })
  await log('byob options', async (seen) =>
    (await fetch(url)).body?.getReader({ mode: 'byob' }).read(new Uint8Array(9), watched({ min: 1 }, seen)),
  )
  await log('abort reason', (seen) => new AbortController().abort(watched({}, seen)))
  await log('listener object', (seen) => {
    const source = new EventSource(url)
    source.addEventListener('message', watched({ handleEvent() {} }, seen), watched({ once: true }, seen))
    source.close()
  })
  return facts
}

export const constructorArguments = (world: World) => {
  const make =
    (name: string, ...all: unknown[]) =>
    () =>
      Reflect.construct(Reflect.get(globalThis, name) as () => unknown, all)
  return outcomes({
    'EventSource none': make('EventSource'),
    'EventSource bad': make('EventSource', 'http://'),
    'EventSource symbol': make('EventSource', Symbol('s')),
    'EventSource init 5': make('EventSource', world.url('/plain'), 5),
    'EventSource throwing': make(
      'EventSource',
      world.url('/plain'),
      throwing('withCredentials', new RangeError('mine')),
    ),
    'Response 99': make('Response', '', { status: 99 }),
    'Response body in 204': make('Response', 'x', { status: 204 }),
    'Response statusText': make('Response', '', { statusText: '\u0100' }),
    'Request none': make('Request'),
    'Request bad': make('Request', 'http://'),
    'ReadableStream bad type': make('ReadableStream', { type: 'x' }),
    'ReadableStream bad start': make('ReadableStream', { start: 1 }),
  })
}

export async function readerArguments(world: World): Promise<Json> {
  const body = async () => {
    const { body } = await fetch(world.url('/plain'))
    if (body === null) throw new Error('no body')
    return body
  }
  const on =
    (method: string, ...all: unknown[]) =>
    async () =>
      Reflect.apply(Reflect.get(ReadableStream.prototype, method) as () => unknown, await body(), all)
  const byob =
    (...all: unknown[]) =>
    async () =>
      Reflect.apply(ReadableStreamBYOBReader.prototype.read, (await body()).getReader({ mode: 'byob' }), all)
  return outcomes({
    'getReader 5': on('getReader', 5),
    'getReader bad mode': on('getReader', { mode: 'x' }),
    'pipeTo none': on('pipeTo'),
    'pipeTo {}': on('pipeTo', {}),
    'pipeThrough none': on('pipeThrough'),
    'pipeThrough half': on('pipeThrough', { readable: new ReadableStream() }),
    'pipeTo bad signal': on('pipeTo', new WritableStream(), { signal: 1 }),
    'values 5': on('values', 5),
    'tee extra': on('tee', 1),
    'cancel many': on('cancel', 1, 2),
    'byob none': byob(),
    'byob empty': byob(new Uint8Array(0)),
    'byob array': byob([]),
    'byob min 0': byob(new Uint8Array(4), { min: 0 }),
    'byob min big': byob(new Uint8Array(4), { min: 9 }),
    'byob view': byob(new DataView(new ArrayBuffer(8))),
    'byob words': byob(new Uint16Array(4)),
  })
}

/** Which rejections nobody handled, once all is over. */
export async function unhandledRejections(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  const promises = new Map<Promise<unknown>, string>()
  const seen: Json[] = []
  const late: Json[] = []
  const hear = (event: PromiseRejectionEvent) => {
    seen.push([promises.get(event.promise) ?? 'unknown promise', describe(event.reason)])
    event.preventDefault()
  }
  window.addEventListener('unhandledrejection', hear)
  window.addEventListener('rejectionhandled', (event) => late.push(promises.get(event.promise) ?? 'unknown promise'))
  const watch = async (
    name: string,
    act: () => Promise<unknown> | undefined | Promise<unknown>[],
    after?: () => void,
  ) => {
    for (const promise of [act()].flat()) if (promise !== undefined) promises.set(promise, name)
    after?.()
    await pause(60)
    facts[name] = seen.splice(0)
  }
  const open = async (key: string, signal?: AbortSignal) => {
    const stream = world.stream(key)
    const { body } = await fetch(stream.url, signal === undefined ? {} : { signal })
    if (body === null) throw new Error('no body')
    return body
  }
  await watch('bad url', () => fetch('http://'))
  await watch('aborted before', () => fetch(world.url('/plain'), { signal: AbortSignal.abort('why') }))
  await watch('refused', () => fetch('http://127.0.0.1:1/'))
  await watch('caught later', () => {
    const promise = fetch('http://')
    setTimeout(() => promise.catch(() => 0), 20)
    return promise
  })
  await watch('derived', () => {
    const promise = fetch('http://')
    return [promise, promise.then(() => 0), promise.finally(() => 0)]
  })
  await watch('caught derived only', () => {
    const promise = fetch('http://')
    promise.then(() => 0).catch(() => 0)
    return promise
  })
  for (const kind of ['read', 'closed', 'both', 'byob', 'text', 'pipeTo', 'next', 'nothing', 'tee', 'piped through']) {
    const control = new AbortController()
    const stopped = world.stream(kind)
    const response = await fetch(stopped.url, { signal: control.signal })
    const { body } = response
    if (body === null) throw new Error('no body')
    await watch(
      `abort: ${kind}`,
      () => {
        if (kind === 'read') return body.getReader().read()
        if (kind === 'closed') return body.getReader().closed
        if (kind === 'both') {
          const reader = body.getReader()
          return [reader.read(), reader.closed]
        }
        if (kind === 'byob') return body.getReader({ mode: 'byob' }).read(new Uint8Array(8))
        if (kind === 'text') return response.text()
        if (kind === 'pipeTo') return body.pipeTo(new WritableStream())
        if (kind === 'next') return body.values().next()
        if (kind === 'tee') return body.tee().map((branch) => branch.getReader().read())
        if (kind === 'piped through') return body.pipeThrough(new TextDecoderStream()).getReader().read()
        return undefined
      },
      () => control.abort(new RangeError(kind)),
    )
  }
  const locked = await open('locked')
  const reader = locked.getReader()
  await watch('cancel locked', () => locked.cancel())
  await watch(
    'release while reading',
    () => [reader.read(), reader.closed],
    () => reader.releaseLock(),
  )
  await watch('read after release', () => reader.read())
  const broken = world.stream('broken')
  const dying = (await fetch(broken.url)).body?.getReader()
  const waiting = dying?.read()
  if (waiting !== undefined) promises.set(waiting, 'broken')
  await broken.finish('reset')
  await pause(60)
  facts['broken'] = seen.splice(0)
  const dead = await fetch(world.url('/invalid', { what: 'chunk' }))
  await pause(60)
  facts['nobody reads a broken body'] = [seen.splice(0), dead.status]
  return [facts, late]
}
