/** In which order things happen: microtasks, tasks, requests on the wire. */
import { brief, outcome, pause, ticks, type Json } from '../page/facts.ts'
import { loadedFrame } from '../page/frames.ts'
import type { World } from '../page/world.ts'

const call = (...all: unknown[]): Promise<unknown> => Reflect.apply(fetch, window, all)

async function bodyOf(url: string, init?: RequestInit): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { body } = await fetch(url, init)
  if (body === null) throw new Error('no body')
  return body
}

export async function ticksUntilRejected(world: World): Promise<Json> {
  const url = world.url('/plain')
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  return {
    none: await ticks(call()),
    'bad url': await ticks(call('http://')),
    'bad method': await ticks(call(url, { method: 'a b' })),
    'body with GET': await ticks(call(url, { body: 'x' })),
    revoked: await ticks(call(revoked.proxy)),
    throwing: await ticks(
      call(url, {
        get method() {
          throw new Error('x')
        },
      }),
    ),
    'aborted signal': await ticks(call(url, { signal: AbortSignal.abort() })),
    'illegal receiver': await ticks(Reflect.apply(fetch, {}, [url])),
    'good url': await ticks(call(url)),
    'data url': await ticks(call('data:text/event-stream,x')),
  }
}

/** abort() before the head: who hears of it, in which order. */
export async function abortBeforeHead(world: World): Promise<Json> {
  const log: string[] = []
  const control = new AbortController()
  control.signal.addEventListener('abort', () => {
    log.push('listener before')
    queueMicrotask(() => log.push('microtask of listener before'))
  })
  const promise = fetch(world.url('/plain'), { signal: control.signal })
  promise.then(
    () => log.push('then'),
    (error: unknown) => log.push(`catch ${String(error)}`),
  )
  control.signal.addEventListener('abort', () => {
    log.push('listener after')
    queueMicrotask(() => log.push('microtask of listener after'))
  })
  control.signal.onabort = () => log.push('onabort')
  void Promise.resolve()
    .then(() => log.push('microtask 1'))
    .then(() => log.push('microtask 2'))
    .then(() => log.push('microtask 3'))
    .then(() => log.push('microtask 4'))
  log.push('abort')
  control.abort('reason')
  log.push('aborted')
  void Promise.resolve()
    .then(() => log.push('later microtask 1'))
    .then(() => log.push('later microtask 2'))
    .then(() => log.push('later microtask 3'))
  setTimeout(() => log.push('task'))
  await pause(40)
  return log
}

/** abort() while streaming: read, closed, listeners, microtasks. */
export async function abortWhileReading(world: World): Promise<Json> {
  const logs: Json[] = []
  for (const mode of ['default', 'byob', 'text', 'pipe', 'next']) {
    const log: string[] = []
    const control = new AbortController()
    control.signal.addEventListener('abort', () => log.push('listener before'))
    const stream = world.stream(mode)
    const response = await fetch(stream.url, { signal: control.signal })
    control.signal.addEventListener('abort', () => log.push('listener after'))
    await stream.push('data: 1\n\n')
    const settle = (name: string, promise: Promise<unknown> | undefined) =>
      promise?.then(
        () => log.push(`${name} resolved`),
        (error: unknown) => log.push(`${name} rejected ${String(error)}`),
      )
    if (mode === 'default') {
      const reader = response.body?.getReader()
      await reader?.read()
      settle('closed', reader?.closed)
      settle('read 1', reader?.read())
      settle('read 2', reader?.read())
    } else if (mode === 'byob') {
      const reader = response.body?.getReader({ mode: 'byob' })
      await reader?.read(new Uint8Array(100))
      settle('closed', reader?.closed)
      settle('read 1', reader?.read(new Uint8Array(100)))
    } else if (mode === 'text') settle('text', response.text())
    else if (mode === 'pipe')
      settle(
        'pipe',
        response.body?.pipeTo(
          new WritableStream({ write: () => void log.push('write'), abort: () => void log.push('sink abort') }),
        ),
      )
    else {
      const iterator = response.body?.values()
      await iterator?.next()
      settle('next 1', iterator?.next())
      settle('next 2', iterator?.next())
      settle('return', iterator?.return?.('given' as never))
    }
    await pause(30)
    void Promise.resolve().then(() => log.push('microtask'))
    control.abort('reason')
    log.push('aborted')
    void Promise.resolve()
      .then(() => log.push('tick 1'))
      .then(() => log.push('tick 2'))
      .then(() => log.push('tick 3'))
      .then(() => log.push('tick 4'))
      .then(() => log.push('tick 5'))
      .then(() => log.push('tick 6'))
    setTimeout(() => log.push('task'))
    await pause(40)
    logs.push({ mode, log })
  }
  return logs
}

