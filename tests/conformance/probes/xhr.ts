/** XMLHttpRequest: events in order, the text as it grows, ends of every kind. */
import { describe, outcome, outcomes, type Json } from '../page/facts.ts'
import type { Stream, World } from '../page/world.ts'

const EVENTS = ['readystatechange', 'loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend'] as const

/** Writes every event down, with what the request says of itself meanwhile. */
function listen(xhr: XMLHttpRequest, log: Json[], text = true): Promise<void> {
  const told = new Set<string>()
  for (const type of EVENTS) {
    xhr.addEventListener(type, (event) => {
      const progress = event instanceof ProgressEvent ? [event.loaded, event.total, event.lengthComputable] : null
      const said = text && (xhr.responseType === '' || xhr.responseType === 'text') ? xhr.responseText : null
      // How often the same progress is told, and whether once more at the end, depends on the moment.
      const now = `${type} ${xhr.readyState} ${event instanceof ProgressEvent ? event.loaded : said}`
      if (type === 'progress' || (type === 'readystatechange' && xhr.readyState === 3)) {
        if (told.has(now)) return
        told.add(now)
      }
      log.push([
        type,
        xhr.readyState,
        xhr.status,
        progress,
        said,
        event.isTrusted,
        event.target === xhr,
        event.currentTarget === xhr,
      ])
    })
    xhr.upload.addEventListener(type, (event) =>
      log.push(['upload', type, event instanceof ProgressEvent ? event.loaded : null]),
    )
  }
  return new Promise((resolve) => xhr.addEventListener('loadend', () => resolve()))
}

/** Browsers tell an XHR of its head only with a byte of the body: a stream that sends a line feed at once. */
const stream = (world: World, key: string): Stream => world.stream(key, { first: '' })
const FIRST_BYTES = 1

/**
 * Resolves once a progress event told of so many bytes. What is sent after it is told apart from what was sent before: two
 * parts on their way at once are told together or apart, as it happens.
 */
