/** Responses: what they say of themselves, and every way to take their body. */
import { brief, describe, outcome, outcomes, pause, readUpTo, type Json } from '../page/facts.ts'
import { loadedFrame } from '../page/frames.ts'
import type { World } from '../page/world.ts'

async function portrait(response: Response): Promise<Json> {
  const { url, type, redirected, status, statusText, ok, bodyUsed, body } = response
  const guard = await outcomes({
    set: () => response.headers.set('x-new', '1'),
    append: () => response.headers.append('content-type', 'x'),
    delete: () => response.headers.delete('content-type'),
  })
  return {
    url,
    type,
    redirected,
    status,
    statusText,
    ok,
    bodyUsed,
    body: body === null ? 'null' : body.locked,
    headers: [...response.headers],
    guard,
  }
}

async function whole(make: () => Promise<Response>): Promise<Json> {
  try {
    const response = await make()
    const before = await portrait(response)
    const copy = response.clone()
    const copied = await portrait(copy)
    const text = await outcome(() => response.text())
    return {
      before,
      copied,
      text,
      copyText: await outcome(() => copy.text()),
      after: [response.bodyUsed, response.body?.locked ?? null],
      again: await outcome(() => response.text()),
      cloneAfter: await outcome(() => response.clone()),
    }
  } catch (error) {
    return describe(error)
  }
}

async function each(addresses: Readonly<Record<string, readonly [string, RequestInit?]>>): Promise<Json> {
  const facts: Record<string, Json> = {}
  for (const [name, [url, init]] of Object.entries(addresses)) facts[name] = await whole(() => fetch(url, init))
  return facts
}

export const kinds = (world: World) => {
  const blob = URL.createObjectURL(new Blob(['data: blob\n\n'], { type: 'text/event-stream' }))
  return each({
    basic: [world.url('/plain', { 'h-x-odd': 'a', reason: 'Fine' })],
    fragment: [`${world.url('/plain')}#part`],
    cors: [world.cross('/plain')],
    exposed: [world.cross('/plain', { expose: 'x-odd', 'h-x-odd': 'a' })],
    'no cors': [world.cross('/plain', { cors: '0' })],
    opaque: [world.cross('/plain', { cors: '0' }), { mode: 'no-cors' }],
    credentials: [world.cross('/plain'), { credentials: 'include' }],
    preflight: [world.cross('/plain'), { method: 'PUT', headers: { 'x-probe': '1' }, body: 'x' }],
    data: ['data:text/event-stream,data:%20x%0A%0A'],
    blob: [blob],
    plain: [world.url('/plain', { type: 'application/json', body: '{}' })],
    'no type': [world.url('/plain', { type: '' })],
    ndjson: [world.url('/plain', { type: 'application/x-ndjson', body: '1\n2\n' })],
    sse: [world.url('/sse')],
    'sse in json': [world.url('/sse', { type: 'application/json' }), { headers: { accept: 'text/event-stream' } }],
  })
}

export const statuses = (world: World) => {
  const codes = [201, 203, 204, 205, 206, 226, 299, 300, 304, 400, 401, 404, 418, 429, 500, 503, 599]
  return each({
    ...Object.fromEntries(
      codes.map((code) => [String(code), [world.url('/plain', { status: String(code) })] as const]),
    ),
    HEAD: [world.url('/plain'), { method: 'HEAD' }],
    OPTIONS: [world.url('/plain'), { method: 'OPTIONS' }],
    '204 asking': [world.url('/plain', { status: '204' }), { headers: { accept: 'text/event-stream' } }],
    conditional: [
      world.url('/plain', { status: '304' }),
      { headers: { 'if-none-match': 'x', accept: 'text/event-stream' } },
    ],
    empty: [world.url('/plain', { body: '' })],
  })
}

