/** Turns what a page can observe into plain JSON that two runs can be compared by. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** Kept from before any probe runs, so that a probe may change what it likes; array methods are not used at all. */
const functionToString = Function.prototype.toString
const { construct, get, getOwnPropertyDescriptor, ownKeys } = Reflect

function each<Item, Made>(items: readonly Item[], make: (item: Item) => Made): Made[] {
  const made: Made[] = []
  for (let index = 0; index < items.length; index += 1) made[index] = make(items[index] as Item)
  return made
}

/** Stack lines without line numbers: with a patch in between there are more of them, or others. */
export function stackLines(error: unknown): Json {
  if (typeof error !== 'object' || error === null || !('stack' in error)) return null
  if (typeof error.stack !== 'string') return `stack is ${typeof error.stack}`
  const lines: string[] = []
  each(error.stack.split('\n'), (line) => {
    if (/^\s+at |@/.test(line)) lines[lines.length] = line.trim().replace(/:\d+:\d+/g, '')
  })
  return lines
}

/** Firefox makes properties of functions and windows when they are first looked at: their order says what was looked at. */
const orderIsKnown = !navigator.userAgent.includes('Firefox')

/** Own keys as text, in order where the order is the same in every run. */
export function keyNames(object: object): readonly string[] {
  const names = each(ownKeys(object), String)
  return orderIsKnown ? names : names.toSorted()
}

/** Whose class made it: this window's, or another realm's. */
function realmOf(value: object): string {
  if (value instanceof Object) return 'here'
  return Object.getPrototypeOf(value) === null ? 'no prototype' : 'another realm'
}

/** Any value as JSON, without calling anything of its own but getters of errors. */
export function describe(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0) ? value : `number ${String(value)}`
  if (value === undefined) return 'undefined'
  if (typeof value === 'function') return describeFunction(value)
  if (typeof value !== 'object') return `${typeof value} ${String(value)}`
  if (value instanceof Error || Object.prototype.toString.call(value) === '[object DOMException]')
    return describeError(value)
  if (Object.prototype.toString.call(value) === '[object Error]') return describeError(value)
  if (value instanceof Uint8Array)
    return { bytes: value.length, sum: value.reduce((sum, byte) => (sum * 31 + byte) % 65_521, 7) }
  if (Array.isArray(value)) return each(value as unknown[], describe)
  return `${Object.prototype.toString.call(value)} of ${realmOf(value)}`
}

function describeError(error: object): Json {
  // A prototype looks like an error, but its getters throw.
  if (Object.prototype.hasOwnProperty.call(error, 'constructor')) return 'a prototype of errors'
  const { name, message, code, cause } = error as { name?: unknown; message?: unknown; code?: unknown; cause?: unknown }
  return {
    error: String(name),
    message: String(message),
    code: describe(code),
    cause: cause === undefined ? 'none' : describe(cause),
    realm: realmOf(error),
    className: String(Object.getPrototypeOf(error)?.constructor?.name),
    keys: keyNames(error),
    stack: stackLines(error),
  }
}

/** What a function shows of itself. `new` is tried without running it. */
export function describeFunction(made: object): Json {
  let constructs = true
  try {
    construct(Object, [], made as new () => unknown)
  } catch {
    constructs = false
  }
  return {
    text: functionToString.call(made as () => unknown),
    name: String(get(made, 'name')),
    length: Number(get(made, 'length')),
    keys: keyNames(made),
    constructs,
    proto:
      Object.getPrototypeOf(made) === Function.prototype
        ? 'Function.prototype'
        : describeLink(Object.getPrototypeOf(made)),
    extensible: Object.isExtensible(made),
  }
}

function describeLink(value: unknown): Json {
  return typeof value === 'function' ? `function ${String(get(value, 'name'))}` : describe(value)
}

