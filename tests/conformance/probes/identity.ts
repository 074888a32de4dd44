/** What the page sees of the functions and classes themselves. */
import { describe, describeFunction, keyNames, outcome, outcomes, shapeOf, type Json } from '../page/facts.ts'
import { freshFrame } from '../page/frames.ts'
import type { World } from '../page/world.ts'

const asyncIteratorPrototype = (): object => Object.getPrototypeOf(new ReadableStream().values())

/** Classes by name, constructor and prototype each. */
function shapesOf(names: readonly string[]): Json {
  const shapes: Record<string, Json> = {}
  for (const name of names) {
    const made: unknown = Reflect.get(globalThis, name)
    if (typeof made !== 'function') {
      shapes[name] = describe(made)
      continue
    }
    shapes[name] = [
      Object.getOwnPropertyDescriptor(globalThis, name)?.enumerable ?? 'inherited',
      describeFunction(made),
      shapeOf(made),
    ]
    if (typeof made.prototype === 'object') shapes[`${name}.prototype`] = shapeOf(made.prototype)
  }
  return shapes
}

export function fetchFunction(): Json {
  const found = Object.getOwnPropertyDescriptor(window, 'fetch')
  return [
    describe(found?.value),
    found?.enumerable ?? null,
    found?.writable ?? null,
    found?.configurable ?? null,
    String(fetch),
    `${fetch.name} ${fetch.length}`,
  ]
}

export const fetchClasses = () =>
  shapesOf(['Request', 'Response', 'Headers', 'FormData', 'URLSearchParams', 'Cache', 'CacheStorage'])

export const streamClasses = () =>
  shapesOf([
    'ReadableStream',
    'ReadableStreamDefaultReader',
    'ReadableStreamBYOBReader',
    'ReadableStreamDefaultController',
    'ReadableByteStreamController',
    'ReadableStreamBYOBRequest',
    'WritableStream',
    'WritableStreamDefaultWriter',
    'TransformStream',
    'TextDecoderStream',
    'DecompressionStream',
    'TextDecoder',
    'Blob',
    'File',
    'ByteLengthQueuingStrategy',
  ])

export const asyncIterator = () => ({
  ...(shapeOf(asyncIteratorPrototype()) as object),
  parent: shapeOf(Object.getPrototypeOf(asyncIteratorPrototype())),
})

export const eventClasses = () =>
  shapesOf([
    'EventSource',
    'EventTarget',
    'Event',
    'MessageEvent',
    'ProgressEvent',
    'XMLHttpRequest',
    'XMLHttpRequestEventTarget',
    'XMLHttpRequestUpload',
  ])

export const abortClasses = () =>
  shapesOf(['AbortController', 'AbortSignal', 'DOMException', 'MessagePort', 'MessageChannel', 'Worker', 'WebSocket'])

export const languageBuiltIns = () =>
  shapesOf([
    'Function',
    'Promise',
    'Object',
    'Array',
    'Error',
    'Proxy',
    'WeakMap',
    'Map',
    'WeakRef',
    'FinalizationRegistry',
    'Uint8Array',
    'ArrayBuffer',
  ])

export const languageObjects = () =>
  ['Reflect', 'JSON', 'Math', 'Atomics', 'WebAssembly'].map((name) => shapeOf(Reflect.get(globalThis, name)))

export const hostObjects = () => [
  shapeOf(Window.prototype),
  shapeOf(Navigator.prototype),
  shapeOf(Performance.prototype),
  shapeOf(Document.prototype),
  shapeOf(History.prototype),
  keyNames(navigator),
  keyNames(performance),
  keyNames(document),
]

export function windowKeys(): Json {
  const inherited: string[] = []
  for (const key in window) inherited.push(key)
  return {
    own: keyNames(window),
    inherited: inherited.toSorted(),
    attributes: document.documentElement.getAttributeNames(),
    scripts: document.scripts.length,
  }
}