export const redirects = (world: World) => {
  const to = (code: number, target = '/plain') => world.url('/redirect', { code: String(code), to: target })
  return each({
    302: [to(302)],
    303: [to(303), { method: 'POST', body: 'x' }],
    307: [to(307), { method: 'POST', body: 'x' }],
    308: [to(308, '/sse')],
    manual: [to(302), { redirect: 'manual' }],
    'manual, to data': [to(302, 'data:text/plain,x'), { redirect: 'manual' }],
    'manual, to nowhere': [to(302, 'http://:80/'), { redirect: 'manual' }],
    error: [to(302), { redirect: 'error' }],
    cross: [world.url('/redirect', { to: world.cross('/plain') })],
    'cross refused': [world.url('/redirect', { to: world.cross('/plain', { cors: '0' }) })],
    'to data': [to(302, 'data:text/plain,x')],
    circle: [world.url('/redirect', { to: '/redirect?to=/redirect' })],
  })
}

export const brokenAnswers = (world: World) =>
  each(
    Object.fromEntries(
      ['head', 'name', 'empty', 'short', 'chunk', 'lengths', 'gzip', 'headers'].map((what) => [
        what,
        [world.url('/invalid', { what })] as const,
      ]),
    ),
  )

export const bodyMethods = async (world: World): Promise<Json> => {
  const facts: Record<string, Json> = {}
  const multipart = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'
  for (const [name, query] of Object.entries({
    sse: {},
    json: { type: 'text/event-stream', body: '{"a":[1]}' },
    bad: { body: '{' },
    empty: { body: '' },
    utf8: { body: '\u{FEFF}data: \u00e4\u{1F600}\n\n', type: 'text/event-stream; charset=latin1' },
    form: { type: 'multipart/form-data; boundary=b', body: multipart },
    urlencoded: { type: 'application/x-www-form-urlencoded', body: 'a=1&b=2' },
  })) {
    for (const method of ['text', 'json', 'blob', 'arrayBuffer', 'bytes', 'formData'] as const) {
      const response = await fetch(world.url('/plain', query), { headers: { accept: 'text/event-stream' } })
      const promise: Promise<unknown> = response[method]()
      const during = [response.bodyUsed, response.body?.locked ?? null, brief(await outcome(() => response.clone()))]
      const given = await outcome(async () => {
        const value = await promise
        if (value instanceof Blob)
          return [value.type, value.size, await value.text(), Object.prototype.toString.call(value)]
        if (value instanceof ArrayBuffer) return [new Uint8Array(value), value.resizable]
        if (value instanceof FormData) return [...value]
        return typeof value === 'object' && !(value instanceof Uint8Array) ? JSON.stringify(value) : value
      })
      facts[`${name} ${method}`] = [
        Reflect.ownKeys(promise).length,
        during,
        given,
        await outcome(() => response[method]()),
      ]
    }
  }
  return facts
}

export async function bodiesInUse(world: World): Promise<Json> {
  const get = () => fetch(world.url('/plain'))
  const locked = await get()
  const reader = locked.body?.getReader()
  const partly = await get()
  const second = partly.body?.getReader()
  await second?.read()
  second?.releaseLock()
  const cancelled = await get()
  await cancelled.body?.cancel()
  const touched = await get()
  const same = touched.body
  const facts = await outcomes({
    lockedText: () => locked.text(),
    lockedClone: () => locked.clone(),
    lockedTee: () => locked.body?.tee(),
    lockedReader: () => locked.body?.getReader(),
    lockedPipe: () => locked.body?.pipeTo(new WritableStream()),
    lockedCancel: () => locked.body?.cancel(),
    lockedValues: () => locked.body?.values(),
    partlyText: () => partly.text(),
    partlyClone: () => partly.clone(),
    cancelledText: () => cancelled.text(),
    cancelledClone: () => cancelled.clone(),
    touchedText: () => touched.text(),
  })
  return {
    facts,
    used: [locked, partly, cancelled, touched].map(({ bodyUsed, body }) => [bodyUsed, body?.locked ?? null]),
    same: same === touched.body,
    after: await outcome(async () => (await reader?.read())?.value),
  }
}