function told(xhr: XMLHttpRequest, bytes: number): Promise<void> {
  return new Promise((resolve) =>
    xhr.addEventListener('progress', ({ loaded }) => {
      if (loaded >= bytes) resolve()
    }),
  )
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

export async function streaming(world: World): Promise<Json> {
  const served = stream(world, 'streaming')
  const xhr = new XMLHttpRequest()
  const log: Json[] = []
  const ended = listen(xhr, log)
  for (const type of EVENTS) Reflect.set(xhr, `on${type}`, () => log.push(`on${type}`))
  xhr.open('GET', served.url)
  log.push('opened')
  let bytes = FIRST_BYTES
  const first = told(xhr, bytes)
  xhr.send()
  log.push('sent')
  await first
  for (const data of ['data: 1\n\n', 'data: \u00e4', '\n\n']) {
    bytes += bytesOf(data)
    const seen = told(xhr, bytes)
    await served.push(data)
    await seen
  }
  await served.finish('end')
  await ended
  return [
    log,
    xhr.getAllResponseHeaders(),
    xhr.getResponseHeader('content-type'),
    xhr.responseURL,
    xhr.statusText,
    xhr.responseXML === null,
    xhr.response === xhr.responseText,
  ]
}

export async function post(world: World): Promise<Json> {
  const log: Json[] = []
  const bodies: Record<string, XMLHttpRequestBodyInit | null> = {
    text: '{"stream":true}',
    bytes: new Uint8Array([1, 2, 3]),
    blob: new Blob(['x'], { type: 'text/x' }),
    query: new URLSearchParams('a=1'),
    none: null,
  }
  for (const [name, body] of Object.entries(bodies)) {
    const xhr = new XMLHttpRequest()
    const ended = listen(xhr, log, false)
    xhr.open('POST', world.url('/plain', { key: name }))
    xhr.setRequestHeader('accept', 'text/event-stream')
    xhr.setRequestHeader('x-probe', name)
    xhr.send(body)
    await ended
    log.push(xhr.responseText)
  }
  return [log, (await world.seen()).map(({ key, headers, body }) => [key, headers, body])]
}

export async function aborting(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  for (const when of ['unsent', 'opened', 'sent', 'streaming', 'in progress', 'done', 'reopened']) {
    const served = stream(world, when)
    const streams = ['streaming', 'in progress', 'reopened'].includes(when)
    const xhr = new XMLHttpRequest()
    const log: Json[] = []
    const ended = listen(xhr, log)
    if (when !== 'unsent') xhr.open('GET', when === 'done' ? world.url('/plain') : served.url)
    let since = performance.now()
    if (when === 'in progress')
      xhr.addEventListener('progress', () => {
        since = performance.now()
        log.push('abort')
        xhr.abort()
        log.push('aborted')
      })
    const first = told(xhr, FIRST_BYTES)
    if (!['unsent', 'opened'].includes(when)) xhr.send()
    if (streams) await first
    if (streams && when !== 'in progress') {
      const data = 'data: 1\n\n'
      const seen = told(xhr, FIRST_BYTES + bytesOf(data))
      await served.push(data)
      await seen
    }
    if (when === 'done') await ended
    if (when !== 'in progress') since = performance.now()
    if (when === 'reopened') xhr.open('GET', world.url('/plain', { key: 'second' }))
    else if (when !== 'in progress') xhr.abort()
    const closed = streams ? await world.closes(when, since) : null
    if (when === 'reopened') {
      xhr.send()
      await ended
    }
    facts[when] = {
      log,
      closed,
      after: [xhr.readyState, xhr.status, xhr.responseText, xhr.getAllResponseHeaders() === ''],
    }
  }
  return facts
}

export async function timeouts(world: World): Promise<Json> {
  const xhr = new XMLHttpRequest()
  const log: Json[] = []
  const ended = listen(xhr, log)
  xhr.open('GET', stream(world, 'timeout').url)
  xhr.timeout = 150
  const since = performance.now()
  xhr.send()
  await ended
  world.report('timed out after ms', performance.now() - since)
  return [
    log.filter((entry) => !JSON.stringify(entry).includes('"progress"')),
    await world.closes('timeout', performance.now()),
  ]
}

export async function failures(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  const urls: Record<string, string> = {
    refused: 'http://127.0.0.1:1/',
    cors: world.cross('/plain', { cors: '0' }),
    404: world.url('/plain', { status: '404' }),
    204: world.url('/plain', { status: '204' }),
    short: world.url('/invalid', { what: 'short' }),
    chunk: world.url('/invalid', { what: 'chunk' }),
    head: world.url('/invalid', { what: 'head' }),
    redirect: world.url('/redirect'),
    data: 'data:text/event-stream,x',
  }
  for (const [name, url] of Object.entries(urls)) {
    const xhr = new XMLHttpRequest()
    const log: Json[] = []
    const ended = listen(xhr, log)
    xhr.open('GET', url)
    xhr.send()
    await ended
    facts[name] = [
      log.filter((entry) => !JSON.stringify(entry).includes('"progress"')),
      xhr.responseURL,
      xhr.getAllResponseHeaders(),
    ]
  }
  return facts
}

export async function responseTypes(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  for (const type of ['', 'text', 'json', 'blob', 'arraybuffer', 'document'] as const) {
    const served = stream(world, `type ${type}`)
    const xhr = new XMLHttpRequest()
    const log: Json[] = []
    const ended = listen(xhr, log)
    xhr.open('GET', served.url)
    xhr.responseType = type
    const first = told(xhr, FIRST_BYTES)
    xhr.send()
    await first
    const data = '{"a":1}'
    const seen = told(xhr, FIRST_BYTES + bytesOf(data))
    await served.push(data)
    await seen
    const during = await outcomes({
      response: () => xhr.response as unknown,
      text: () => xhr.responseText,
      xml: () => xhr.responseXML,
      type: () => (xhr.responseType = 'text'),
    })
    await served.finish('end')
    await ended
    const same = xhr.response === xhr.response
    const value: unknown = xhr.response
    facts[type] = [
      log,
      during,
      same,
      value instanceof Blob
        ? [value.type, value.size]
        : value instanceof ArrayBuffer
          ? value.byteLength
          : describe(value),
      await outcome(() => xhr.responseText),
    ]
  }
  return facts
}

export const misuse = (world: World) => {
  const made = (...all: unknown[]) => {
    const xhr = new XMLHttpRequest()
    Reflect.apply(xhr.open, xhr, all.length === 0 ? ['GET', world.url('/plain')] : all)
    return xhr
  }
  const open =
    (...all: unknown[]) =>
    () =>
      Reflect.apply(XMLHttpRequest.prototype.open, new XMLHttpRequest(), all)
  return outcomes({
    'send unopened': () => new XMLHttpRequest().send(),
    'send twice': () => {
      const xhr = made()
      xhr.send()
      xhr.send()
    },
    'open none': open(),
    'open one': open('GET'),
    'open bad': open('GET', 'http://'),
    'open method': open('a b', '/x'),
    'open trace': open('TRACE', '/x'),
    'open symbol': open(Symbol('s'), '/x'),
    'open undefined async': open('GET', '/x', undefined),
    'header early': () => new XMLHttpRequest().setRequestHeader('a', 'b'),
    'header bad': () => made().setRequestHeader('a b', 'c'),
    'header forbidden': () => made().setRequestHeader('cookie', 'c'),
    'header none': () => Reflect.apply(XMLHttpRequest.prototype.setRequestHeader, made(), ['a']),
    'send symbol': () => made('POST', world.url('/plain')).send(Symbol('s') as never),
    'send throwing': () =>
      made('POST', world.url('/plain')).send({
        toString() {
          throw new RangeError('mine')
        },
      } as never),
    'type bad': () => {
      const xhr = made()
      xhr.responseType = 'x' as never
      return xhr.responseType
    },
    'timeout sync': () => {
      const xhr = made('GET', '/x', false)
      xhr.timeout = 5
    },
    'type sync': () => {
      const xhr = made('GET', '/x', false)
      xhr.responseType = 'blob'
    },
    'mime late': () => {
      const xhr = made()
      xhr.overrideMimeType('text/plain; charset=utf-8')
      xhr.send()
      return xhr.readyState
    },
    'set readonly': () => {
      const xhr = made()
      return Reflect.set(xhr, 'status', 5)
    },
    sync: () => {
      const xhr = made('GET', world.url('/plain'), false)
      xhr.send()
      return [xhr.status, xhr.responseText, xhr.readyState]
    },
  })
}

export async function handlers(world: World): Promise<Json> {
  const xhr = new XMLHttpRequest()
  const log: Json[] = []
  const object = {
    handleEvent(this: unknown) {
      log.push(['object', this === object])
    },
  }
  const twice = () => log.push('twice')
  xhr.addEventListener('load', object)
  xhr.addEventListener('load', twice)
  xhr.addEventListener('load', twice)
  xhr.addEventListener('load', () => log.push('once'), { once: true })
  xhr.addEventListener('load', (event) => {
    log.push('stops')
    event.stopImmediatePropagation()
  })
  xhr.onload = () => log.push('onload comes after listeners added before it, and is stopped')
  log.push(typeof xhr.onload, describe(xhr.onerror))
  for (let round = 0; round < 2; round += 1) {
    const ended = new Promise((resolve) => (xhr.onloadend = resolve))
    xhr.open('GET', world.url('/plain'))
    xhr.send()
    await ended
    log.push(xhr.responseText)
  }
  return log
}

/** One request object used again from within its own handler. */
export async function reuse(world: World): Promise<Json> {
  const xhr = new XMLHttpRequest()
  const texts: string[] = []
  await new Promise<void>((resolve) => {
    xhr.onload = () => {
      texts.push(`${xhr.responseURL.replace(world.origin, '')} ${xhr.responseText}`)
      if (texts.length === 3) return resolve()
      xhr.open('GET', world.url('/plain', { body: String(texts.length) }))
      xhr.send()
    }
    xhr.open('GET', world.url('/sse', { gap: '1' }))
    xhr.send()
  })
  return texts
}