/** Every function that could be patched, through another realm's own `toString`. */
export function textsFromAnotherRealm(): Json {
  const frame = freshFrame()
  const { toString } = (frame.view as unknown as { Function: FunctionConstructor }).Function.prototype
  const texts: Record<string, Json> = {
    fetch: toString.call(fetch),
    itself: toString.call(toString),
    ours: toString.call(Function.prototype.toString),
    open: toString.call(window.open),
  }
  for (const name of [
    'Response',
    'Request',
    'ReadableStream',
    'ReadableStreamDefaultReader',
    'ReadableStreamBYOBReader',
    'EventSource',
    'XMLHttpRequest',
    'EventTarget',
    'AbortController',
    'AbortSignal',
    'Blob',
    'Promise',
  ]) {
    const made = Reflect.get(globalThis, name) as { prototype: object }
    texts[name] = toString.call(made)
    for (const key of Reflect.ownKeys(made.prototype)) {
      const found = Reflect.getOwnPropertyDescriptor(made.prototype, key)
      for (const part of [found?.value, found?.get, found?.set]) {
        if (typeof part === 'function') texts[`${name}.${String(key)} ${String(part.name)}`] = toString.call(part)
      }
    }
  }
  const { next, return: leave } = asyncIteratorPrototype() as { next: unknown; return: unknown }
  texts['next'] = [toString.call(next), toString.call(leave)]
  frame.remove()
  return texts
}

/** A fresh frame's classes look native too, read in the very task that made the frame. */
export function freshFrameShapes(): Json {
  const frame = freshFrame()
  const shapes = ['fetch', 'EventSource', 'XMLHttpRequest', 'Response', 'ReadableStream'].map((name) => {
    const made: unknown = Reflect.get(frame.view, name)
    return typeof made === 'function'
      ? [describe(Function.prototype.toString.call(made)), made.name, made.length, keyNames(made)]
      : describe(made)
  })
  const own = keyNames(frame.view)
  frame.remove()
  return { shapes, own }
}

export async function responseInstances(world: World): Promise<Json> {
  const promise = fetch(world.url('/sse'))
  const promised = [
    keyNames(promise),
    promise instanceof Promise,
    promise.constructor === Promise,
    Object.getPrototypeOf(promise) === Promise.prototype,
  ]
  const response = await promise
  const body = response.body
  const reader = response.clone().body?.getReader()
  const iterator = response.clone().body?.values()
  const facts = {
    promised,
    own: [response, response.headers, body, reader, iterator, reader?.closed].map((object) => keyNames(object ?? {})),
    protos: [
      Object.getPrototypeOf(response) === Response.prototype,
      response.constructor === Response,
      Object.getPrototypeOf(body) === ReadableStream.prototype,
      Object.getPrototypeOf(reader) === ReadableStreamDefaultReader.prototype,
      Object.getPrototypeOf(response.headers) === Headers.prototype,
      Object.getPrototypeOf(iterator) === asyncIteratorPrototype(),
    ],
    same: [response.body === body, response.body === response.body, response.headers === response.headers],
    text: String(response),
    tags: [
      Object.prototype.toString.call(response),
      Object.prototype.toString.call(body),
      Object.prototype.toString.call(reader),
    ],
    extensible: [Object.isExtensible(response), Object.isExtensible(body), Object.isFrozen(response)],
    json: JSON.stringify(response),
    spread: Object.keys({ ...response }),
    inKeys: (() => {
      const keys: string[] = []
      for (const key in response) keys.push(key)
      return keys
    })(),
  }
  await response.body?.cancel()
  return facts
}

export async function eventInstances(world: World): Promise<Json> {
  const source = new EventSource(world.url('/sse', { end: 'open' }))
  const request = new XMLHttpRequest()
  const keysOf = (object: object) => [
    keyNames(object),
    Object.getPrototypeOf(object) === object.constructor.prototype,
    Object.prototype.toString.call(object),
  ]
  const before = [keysOf(source), keysOf(request), keysOf(request.upload)]
  const opened = await new Promise<Event>((resolve) => (source.onopen = resolve))
  const message = await new Promise<MessageEvent>((resolve) => (source.onmessage = resolve))
  source.close()
  return [
    ...before,
    keysOf(opened),
    keysOf(message),
    describeFunction(source.onopen ?? (() => 0)),
    source.constructor === EventSource,
    source instanceof EventTarget,
    request.upload === request.upload,
  ]
}

export async function subclasses(world: World): Promise<Json> {
  class Source extends EventSource {
    readonly own = this.url.length
    ready() {
      return this.readyState
    }
  }
  class Xhr extends XMLHttpRequest {
    override open(...all: [string, string]) {
      super.open(...all)
    }
  }
  class Answer extends Response {
    extra = 1
  }
  class Body extends (ReadableStream as new () => ReadableStream) {}
  const source = new Source(world.url('/sse', { n: '1', end: 'open' }))
  const xhr = new Xhr()
  xhr.open('GET', world.url('/plain'))
  const facts = [
    [
      source instanceof Source,
      source instanceof EventSource,
      source.constructor === Source,
      source.ready(),
      source.own > 0,
      keyNames(source),
      Source.CONNECTING,
      Object.getPrototypeOf(Source) === EventSource,
    ],
    [xhr instanceof Xhr, xhr.readyState, Xhr.DONE, Object.getPrototypeOf(Xhr) === XMLHttpRequest],
    [
      new Answer('x').extra,
      new Answer('x') instanceof Response,
      await new Answer('x').text(),
      Answer.json === Response.json,
    ],
    [new Body() instanceof Body, new Body().locked],
  ]
  source.close()
  xhr.abort()
  return facts
}

