/**
 * Runs in the page, before its scripts. What capture needs of the language and the platform, taken while it is still the
 * browser's own: pages overwrite and freeze these later. For the same reason capture never iterates arrays, never
 * spreads, and gives the platform only objects without a prototype. Nor does it use regular expressions: each match of
 * ours would be the page's `RegExp.$1`.
 */

export const { apply, construct, defineProperty, deleteProperty, getPrototypeOf, ownKeys, setPrototypeOf } = Reflect

const { bind, call } = Function.prototype

/**
 * Turns a method into a function that takes `this` first. A bound `call` is immune to later changes of
 * Function.prototype.call, has no frame in stacks, and allocates nothing when called.
 */
export const uncurry = bind.bind(call as never) as unknown as <This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
) => (self: This, ...args: Args) => Result

/** Cuts an object or array of our own off from prototypes the page can change. */
export function bare<T extends object>(value: T): T {
  setPrototypeOf(value, null)
  return value
}

const { getOwnPropertyDescriptor: descriptorOf } = Reflect
/** A descriptor that says nothing but what it is: an accessor's would inherit `value` from a page's Object.prototype. */
export function getOwnPropertyDescriptor(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = descriptorOf(object, key)
  return descriptor && bare(descriptor)
}

/** The browser's getter of an attribute, as a function of the object; it throws for objects of another kind. */
export const getter = <Result>(of: { readonly prototype: object }, key: PropertyKey): ((self: unknown) => Result) =>
  uncurry((getOwnPropertyDescriptor(of.prototype, key) as PropertyDescriptor).get as (this: unknown) => Result)

/** A WeakMap that a page cannot reach through WeakMap.prototype. */
export interface PrivateMap<K extends object, V> {
  get(key: unknown): V | undefined
  set(key: K, value: V): unknown
  has(key: unknown): boolean
  delete(key: K): boolean
}
export function privateMap<K extends object, V>(): PrivateMap<K, V> {
  const { get, set, has, delete: remove } = WeakMap.prototype
  const map = new WeakMap<K, V>()
  const to = uncurry(bind as (this: unknown, self: object) => unknown)
  return { get: to(get, map), set: to(set, map), has: to(has, map), delete: to(remove, map) } as PrivateMap<K, V>
}

export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'

export const now: () => number = performance.now.bind(performance)
export const { timeOrigin } = performance
export const later: (callback: () => void, ms: number) => number = setTimeout.bind(window) as never
export const stringify: (value: unknown) => string | undefined = JSON.stringify
/** Promise.prototype.then; it looks up `constructor` and `Symbol.species` where the promise has no own `constructor`. */
export const nativeThen: (
  promise: Promise<unknown>,
  onValue: (value: unknown) => unknown,
  onError: (reason: unknown) => unknown,
) => unknown = uncurry(
  Promise.prototype.then as (
    this: Promise<unknown>,
    onValue: (value: unknown) => unknown,
    onError: (reason: unknown) => unknown,
  ) => unknown,
)
const noSpecies: PropertyDescriptor = bare({ value: undefined, configurable: true })
/** The same, but it reads neither `constructor` nor `Symbol.species` of the page. */
export const then: typeof nativeThen = (promise, onValue, onError) => {
  const hidden = !getOwnPropertyDescriptor(promise, 'constructor') && defineProperty(promise, 'constructor', noSpecies)
  try {
    return nativeThen(promise, onValue, onError)
  } finally {
    if (hidden) deleteProperty(promise, 'constructor')
  }
}
export const rejected = Promise.reject.bind(Promise) as (reason: unknown) => Promise<never>
export const indexOf = uncurry(String.prototype.indexOf)
export const slice = uncurry(String.prototype.slice)
export const toLowerCase = uncurry(String.prototype.toLowerCase)
export const lastIndexOf = uncurry(String.prototype.lastIndexOf)
export const trim = uncurry(String.prototype.trim)
/** String.prototype.split would hand the text to what the page put in String.prototype[Symbol.split]. */
export function split(text: string, separator: string): string[] {
  const parts: string[] = bare([])
  let from = 0
  for (let at = indexOf(text, separator); at >= 0; at = indexOf(text, separator, from)) {
    parts[parts.length] = slice(text, from, at)
    from = at + separator.length
  }
  parts[parts.length] = slice(text, from)
  return parts
}
export const join = uncurry(Array.prototype.join)
export const addListener = uncurry(EventTarget.prototype.addEventListener)
export const removeListener = uncurry(EventTarget.prototype.removeEventListener)
export const dispatch = uncurry(EventTarget.prototype.dispatchEvent)
export const NativeReadableStream = ReadableStream
export const NativeWeakRef = WeakRef
export type Weak<T extends object> = WeakRef<T>
export const deref = uncurry(WeakRef.prototype.deref) as <T extends object>(ref: Weak<T>) => T | undefined
/** Made by the browser, not dispatched by the page. */
export const isTrusted = uncurry(
  getOwnPropertyDescriptor(new Event(''), 'isTrusted')?.get as (this: unknown) => boolean,
)
/** A primitive, or an object the page may see being asked, as text. */
export const toText: (value: unknown) => string = String
/** What Function.prototype.toString says of a function. */
export const functionText = uncurry(Function.prototype.toString)
export const noop = (): void => {}