export async function ticksUntilRead(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  for (const mode of ['default', 'byob', 'iterator'] as const) {
    const stream = world.stream(mode)
    const body = await bodyOf(stream.url)
    const reader = mode === 'default' ? body.getReader() : undefined
    const byob = mode === 'byob' ? body.getReader({ mode: 'byob' }) : undefined
    const iterator = mode === 'iterator' ? body.values() : undefined
    const read = (): Promise<unknown> =>
      reader?.read() ?? byob?.read(new Uint8Array(64)) ?? iterator?.next() ?? Promise.reject(new Error('none'))
    await stream.push('data: 1\n\n')
    facts[`${mode} with data`] = await ticks(read())
    const early = read()
    await stream.push('data: 2\n\n')
    facts[`${mode} was waiting`] = await ticks(early)
    await stream.finish('end')
    facts[`${mode} at the end`] = await ticks(read())
    facts[`${mode} past the end`] = await ticks(read())
    facts[`${mode} two past the end`] = [await ticks(read()), await ticks(Promise.all([read(), read()]))]
  }
  const stream = world.stream('broken')
  const reader = (await bodyOf(stream.url)).getReader()
  const closed = reader.closed.then(() => 'closed', brief)
  await stream.finish('reset')
  await pause(50)
  facts['broken'] = [await ticks(reader.read()), await ticks(reader.read()), await closed]
  reader.releaseLock()
  facts['released'] = [await ticks(reader.read()), await ticks(reader.closed), await ticks(reader.cancel())]
  return facts
}

/** Ticks of promises that settle together, by comparing their reactions' order. */
export async function endOfBodyOrder(world: World): Promise<Json> {
  const logs: Json[] = []
  for (const how of ['end', 'reset'] as const) {
    const log: string[] = []
    const stream = world.stream(how)
    const reader = (await bodyOf(stream.url)).getReader()
    const note = (name: string, promise: Promise<unknown>) =>
      void promise
        .then(
          () => log.push(`${name} resolved`),
          () => log.push(`${name} rejected`),
        )
        .then(() => log.push(`${name} + 1`))
        .then(() => log.push(`${name} + 2`))
    note('closed', reader.closed)
    note('read 1', reader.read())
    note('read 2', reader.read())
    await stream.finish(how)
    await pause(50)
    logs.push(log)
  }
  return logs
}

export async function ticksUntilBody(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  for (const method of ['text', 'json', 'blob', 'arrayBuffer', 'bytes', 'formData'] as const) {
    const response = await fetch(world.url('/plain', { body: '[1]' }))
    await pause(20)
    facts[method] = await ticks(response[method]())
    facts[`${method} again`] = await ticks(response[method]())
    const none = await fetch(world.url('/plain', { status: '204' }))
    await pause(20)
    facts[`${method} of none`] = await ticks(none[method]())
    facts[`${method} of constructed`] = await ticks(new Response('[1]')[method]())
  }
  return facts
}

export async function ticksUntilCancelled(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  facts['body.cancel'] = await ticks((await bodyOf(world.stream('a').url)).cancel())
  facts['reader.cancel'] = await ticks((await bodyOf(world.stream('b').url)).getReader().cancel('x'))
  facts['byob cancel'] = await ticks((await bodyOf(world.stream('c').url)).getReader({ mode: 'byob' }).cancel('x'))
  const iterator = (await bodyOf(world.stream('d').url)).values()
  facts['iterator return'] = await ticks(iterator.return?.() ?? Promise.resolve())
  facts['iterator next after'] = await ticks(iterator.next())
  const branches = (await bodyOf(world.stream('e').url)).tee()
  const first = branches[0].cancel(1)
  facts['one branch'] = await ticks(first)
  facts['both branches'] = [await ticks(branches[1].cancel(2)), await ticks(first)]
  const locked = await bodyOf(world.stream('f').url)
  locked.getReader()
  facts['locked'] = await ticks(locked.cancel())
  const log: string[] = []
  const reader = (await bodyOf(world.stream('g').url)).getReader()
  reader.read().then(
    ({ done }) => log.push(`read ${done}`),
    () => log.push('read rejected'),
  )
  reader.closed.then(
    () => log.push('closed'),
    () => log.push('closed rejected'),
  )
  reader.cancel().then(
    () => log.push('cancelled'),
    () => log.push('cancel rejected'),
  )
  await pause(20)
  facts['cancel with a read'] = log
  return facts
}