export function reflectConstruct(world: World): Json {
  class Other {}
  const facts: Record<string, Json> = {}
  for (const name of ['EventSource', 'XMLHttpRequest', 'Response', 'Request', 'ReadableStream', 'AbortController']) {
    const made = Reflect.get(globalThis, name) as new (...all: unknown[]) => object
    const all = name === 'EventSource' || name === 'Request' ? [world.url('/plain')] : []
    const object = Reflect.construct(made, all, Other)
    const bound = Reflect.construct(made, all, made.bind(null))
    const bare = Reflect.construct(
      made,
      all,
      Object.assign(function () {}, { prototype: null }),
    )
    facts[name] = [
      object instanceof Other,
      object instanceof made,
      Object.prototype.toString.call(object),
      bound instanceof made,
      bare instanceof made,
    ]
    for (const each of [object, bound, bare]) if (name === 'EventSource') EventSource.prototype.close.call(each)
  }
  return facts
}

export const newTargetRead = (world: World) => {
  const log: string[] = []
  for (const name of ['EventSource', 'XMLHttpRequest']) {
    const made = Reflect.get(globalThis, name) as new (...all: unknown[]) => object
    const target = new Proxy(made, { get: (of, key) => (log.push(`${name} get ${String(key)}`), Reflect.get(of, key)) })
    const object = Reflect.construct(made, [world.url('/plain')], target)
    if (object instanceof EventSource) object.close()
  }
  return log
}

export const callingWithoutNew = () => {
  const call = (name: string) => () => Reflect.apply(Reflect.get(globalThis, name) as () => unknown, undefined, ['/x'])
  return outcomes({
    EventSource: call('EventSource'),
    XMLHttpRequest: call('XMLHttpRequest'),
    Response: call('Response'),
    Request: call('Request'),
    ReadableStream: call('ReadableStream'),
    newFetch: () => Reflect.construct(fetch, ['/x']),
    newGetReader: () => Reflect.construct(ReadableStream.prototype.getReader, []),
    newSend: () => Reflect.construct(XMLHttpRequest.prototype.send, []),
    extendsFetch: () => {
      const base: unknown = fetch
      return class extends (base as new () => object) {}
    },
    inFetch: () => ({}) instanceof (fetch as unknown as new () => object),
  })
}

/** Every method and getter of our classes, called on what it was not made for. */
export async function wrongReceivers(): Promise<Json> {
  const facts: Record<string, Json> = {}
  for (const name of [
    'Response',
    'Request',
    'Headers',
    'ReadableStream',
    'ReadableStreamDefaultReader',
    'ReadableStreamBYOBReader',
    'EventSource',
    'XMLHttpRequest',
    'AbortController',
    'AbortSignal',
    'EventTarget',
    'Blob',
  ]) {
    const { prototype } = Reflect.get(globalThis, name) as { prototype: object }
    for (const key of Reflect.ownKeys(prototype)) {
      const found = Reflect.getOwnPropertyDescriptor(prototype, key)
      const parts: [string, unknown][] = [
        ['call', found?.value],
        ['get', found?.get],
        ['set', found?.set],
      ]
      for (const [how, part] of parts) {
        if (typeof part !== 'function' || key === 'constructor') continue
        for (const [what, receiver] of [
          ['{}', {}],
          ['prototype', prototype],
          ['null', null],
        ] as const) {
          if (name === 'EventTarget' && what !== '{}') continue
          facts[`${name}.${String(key)} ${how} on ${what}`] = await outcome(() => Reflect.apply(part, receiver, []))
        }
      }
    }
  }
  const { next, return: leave } = asyncIteratorPrototype() as { next: () => unknown; return: () => unknown }
  facts['next on {}'] = await outcome(() => next.call({}))
  facts['return on {}'] = await outcome(() => leave.call({}))
  return facts
}

export const fetchReceivers = (world: World) => {
  const frame = freshFrame()
  const url = world.url('/plain')
  const call = (receiver: unknown) => () => Reflect.apply(fetch, receiver, [url])
  return outcomes({
    undefined: call(undefined),
    null: call(null),
    object: call({}),
    number: call(1),
    document: call(document),
    frame: call(frame.view),
    proxy: call(new Proxy(window, {})),
    inherits: call(Object.create(window)),
    frameFetch: () => Reflect.apply(frame.view.fetch, window, [url]),
  })
}