export async function cloning(world: World): Promise<Json> {
  const stream = world.stream('clone')
  const response = await fetch(stream.url)
  const before = response.body
  const copy = response.clone()
  const facts: Json[] = [
    response.body === before,
    copy.body === response.body,
    before?.locked ?? null,
    response.body?.locked ?? null,
    await portrait(copy),
  ]
  await stream.push('data: 1\n\n')
  const mine = response.body?.getReader()
  const theirs = copy.body?.getReader()
  facts.push(await readUpTo(mine, 'data: 1\n\n'))
  await stream.push('data: 2\n\n')
  // A copy that is read later may get both at once, as in Firefox.
  facts.push(await readUpTo(mine, 'data: 2\n\n'), await readUpTo(theirs, 'data: 2\n\n'))
  const chunks = [mine, theirs].map((reader) => reader?.read())
  await stream.push('data: 3\n\n')
  const values = (await Promise.all(chunks)).map((read) => read?.value)
  facts.push(values[0]?.buffer === values[1]?.buffer)
  const since = performance.now()
  const cancelled = mine?.cancel('one')
  facts.push(await world.closes('clone', since, 120))
  const both = performance.now()
  const cancelledToo = theirs?.cancel('two')
  facts.push(await world.closes('clone', both), describe(await cancelled), describe(await cancelledToo))
  const triple = await fetch(world.url('/plain'))
  const second = triple.clone()
  const third = second.clone()
  facts.push(await third.text(), await second.text(), await triple.text())
  return facts
}

export async function wrapped(world: World): Promise<Json> {
  const get = () => fetch(world.url('/plain'))
  const first = await get()
  const made = new Response(first.body, first)
  const second = await get()
  const object = new Response(second.body, { status: 201 })
  const reader = object.body?.getReader()
  const third = await get()
  const request = await outcome(
    () => new Request(world.url('/echo'), { method: 'POST', body: third.body, duplex: 'half' } as RequestInit),
  )
  const fourth = await get()
  const viaStream = new Response(fourth.body?.pipeThrough(new TransformStream()))
  const stream = world.stream('wrapped')
  const fifth = new Response((await fetch(stream.url)).body)
  await stream.push('data: 1\n\n')
  const wrappedReader = fifth.body?.getReader()
  const chunk = describe((await wrappedReader?.read())?.value)
  const since = performance.now()
  await wrappedReader?.cancel()
  return [
    [
      made.body === first.body,
      first.bodyUsed,
      first.body?.locked ?? null,
      await portrait(made),
      await made.text(),
      first.bodyUsed,
    ],
    [describe((await reader?.read())?.value), second.bodyUsed, second.body?.locked ?? null],
    [request, third.bodyUsed, third.body?.locked ?? null],
    await viaStream.text(),
    chunk,
    await world.closes('wrapped', since),
    await outcome(
      async () =>
        (await fetch(world.url('/echo'), { method: 'POST', body: (await get()).body, duplex: 'half' } as RequestInit))
          .status,
    ),
    await outcome(
      async () =>
        (await (await fetch(world.url('/echo'), { method: 'POST', body: await (await get()).blob() })).json()) !== null,
    ),
  ]
}

export async function caches(world: World): Promise<Json> {
  const name = `probe-${world.id}`
  const cache = await window.caches.open(name)
  const url = world.url('/plain')
  const response = await fetch(url)
  const put = await outcome(() => cache.put(url, response.clone()))
  const found = await cache.match(url)
  const facts: Json[] = [put, found === undefined ? null : await portrait(found), (await found?.text()) ?? null]
  facts.push(
    await outcome(() => cache.put(url, response)),
    response.bodyUsed,
    await outcome(() => cache.put(url, response)),
  )
  facts.push(
    await outcome(() => cache.add(world.url('/sse'))),
    await outcome(async () => (await cache.match(world.url('/sse')))?.text()),
  )
  await window.caches.delete(name)
  return facts
}