/** One after the other in one task; the server counts. */
export async function orderOnTheWire(world: World): Promise<Json> {
  const xhr = new XMLHttpRequest()
  const log: string[] = []
  const first = fetch(world.url('/plain', { key: '1' }), { headers: { accept: 'text/event-stream' } })
  xhr.open('GET', world.url('/plain', { key: '2' }))
  xhr.send()
  const source = new EventSource(world.url('/sse', { key: '3', end: 'open' }))
  const body = new ReadableStream({ start() {} })
  const failed = fetch(world.url('/plain', { key: '4' }), { method: 'POST', body, duplex: 'half' } as RequestInit).then(
    () => 'sent',
    brief,
  )
  const second = fetch(world.url('/plain', { key: '5' }), { method: 'POST', body: '{"stream":true}' })
  const third = fetch(
    new Request(world.url('/plain', { key: '6' }), { method: 'POST', body: new Blob(['{"stream":true}']) }),
  )
  void Promise.resolve().then(() => log.push('microtask'))
  await Promise.all([first, second, third, new Promise((resolve) => (source.onopen = resolve))])
  source.close()
  const timings = performance.getEntriesByType('resource').filter(({ name }) => /key=\d/.test(name))
  return {
    timings: timings.map(({ name }) => /key=(\d)/.exec(name)?.[1] ?? ''),
    seen: (await world.seen()).map(({ key }) => key).toSorted(),
    failed: await failed,
    log,
  }
}

/** The request has left when `fetch` returns: what the page does in the same task comes too late to change it. */
export async function laterChanges(world: World): Promise<Json> {
  const headers = new Headers({ 'x-probe': 'before' })
  const init = { method: 'POST', headers, body: new Uint8Array([65, 66]) }
  const plain = { 'x-probe': 'before' }
  const data = new FormData()
  data.set('a', 'before')
  const query = new URLSearchParams('a=before')
  const all = [
    fetch(world.url('/echo'), init),
    fetch(world.url('/echo'), { method: 'POST', headers: plain, body: data }),
    fetch(world.url('/echo'), { method: 'POST', body: query }),
  ]
  headers.set('x-probe', 'after')
  init.body[0] = 90
  init.method = 'PUT'
  plain['x-probe'] = 'after'
  data.set('a', 'after')
  query.set('a', 'after')
  const texts = await Promise.all(all.map(async (response) => (await response).text()))
  return texts.map((text) => [
    text.includes('after'),
    text.includes('before'),
    text.includes('AB'),
    text.includes('ZB'),
  ])
}

/** What a page sends while it goes away. */
export async function pagehide(world: World): Promise<Json> {
  const frame = await loadedFrame(world.url('/blank.html'))
  const log: string[] = []
  frame.view.addEventListener('pagehide', () => {
    log.push(`beacon ${frame.view.navigator.sendBeacon(world.url('/plain', { key: 'beacon' }), 'x')}`)
    frame.view
      .fetch(world.url('/plain', { key: 'keepalive' }), { method: 'POST', keepalive: true, body: '{"stream":true}' })
      .then(
        () => log.push('kept'),
        (error: unknown) => log.push(brief(error) as string),
      )
    frame.view
      .fetch(world.url('/plain', { key: 'stream' }), { keepalive: true, headers: { accept: 'text/event-stream' } })
      .catch((error: unknown) => log.push(brief(error) as string))
  })
  frame.view.addEventListener('unload', () => log.push('unload'))
  frame.remove()
  await pause(300)
  return { log, seen: (await world.seen()).map(({ method, key, body }) => [method, key, body]).toSorted() as Json }
}

export async function userActivation(world: World): Promise<Json> {
  const state = () => [navigator.userActivation.isActive, navigator.userActivation.hasBeenActive]
  const facts = await world.click(async (event) => {
    const during = state()
    const response = await fetch(world.url('/sse'))
    const afterHead = state()
    const reader = response.body?.getReader()
    await reader?.read()
    const afterRead = state()
    const opened = window.open('about:blank', '', 'popup')
    const popped = opened !== null
    opened?.close()
    await reader?.cancel()
    return { trusted: event.isTrusted, during, afterHead, afterRead, popped }
  })
  return { before: 'not compared', ...facts }
}

/** Nothing of ours runs between a task's end and the page's own microtasks. */
export async function callsAreSynchronous(world: World): Promise<Json> {
  const log: string[] = []
  const init = {
    get method() {
      log.push('getter')
      queueMicrotask(() => log.push('microtask of getter'))
      return 'GET'
    },
  }
  const promise = fetch(world.url('/plain'), init)
  log.push('returned')
  await null
  log.push('after one tick')
  await promise
  const entries = performance.getEntriesByType('resource').length
  void fetch(world.url('/plain'))
  const xhr = new XMLHttpRequest()
  xhr.open('GET', world.url('/plain'), false)
  const sent = await outcome(() => xhr.send())
  return [log, sent, xhr.responseText, entries > 0]
}
