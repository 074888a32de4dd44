/** What a page can write over in the language itself, or read there, while streams are under way. */
import { pause, type Json } from '../page/facts.ts'
import type { World } from '../page/world.ts'

/** Streams of each kind, answered, refused and cancelled. */
function uses(world: World): Record<string, () => Promise<unknown>> {
  const asked = (init: RequestInit = {}) =>
    fetch(world.url('/sse', { n: '1', stream: 'true' }), { headers: { accept: 'text/event-stream' }, ...init })
  return {
    fetched: async () => (await asked()).text(),
    posted: async () => (await asked({ method: 'POST', body: '{"stream" : true}' })).text(),
    plain: async () => (await fetch(world.url('/plain'))).text(),
    cancelled: async () => (await asked()).body?.getReader().cancel('enough'),
    locked: async () => {
      const { body } = await asked()
      body?.getReader()
      body?.getReader()
    },
    refused: () => fetch('http://127.0.0.1:1/?stream=true'),
    aborted: () => asked({ signal: AbortSignal.abort() }),
    eventSource: async () => {
      const source = new EventSource(world.stream('language').url)
      await new Promise((resolve) => source.addEventListener('open', resolve))
      source.close()
    },
    xhr: async () => {
      const xhr = new XMLHttpRequest()
      xhr.open('GET', world.url('/sse', { n: '1' }))
      xhr.send()
      await new Promise((resolve) => xhr.addEventListener('loadend', resolve))
    },
  }
}

async function runAll(world: World, each: (name: string, run: () => Promise<void>) => Promise<void>): Promise<void> {
  for (const [name, use] of Object.entries(uses(world)))
    await each(name, async () => {
      try {
        await use()
      } catch {
        // Some are refused, which is what they are for.
      }
    })
}

/** The last match of a regular expression is the page's own. */
export async function regularExpressions(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  await runAll(world, async (name, run) => {
    const matched = /(b)c/.test('abcd')
    await run()
    const statics = ['$1', '$_', 'lastMatch', 'leftContext'].map((key) => String(Reflect.get(RegExp, key)))
    facts[name] = [matched, ...statics]
  })
  return facts
}

/** No text is handed to what a page puts where strings are split, matched, replaced and searched. Browsers before ES2025 ask it. */
export async function splitters(world: World): Promise<Json> {
  const texts: Json[] = []
  const symbols = [Symbol.split, Symbol.match, Symbol.replace, Symbol.search]
  for (const symbol of symbols)
    Object.defineProperty(String.prototype, symbol, {
      configurable: true,
      value(text: unknown) {
        texts.push(String(text))
        return []
      },
    })
  await runAll(world, (_, run) => run())
  for (const symbol of symbols) Reflect.deleteProperty(String.prototype, symbol)
  return texts
}

/** A formatter of stacks is called for stacks that the page reads, wherever it stands. */
export async function stackFormatters(world: World): Promise<Json> {
  const facts: Record<string, Json> = {}
  const places: Record<string, object> = {
    Error,
    'Function.prototype': Function.prototype,
    'Object.prototype': Object.prototype,
  }
  for (const [place, owner] of Object.entries(places))
    for (const kind of ['value', 'accessor']) {
      let calls = 0
      const format = () => {
        calls++
        return 'formatted'
      }
      const get = () => {
        calls++
        return undefined
      }
      const slot = kind === 'value' ? { value: format, writable: true } : { get }
      Object.defineProperty(owner, 'prepareStackTrace', { configurable: true, ...slot })
      await runAll(world, (_, run) => run())
      await pause(20)
      Reflect.deleteProperty(owner, 'prepareStackTrace')
      facts[`${place} ${kind}`] = calls
    }
  return facts
}

/** What every object inherits does not come between a page's options and the browser. */
export async function inheritedDescriptors(world: World): Promise<Json> {
  const asked: string[] = []
  const keep = await fetch(world.url('/sse', { n: '1' }))
  const options = {
    get method() {
      return 'GET'
    },
    get signal() {
      return null
    },
  }
  const transfer = {
    get transfer() {
      return []
    },
  }
  Object.defineProperty(Object.prototype, 'value', {
    configurable: true,
    get() {
      asked.push('value')
      return undefined
    },
  })
  try {
    await (await fetch(world.url('/sse', { n: '1' }), options)).text()
    structuredClone(1, transfer)
  } finally {
    Reflect.deleteProperty(Object.prototype, 'value')
  }
  return [asked, await keep.text()]
}

/** `next` that a page took from its first iterator stays the iterators' own, and reads all of them. */
export async function savedNext(world: World): Promise<Json> {
  const first = new Response('unwatched').body?.values()
  const prototype = Object.getPrototypeOf(first) as AsyncIterator<Uint8Array>
  const { next, return: leave } = prototype
  const facts: Json[] = [(await next.call(first)).done === true]
  const second = (await fetch(world.url('/sse', { n: '2' }))).body?.values()
  facts.push(Object.getPrototypeOf(second) === prototype, prototype.next === next, prototype.return === leave)
  for (let length = 0; ;) {
    const { done, value } = (await next.call(second)) as IteratorResult<Uint8Array, undefined>
    if (done === true) return [...facts, length]
    length += value?.length ?? 0
  }
}