/** An object of one realm given to the functions of another. */
export async function acrossRealms(world: World): Promise<Json> {
  const frame = freshFrame()
  const { view } = frame
  const other = view as unknown as typeof globalThis
  const response = await fetch(world.url('/sse'))
  const foreign = await view.fetch(world.url('/sse'))
  const foreignPromise = view.fetch(world.url('/plain'))
  const bodyGetter = Object.getOwnPropertyDescriptor(Response.prototype, 'body')?.get
  const otherGetter = Object.getOwnPropertyDescriptor(other.Response.prototype, 'body')?.get
  const facts = {
    classes: [
      foreign instanceof Response,
      foreign instanceof other.Response,
      foreign.body instanceof other.ReadableStream,
      foreignPromise instanceof other.Promise,
      foreignPromise instanceof Promise,
    ],
    sameBody: [bodyGetter?.call(foreign) === foreign.body, otherGetter?.call(response) === response.body],
    wrong: await outcome(() => otherGetter?.call({})),
    locks: await outcome(() => ReadableStream.prototype.getReader.call(foreign.body)),
    locked: foreign.body?.locked ?? null,
    ours: await outcome(() => other.Response.prototype.text.call(response)),
    used: response.bodyUsed,
    foreignError: await outcome(() => view.fetch('http://')),
    source: await (async () => {
      const source = new other.EventSource(world.url('/sse', { end: 'open' }))
      const facts = [
        source instanceof EventSource,
        source instanceof other.EventSource,
        Object.getOwnPropertyDescriptor(EventSource.prototype, 'readyState')?.get?.call(source),
      ]
      EventSource.prototype.close.call(source)
      return [...facts, source.readyState]
    })(),
    xhr: await (async () => {
      const xhr = new other.XMLHttpRequest()
      Reflect.apply(XMLHttpRequest.prototype.open, xhr, ['GET', world.url('/plain')])
      const done = new Promise((resolve) => (xhr.onloadend = resolve))
      XMLHttpRequest.prototype.send.call(xhr)
      await done
      return [xhr.status, xhr.responseText, xhr instanceof XMLHttpRequest]
    })(),
    read: await outcome(async () => {
      const reader = (await fetch(world.url('/sse', { n: '1' }))).body?.getReader()
      const result = await other.ReadableStreamDefaultReader.prototype.read.call(reader)
      return [Object.getPrototypeOf(result) === Object.prototype, result.value instanceof Uint8Array, result.done]
    }),
  }
  frame.remove()
  return facts
}

/** Setting a prototype in a circle throws for a function, and not for a Proxy around one. */
export function prototypeCircles(): Json {
  const facts: Record<string, Json> = {}
  const functions: Record<string, object> = {
    fetch,
    EventSource,
    XMLHttpRequest,
    read: ReadableStreamDefaultReader.prototype.read,
    send: XMLHttpRequest.prototype.send,
    text: Response.prototype.text,
    pipeTo: ReadableStream.prototype.pipeTo,
  }
  for (const [name, made] of Object.entries(functions)) {
    const before = Object.getPrototypeOf(made)
    try {
      Object.setPrototypeOf(made, Object.create(made))
      facts[name] = 'allowed'
    } catch (error) {
      facts[name] = describe(error)
    }
    Reflect.setPrototypeOf(made, before)
  }
  return facts
}

/** The same by Reflect, which says so instead of throwing. */
export function reflectedCircles(): Json {
  const facts: Record<string, Json> = {}
  for (const [name, made] of Object.entries({ fetch, EventSource, read: ReadableStreamDefaultReader.prototype.read }))
    try {
      facts[name] = Reflect.setPrototypeOf(made, Object.create(made) as object)
    } catch (error) {
      facts[name] = (error as Error).name
    }
  return facts
}

/** Functions stay where a page puts them, and what it writes over ours comes back the same. */
export async function pageOverwrites(world: World): Promise<Json> {
  const native = fetch
  const calls: string[] = []
  window.fetch = function (...all: Parameters<typeof fetch>) {
    calls.push('page wrapper')
    return native(...all)
  }
  const text = await (await fetch(world.url('/plain'))).text()
  const facts = [
    text,
    calls,
    String(window.fetch).includes('page wrapper'),
    Reflect.deleteProperty(window, 'fetch'),
    typeof window.fetch,
  ]
  window.fetch = native
  return facts
}
