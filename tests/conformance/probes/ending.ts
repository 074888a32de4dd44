/** Ways to end a stream: does the server learn of it as soon, does the page get the same error. */
import { describe, outcome, pause, readUpTo, stackLines, type Json } from '../page/facts.ts'
import { loadedFrame } from '../page/frames.ts'
import type { World } from '../page/world.ts'

type Body = ReadableStream<Uint8Array<ArrayBuffer>>

async function open(world: World, key: string, init: RequestInit = {}): Promise<{ response: Response; body: Body }> {
  const stream = world.stream(key)
  const response = await fetch(stream.url, init)
  if (response.body === null) throw new Error('no body')
  await stream.push('data: 1\n\n')
  return { response, body: response.body }
}

export async function cancelling(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  const ways: Record<string, (body: Body) => unknown> = {
    'body.cancel': (body) => body.cancel('why'),
    'reader.cancel': (body) => body.getReader().cancel('why'),
    'reader.cancel while reading': async (body) => {
      const reader = body.getReader()
      await reader.read()
      const pending = reader.read()
      await reader.cancel('why')
      return [await pending, await reader.closed]
    },
    'byob cancel': (body) => body.getReader({ mode: 'byob' }).cancel(),
    'cancel after release': (body) => {
      const reader = body.getReader()
      reader.releaseLock()
      return body.cancel()
    },
    break: async (body) => {
      for await (const chunk of body) return chunk.length
      return 0
    },
    'pipe aborted': (body) => {
      const control = new AbortController()
      const piped = body.pipeTo(new WritableStream(), { signal: control.signal })
      control.abort('pipe')
      return piped
    },
    'piped through, cancelled': (body) => body.pipeThrough(new TextDecoderStream()).cancel('x'),
    'sink fails': (body) =>
      body.pipeTo(
        new WritableStream({
          write() {
            throw new TypeError('full')
          },
        }),
      ),
    'both branches': (body) => Promise.all(body.tee().map((branch) => branch.cancel('b'))),
    wrapped: (body) => new Response(body).body?.cancel(),
    'clone, both': (body) => {
      const response = new Response(body)
      const copy = response.clone()
      return Promise.all([response.body?.cancel(1), copy.body?.cancel(2)])
    },
  }
  for (const [name, end] of Object.entries(ways)) {
    const { body, response } = await open(world, name)
    const since = performance.now()
    const did = outcome(() => end(body))
    const closed = await world.closes(name, since)
    facts[name] = { closed, did: await did, used: response.bodyUsed, locked: body.locked }
  }
  return facts
}

/** Whatever is given to abort() is what the page gets, itself. */
export async function abortReasons(world: World): Promise<Json> {
  const reasons: Record<string, unknown> = {
    nothing: undefined,
    null: null,
    string: 'a string',
    number: 0,
    error: new RangeError('mine'),
    object: { mine: 1 },
    symbol: Symbol('s'),
    function: () => 0,
    dom: new DOMException('x', 'TimeoutError'),
    proxy: new Proxy({}, {}),
  }
  const facts: Record<string, Json> = {}
  for (const [name, reason] of Object.entries(reasons)) {
    const got: Json[] = []
    const take = async (promise: Promise<unknown> | undefined, signal: AbortSignal) => {
      try {
        got.push(['resolved', describe(await promise)])
      } catch (error) {
        got.push([error === signal.reason ? 'the reason itself' : 'another', describe(error)])
      }
    }
    const before = new AbortController()
    const hanging = take(fetch(world.url('/stream', { key: `${name} head` }), { signal: before.signal }), before.signal)
    Reflect.apply(AbortController.prototype.abort, before, name === 'nothing' ? [] : [reason])
    await hanging
    for (const mode of ['read', 'byob', 'text', 'json', 'pipe', 'next', 'tee', 'later', 'unread clone']) {
      const control = new AbortController()
      const key = `${name} ${mode}`
      const { response, body } = await open(world, key, { signal: control.signal })
      let promise: Promise<unknown> | undefined
      if (mode === 'read') {
        const reader = body.getReader()
        await reader.read()
        promise = reader.read()
      }
      if (mode === 'byob') {
        const reader = body.getReader({ mode: 'byob' })
        await reader.read(new Uint8Array(99))
        promise = reader.read(new Uint8Array(9))
      }
      if (mode === 'text') promise = response.text()
      if (mode === 'json') promise = response.json()
      if (mode === 'pipe') promise = body.pipeTo(new WritableStream())
      if (mode === 'next') {
        const iterator = body.values()
        await iterator.next()
        promise = iterator.next()
      }
      if (mode === 'tee') {
        const [branch] = body.tee()
        const reader = branch.getReader()
        await reader.read()
        promise = reader.read()
      }
      if (mode === 'unread clone') {
        response.clone()
        promise = response.text()
      }
      const since = performance.now()
      Reflect.apply(AbortController.prototype.abort, control, name === 'nothing' ? [] : [reason])
      if (mode === 'later') promise = body.getReader().read()
      await take(promise, control.signal)
      got.push(mode, await world.closes(key, since))
    }
    facts[name] = got
  }
  return facts
}

