/** EventSource: states, events, listeners, reconnects. */
import { describe, outcome, pause, type Json } from '../page/facts.ts'
import type { World } from '../page/world.ts'

const once = (source: EventSource, type: string) =>
  new Promise<MessageEvent>((resolve) => source.addEventListener(type, (event) => resolve(event), { once: true }))

export async function states(world: World): Promise<Json> {
  const stream = world.stream('states')
  const source = new EventSource(stream.url)
  const log: Json[] = [
    source.readyState,
    source.url === stream.url,
    source.withCredentials,
    describe(source.onopen),
    describe(source.onmessage),
    describe(source.onerror),
  ]
  source.onopen = () => log.push(['open', source.readyState])
  source.onerror = () => log.push(['error', source.readyState])
  await once(source, 'open')
  await stream.push('retry: 100000\n\ndata: 1\n\n')
  await stream.finish('end')
  await pause(50)
  log.push(source.readyState)
  source.close()
  log.push(source.readyState, await outcome(() => source.close()))
  return log
}

export async function messages(world: World): Promise<Json> {
  const stream = world.stream('messages')
  const source = new EventSource(stream.url)
  const log: Json[] = []
  const note = (name: string) =>
    function (this: unknown, event: Event) {
      const { type, isTrusted, bubbles, cancelable, composed, target, currentTarget, eventPhase } = event
      const message =
        event instanceof MessageEvent
          ? [String(event.data), event.origin === world.origin, event.lastEventId, event.source, event.ports.length]
          : null
      log.push([
        name,
        type,
        isTrusted,
        bubbles,
        cancelable,
        composed,
        target === source,
        currentTarget === source,
        this === source,
        eventPhase,
        message,
        Object.prototype.toString.call(event),
      ] as Json)
    }
  source.addEventListener('message', note('first'))
  source.onmessage = note('onmessage')
  source.addEventListener('message', note('second'))
  source.addEventListener('named', note('named'))
  source.addEventListener('error', note('error listener'))
  source.addEventListener('open', note('open'))
  await once(source, 'open')
  await stream.push(
    'id: 7\ndata: 1\ndata: more\n\n: comment\n\nevent: named\ndata: {"a":1}\n\nevent: unheard\ndata: x\n\n',
  )
  await stream.push(
    'event: error\ndata: made by the server\n\nevent: open\ndata: also\n\nevent: message\ndata\n\nid\ndata: without id\n\n',
  )
  await stream.push('data: late')
  await stream.push(' \n\nevent: empty\n\nid: 9\u0000\ndata: nul\r\rdata: \u00e4\u{1F600}\r\n\r\n')
  source.close()
  return log
}

export async function listeners(world: World): Promise<Json> {
  const stream = world.stream('listeners')
  const source = new EventSource(stream.url)
  const log: Json[] = []
  const object = {
    handleEvent(this: unknown, event: Event) {
      log.push(['handleEvent', this === object, event.type])
    },
  }
  const removed = () => log.push('removed')
  const same = () => log.push('same')
  const control = new AbortController()
  source.addEventListener('message', object)
  source.addEventListener('message', removed)
  source.removeEventListener('message', removed)
  source.addEventListener('message', same)
  source.addEventListener('message', same)
  source.addEventListener('message', same, true)
  source.addEventListener('message', () => log.push('once'), { once: true })
  source.addEventListener('message', () => log.push('signal'), { signal: control.signal })
  Reflect.apply(source.addEventListener, source, ['message', null])
  log.push(
    await outcome(() => Reflect.apply(source.addEventListener, source, ['message', 5])),
    await outcome(() => Reflect.apply(source.addEventListener, source, ['message'])),
  )
  const late = {} as { handleEvent?: () => void }
  source.addEventListener('message', late as EventListenerObject)
  late.handleEvent = () => log.push('given later')
  const handler = () => log.push('on')
  source.onmessage = handler
  log.push(Reflect.get(source, 'onmessage') === handler)
  Reflect.set(source, 'onmessage', 5)
  log.push(describe(Reflect.get(source, 'onmessage')))
  const handling = { handleEvent: () => log.push('on object') }
  Reflect.set(source, 'onmessage', handling)
  log.push((Reflect.get(source, 'onmessage') as unknown) === handling)
  source.onmessage = handler
  await once(source, 'open')
  await stream.push('data: 1\n\n')
  log.push('--')
  control.abort()
  source.onmessage = null
  source.removeEventListener('message', object)
  source.addEventListener(
    'message',
    (event) => {
      log.push('stops')
      event.stopImmediatePropagation()
    },
    true,
  )
  await stream.push('data: 2\n\n')
  const errors: Json[] = []
  const hear = (event: ErrorEvent) => {
    errors.push([event.message, event.error instanceof RangeError])
    event.preventDefault()
  }
  window.addEventListener('error', hear)
  source.addEventListener('failing', () => {
    throw new RangeError('in a listener')
  })
  source.addEventListener('failing', () => log.push('after the failing one'))
  await stream.push('event: failing\ndata: x\n\n')
  window.removeEventListener('error', hear)
  log.push(source.dispatchEvent(new MessageEvent('own', { data: 'x' })), source.dispatchEvent(new Event('message')))
  source.close()
  return [log, errors]
}