/** Every own property with its descriptor, in order. Values that are objects are named, not followed. */
export function shapeOf(object: object): Json {
  const shape: Record<string, Json> = {
    '(keys)': keyNames(object),
    '(proto)': describeLink(Object.getPrototypeOf(object)),
  }
  const keys = ownKeys(object)
  for (const key of orderIsKnown ? keys : keys.toSorted((one, two) => (String(one) < String(two) ? -1 : 1))) {
    const found = getOwnPropertyDescriptor(object, key)
    if (found === undefined) continue
    const flags = `${found.enumerable ? 'e' : '-'}${found.configurable ? 'c' : '-'}${found.writable === undefined ? '' : found.writable ? 'w' : '-'}`
    shape[String(key)] =
      'value' in found
        ? [flags, describe(found.value)]
        : [flags, 'get', describe(found.get), 'set', describe(found.set)]
  }
  return shape
}

/** What a call did: threw, returned, or what its promise became. */
export async function outcome(act: () => unknown): Promise<Json> {
  let made: unknown
  try {
    made = act()
  } catch (error) {
    return { threw: describe(error) }
  }
  if (!(made instanceof Promise)) return { returned: describe(made) }
  try {
    return { resolved: describe(await made) }
  } catch (error) {
    return { rejected: describe(error) }
  }
}

/** Outcomes of several calls, one after the other, by name. */
export async function outcomes(acts: Readonly<Record<string, () => unknown>>): Promise<Json> {
  const all: Record<string, Json> = {}
  for (const [name, act] of Object.entries(acts)) all[name] = await outcome(act)
  return all
}

/** Name and message only, where a stack says nothing new. */
export function brief(error: unknown): Json {
  if (typeof error !== 'object' || error === null || !('message' in error)) return describe(error)
  return `${String(get(error, 'name'))}: ${String(error.message)}`
}

/** Microtask ticks until a promise settles; 'later' when that takes a task. */
export async function ticks(promise: Promise<unknown>, most = 60): Promise<Json> {
  let settled = ''
  promise.then(
    () => (settled = 'resolved'),
    () => (settled = 'rejected'),
  )
  let count = 0
  while (settled === '' && count < most) {
    await null
    count += 1
  }
  return settled === '' ? 'later' : `${settled} after ${count}`
}

/** Lets pending tasks and I/O come through; for waiting where nothing is to be seen (an event that must not come). */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Reads until the text ends with `end`: how much comes at a time is the network's affair. */
export async function readUpTo(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  end: string,
): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  while (reader !== undefined && !text.endsWith(end)) {
    const { done, value } = await reader.read()
    if (done) return `${text} (the end)`
    text += decoder.decode(value, { stream: true })
  }
  return text
}

/** A promise's outcome, or 'still waiting' after `ms`. */
export function soon(promise: Promise<unknown>, ms = 300): Promise<Json> {
  return Promise.race([outcome(() => promise), pause(ms).then(() => 'still waiting')])
}

/** An object that writes down every trap it sees, for "getters are called as often and in the same order". */
export function watched<T extends object>(target: T, log: string[], name = ''): T {
  const note = (trap: string, key?: PropertyKey) =>
    log.push(`${name}${trap}${key === undefined ? '' : ` ${String(key)}`}`)
  return new Proxy(target, {
    get: (of, key) => (note('get', key), Reflect.get(of, key)),
    has: (of, key) => (note('has', key), Reflect.has(of, key)),
    set: (of, key, value) => (note('set', key), Reflect.set(of, key, value)),
    ownKeys: (of) => (note('ownKeys'), Reflect.ownKeys(of)),
    getOwnPropertyDescriptor: (of, key) => (
      note('getOwnPropertyDescriptor', key),
      Reflect.getOwnPropertyDescriptor(of, key)
    ),
    defineProperty: (of, key, found) => (note('defineProperty', key), Reflect.defineProperty(of, key, found)),
    deleteProperty: (of, key) => (note('deleteProperty', key), Reflect.deleteProperty(of, key)),
    getPrototypeOf: (of) => (note('getPrototypeOf'), Reflect.getPrototypeOf(of)),
    setPrototypeOf: (of, proto) => (note('setPrototypeOf'), Reflect.setPrototypeOf(of, proto)),
    isExtensible: (of) => (note('isExtensible'), Reflect.isExtensible(of)),
    preventExtensions: (of) => (note('preventExtensions'), Reflect.preventExtensions(of)),
  })
}