export async function signals(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  const control = new AbortController()
  const makers: Record<string, (ms: number) => AbortSignal> = {
    timeout: (ms) => AbortSignal.timeout(ms),
    any: (ms) => {
      const inner = new AbortController()
      setTimeout(() => inner.abort('inner'), ms)
      return AbortSignal.any([control.signal, inner.signal])
    },
    'any timeout': (ms) => AbortSignal.any([control.signal, AbortSignal.timeout(ms)]),
  }
  /** Ends while the page reads; null if it was over before the page came to that. */
  const whileReading = async (key: string, signal: AbortSignal): Promise<Json> => {
    let second: Promise<unknown> | undefined
    try {
      const { body } = await open(world, key, { signal })
      const reader = body.getReader()
      await readUpTo(reader, 'data: 1\n\n')
      if (signal.aborted) return null
      second = reader.read()
    } catch {
      return null
    }
    const failed = await second.then(
      () => 'read',
      (error: unknown) => [error === signal.reason, describe(error)] as Json,
    )
    return [failed, await world.closes(key, performance.now())]
  }
  for (const [name, make] of Object.entries(makers)) {
    let ended: Json = null
    // Only a busy machine needs more than the first.
    for (const ms of [80, 800, 8_000]) ended ??= await whileReading(`${name} ${ms}`, make(ms))
    facts[name] = ended
  }
  const request = new Request(world.stream('request').url, { signal: control.signal })
  facts['request signal'] = [request.signal === control.signal, request.signal.aborted]
  const response = await fetch(request)
  const pending = outcome(() => response.text())
  control.abort(new RangeError('from the request'))
  facts['request aborted'] = [
    await pending,
    request.signal.aborted,
    describe(request.signal.reason),
    await world.closes('request', performance.now()),
  ]
  const init = new AbortController()
  const other = new AbortController()
  const both = await fetch(new Request(world.stream('both').url, { signal: other.signal }), { signal: init.signal })
  other.abort('ignored')
  await pause(30)
  facts['replaced signal'] = [await world.closes('both', performance.now(), 80)]
  init.abort('used')
  facts['replaced signal used'] = [await world.closes('both', performance.now()), await outcome(() => both.text())]
  const late = new AbortController()
  const done = await fetch(world.url('/plain'), { signal: late.signal })
  const text = await done.text()
  late.abort('after')
  facts['abort after all'] = [text, await outcome(() => done.text()), done.bodyUsed]
  return facts
}

/** The server ends, in every way it can. */
export async function serverEnds(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  for (const how of ['end', 'reset'] as const) {
    for (const mode of ['read', 'text', 'blob', 'json', 'next', 'pipe', 'clone']) {
      const key = `${how} ${mode}`
      const { response, body } = await open(world, key)
      const reader = mode === 'read' ? body.getReader() : undefined
      await reader?.read()
      const promise = outcome(() => {
        if (reader !== undefined) return reader.read()
        if (mode === 'text') return response.text()
        if (mode === 'blob') return response.blob()
        if (mode === 'json') return response.json()
        if (mode === 'clone') return Promise.all([response.clone().text(), response.text()])
        if (mode === 'pipe') return body.pipeTo(new WritableStream())
        return (async () => {
          let length = 0
          for await (const chunk of body) length += chunk.length
          return length
        })()
      })
      await world.stream(key).finish(how)
      facts[key] = [await promise, response.bodyUsed, reader === undefined ? null : await outcome(() => reader.closed)]
    }
  }
  for (const what of ['short', 'chunk', 'gzip', 'empty', 'head'])
    facts[what] = await outcome(async () => (await fetch(world.url('/invalid', { what }))).text())
  return facts
}