export async function transfers(world: World): Promise<Json> {
  const worker = new Worker(
    URL.createObjectURL(
      new Blob([
        `
    onmessage = async ({ data }) => { const reader = data.getReader(); let text = ''; try { for (;;) { const { done, value } = await reader.read(); if (done) break; text += new TextDecoder().decode(value) } } catch (error) { text += ' failed ' + error } postMessage(text) }`,
      ]),
    ),
  )
  const answer = () => new Promise<unknown>((resolve) => (worker.onmessage = ({ data }) => resolve(data)))
  const { body } = await fetch(world.url('/plain'))
  const given = answer()
  const posted = body === null ? null : await outcome(() => worker.postMessage(body, [body]))
  const facts: Json[] = [posted, body?.locked ?? null, describe(await given)]
  const copy = await fetch(world.url('/sse'))
  const moved = copy.body === null ? null : structuredClone(copy.body, { transfer: [copy.body] })
  facts.push(
    copy.body?.locked ?? null,
    copy.bodyUsed,
    moved instanceof ReadableStream,
    await new Response(moved).text(),
  )
  facts.push(
    await outcome(() => structuredClone(copy)),
    await outcome(async () => structuredClone((await fetch(world.url('/plain'))).body)),
  )
  const stream = world.stream('moved')
  const held = (await fetch(stream.url)).body
  const channel = new MessageChannel()
  const arrived = new Promise<ReadableStream<Uint8Array>>(
    (resolve) => (channel.port2.onmessage = ({ data }) => resolve(data as ReadableStream<Uint8Array>)),
  )
  if (held !== null) channel.port1.postMessage(held, [held])
  const reader = (await arrived).getReader()
  await stream.push('data: 1\n\n')
  facts.push(describe((await reader.read()).value))
  const since = performance.now()
  void reader.cancel('enough')
  facts.push(await world.closes('moved', since))
  const busy = await fetch(world.url('/plain'))
  busy.body?.getReader()
  facts.push(await outcome(() => (busy.body === null ? null : structuredClone(busy.body, { transfer: [busy.body] }))))
  worker.terminate()
  channel.port1.close()
  return facts
}

export const webAssembly = (world: World) => {
  const run = async (source: Response | Promise<Response>) =>
    Reflect.apply((await WebAssembly.instantiateStreaming(source)).instance.exports['f'] as () => number, undefined, [])
  const url = world.url('/wasm')
  return outcomes({
    compile: () => WebAssembly.compileStreaming(fetch(url)),
    instantiate: () => run(fetch(url)),
    resolved: async () => run(await fetch(url)),
    wrongType: () => run(fetch(world.url('/wasm', { type: 'text/event-stream' }))),
    asking: () => run(fetch(url, { headers: { accept: 'text/event-stream' } })),
    used: async () => {
      const response = await fetch(url)
      await response.text()
      return WebAssembly.compileStreaming(response)
    },
  })
}

export async function statics(world: World): Promise<Json> {
  const error = Response.error()
  return [
    await portrait(error),
    await portrait(Response.redirect(world.url('/plain'))),
    await portrait(Response.json({ a: 1 })),
    await outcome(() => Response.redirect('/x', 200)),
    await new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new Uint8Array([65]))
          controller.close()
        },
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    ).text(),
  ]
}

/** A page under its own service worker, which answers, passes on, or fails. */
export async function serviceWorker(world: World): Promise<Json> {
  const registration = await navigator.serviceWorker.register('/sw.js', { scope: '/sw-page.html' })
  const worker = registration.installing ?? registration.waiting ?? registration.active
  if (worker?.state !== 'activated')
    await new Promise<void>((resolve) =>
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'activated') resolve()
      }),
    )
  const frame = await loadedFrame(`/sw-page.html?id=${world.id}`)
  const facts: Record<string, Json> = { controlled: frame.view.navigator.serviceWorker.controller !== null }
  for (const how of ['pass', 'made', 'error', 'reject'])
    facts[how] = await whole(() => frame.view.fetch(world.url('/plain', { sw: how })))
  const events: string[] = []
  const source = new frame.view.EventSource(world.url('/sse', { sw: 'made' }))
  source.onmessage = ({ data }) => {
    events.push(String(data))
    if (events.length === 3) source.close()
  }
  await pause(400)
  frame.remove()
  await registration.unregister()
  return { facts, events }
}