/** `close()` in a handler: nothing of the same chunk comes after it, and the server learns of it. */
export async function closing(world: World): Promise<Json> {
  const stream = world.stream('closing')
  const source = new EventSource(stream.url)
  const log: Json[] = []
  source.onmessage = ({ data }) => {
    log.push(String(data))
    if (data === '2') {
      source.close()
      log.push(source.readyState)
    }
  }
  source.onerror = () => log.push('error')
  await once(source, 'open')
  const since = performance.now()
  await stream.push('data: 1\n\ndata: 2\n\ndata: 3\n\n')
  log.push(await world.closes('closing', since))
  const early = new EventSource(world.url('/sse', { key: 'early' }))
  early.onopen = early.onerror = early.onmessage = () => log.push('must not come')
  early.close()
  log.push(early.readyState)
  await pause(120)
  return log
}

export async function reconnecting(world: World): Promise<Json> {
  const source = new EventSource(world.url('/sse', { n: '2', gap: '10', retry: '150', key: 'again' }))
  const log: Json[] = []
  source.onopen = () => log.push(`open ${source.readyState}`)
  let lostAt = 0
  await new Promise<void>((resolve) => {
    source.onmessage = ({ data, lastEventId }) => {
      if (log.filter((entry) => String(entry).startsWith('error')).length === 1 && lostAt > 0) {
        world.report('reconnected after ms', performance.now() - lostAt)
        lostAt = 0
      }
      log.push(`${String(data)} ${lastEventId}`)
      if (lastEventId === '6') resolve()
    }
    source.onerror = () => {
      lostAt = performance.now()
      log.push(`error ${source.readyState}`)
    }
  })
  source.close()
  await pause(200)
  const wire = (await world.seen()).filter(({ key }) => key === 'again')
  return {
    log,
    lastEventIds: wire.map(
      ({ headers }) => headers.find(([name]) => name.toLowerCase() === 'last-event-id')?.[1] ?? null,
    ),
    wire: wire.map(({ headers }) => headers),
  }
}

export async function refusals(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  const urls: Record<string, string> = {
    type: world.url('/plain', { type: 'application/json' }),
    '204': world.url('/plain', { status: '204' }),
    '404': world.url('/plain', { status: '404' }),
    '500': world.url('/plain', { status: '500' }),
    charset: world.url('/plain', { type: 'text/event-stream; charset=latin1' }),
    'no cors': world.cross('/plain', { cors: '0' }),
    cors: world.cross('/plain'),
    redirect: world.url('/redirect', { to: world.url('/sse') }),
    'redirect cross': world.url('/redirect', { to: world.cross('/sse') }),
    bad: world.url('/invalid', { what: 'head' }),
    data: 'data:text/event-stream,data:%20x%0A%0A',
  }
  for (const [name, url] of Object.entries(urls)) {
    const source = new EventSource(url)
    const log: Json[] = []
    for (const type of ['open', 'message', 'error'])
      source.addEventListener(type, (event) =>
        log.push([
          type,
          source.readyState,
          Object.prototype.toString.call(event),
          event instanceof MessageEvent ? [event.origin === new URL(url).origin, event.data as string] : null,
        ]),
      )
    const first = new Promise((resolve) => (source.onerror = resolve))
    await Promise.race([first, pause(1_500)])
    source.close()
    facts[name] = log
  }
  return facts
}

export async function credentials(world: World): Promise<Json> {
  document.cookie = 'probe=1'
  const facts: Json[] = []
  for (const withCredentials of [false, true]) {
    const source = new EventSource(world.cross('/sse', { key: String(withCredentials), end: 'open' }), {
      withCredentials,
    })
    const { data, origin } = await once(source, 'message')
    facts.push([source.withCredentials, String(data), origin === new URL(world.otherOrigin).origin])
    source.close()
  }
  const odd = new EventSource(
    world.url('/sse', { end: 'open' }),
    Object.create({ withCredentials: true }) as EventSourceInit,
  )
  facts.push(odd.withCredentials)
  odd.close()
  const relative = new EventSource('plain?x=1#hash')
  facts.push(relative.url.replace(world.origin, ''))
  relative.close()
  return [facts, await world.wire()]
}

export async function broken(world: World): Promise<Json> {
  const stream = world.stream('broken')
  const source = new EventSource(stream.url)
  const log: Json[] = []
  source.onmessage = ({ data }) => log.push(String(data))
  source.onerror = (event) => {
    log.push(['error', source.readyState, describe(event)])
    source.close()
  }
  await once(source, 'open')
  await stream.push('data: 1\n\ndata: unfinished')
  await stream.finish('reset')
  await pause(80)
  return log
}

export async function forgotten(world: World): Promise<Json> {
  const log: string[] = []
  const stream = world.stream('forgotten')
  // A source with listeners must live, though nobody holds it.
  await new Promise<void>((resolve) => {
    const source = new EventSource(stream.url)
    source.onopen = () => resolve()
    source.addEventListener('message', ({ data }) => log.push(String(data)))
  })
  const collected = await world.collectGarbage()
  await stream.push('data: still here\n\n')
  return [collected, log]
}