/** Lines of the stack an error shows are those of the page. */
export async function errorStacks(world: World): Promise<Json> {
  const facts: Json[] = []
  const stackOf = async function named(act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
      facts.push('no error')
    } catch (error) {
      facts.push(stackLines(error))
    }
  }
  await stackOf(() => fetch('http://'))
  await stackOf(() => fetch('http://127.0.0.1:1/'))
  await stackOf(async () => {
    await fetch('http://127.0.0.1:1/')
  })
  await stackOf(() => Reflect.apply(fetch, {}, ['/x']))
  await stackOf(async () => {
    const { body } = await open(world, 'locked')
    body.getReader()
    body.getReader()
  })
  await stackOf(async () => {
    const { body } = await open(world, 'released')
    const reader = body.getReader()
    reader.releaseLock()
    await reader.read()
  })
  await stackOf(async () => {
    const response = await fetch(world.url('/plain'))
    await response.text()
    await response.text()
  })
  await stackOf(async () => void (await (await fetch(world.url('/plain'))).json()))
  await stackOf(async () => {
    const control = new AbortController()
    const promise = fetch(world.url('/plain'), { signal: control.signal })
    control.abort()
    await promise
  })
  await stackOf(async () => {
    const xhr = new XMLHttpRequest()
    xhr.send()
  })
  await stackOf(async () => void new EventSource('http://'))
  await stackOf(async () => {
    const xhr = new XMLHttpRequest()
    xhr.open('GET', 'http://127.0.0.1:1/', false)
    xhr.send()
  })
  let inCallback: Json = null
  await fetch({
    toString() {
      inCallback = stackLines(new Error('called'))
      return '/x'
    },
  } as never).catch(() => 0)
  facts.push(inCallback)
  const source = new EventSource(world.url('/sse', { n: '1', end: 'open' }))
  facts.push(
    await new Promise<Json>((resolve) => {
      source.onmessage = () => resolve(stackLines(new Error('in a handler')))
    }),
  )
  source.close()
  const xhr = new XMLHttpRequest()
  xhr.open('GET', world.url('/plain'))
  facts.push(
    await new Promise<Json>((resolve) => {
      xhr.onload = () => resolve(stackLines(new Error('in a handler')))
      xhr.send()
    }),
  )
  return facts
}

export async function depthOfStack(world: World): Promise<Json> {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = 3
  const short = stackLines(await fetch('http://').catch((error: unknown) => error))
  Error.stackTraceLimit = 0
  const none = stackLines(await fetch('http://').catch((error: unknown) => error))
  Error.stackTraceLimit = before
  const deep = (frames: number): Promise<unknown> => (frames === 0 ? fetch('http://') : deep(frames - 1))
  const full = stackLines(await deep(30).catch((error: unknown) => error))
  const released = (await open(world, 'released')).body.getReader()
  released.releaseLock()
  const rejected = (frames: number): Promise<unknown> => (frames === 0 ? released.read() : rejected(frames - 1))
  const fullRejected = stackLines(await rejected(30).catch((error: unknown) => error))
  const calls: string[] = []
  const prepared = Error as { prepareStackTrace?: (error: Error, sites: unknown[]) => unknown }
  prepared.prepareStackTrace = (error, sites) => {
    calls.push(`${error.message} ${sites.length}`)
    return 'prepared'
  }
  const response = await fetch(world.url('/sse', { n: '1' }))
  await response.text()
  new EventSource(world.url('/plain')).close()
  delete prepared.prepareStackTrace
  return [short, none, full, fullRejected, calls]
}

export async function unreadAndForgotten(world: World): Promise<Json> {
  await (async () => void (await open(world, 'forgotten')))()
  await pause(50)
  const since = performance.now()
  if (!(await world.collectGarbage())) return 'no garbage collector to call'
  return [await world.closes('forgotten', since, 2_000)]
}

export async function navigation(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  for (const how of ['removed', 'navigated']) {
    const frame = await loadedFrame(world.url('/blank.html'))
    const response = await frame.view.fetch(world.stream(`${how} fetch`).url)
    const reader = response.body?.getReader()
    await world.stream(`${how} fetch`).push('data: 1\n\n')
    await reader?.read()
    const log: string[] = []
    reader?.read().then(
      () => log.push('read'),
      () => log.push('failed'),
    )
    const source = new frame.view.EventSource(world.stream(`${how} source`).url)
    await new Promise((resolve) => (source.onopen = resolve))
    const xhr = new frame.view.XMLHttpRequest()
    xhr.open('GET', world.stream(`${how} xhr`).url)
    xhr.onabort = () => log.push('xhr abort')
    xhr.onerror = () => log.push('xhr error')
    xhr.send()
    await world.stream(`${how} xhr`).push('data: 1\n\n')
    const since = performance.now()
    if (how === 'removed') frame.remove()
    else frame.element.src = world.url('/blank.html', { key: 'next' })
    facts[how] = [
      await world.closes(`${how} fetch`, since, 500),
      await world.closes(`${how} source`, since, 500),
      await world.closes(`${how} xhr`, since, 500),
      log,
    ]
    frame.remove()
  }
  return facts
}
