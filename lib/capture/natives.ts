/**
 * Runs in the page, before its scripts. What capture needs of the language and the platform, taken while it is still the
 * browser's own: pages overwrite and freeze these later. For the same reason capture never iterates arrays, never
 * spreads, and gives the platform only objects without a prototype.
 */

export const {
  apply,
  construct,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
  set: setProperty,
  setPrototypeOf,
} = Reflect

/** Turns a method into a function that takes `this` first, immune to later changes of Function.prototype.call. */
export function uncurry<This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
): (self: This, ...args: Args) => Result {
  return (self, ...args) => apply(method, self, args)
}

/** The browser's getter of an attribute, as a function of the object; it throws for objects of another kind. */
export function getter<Result>(prototype: object, key: PropertyKey): (self: unknown) => Result {
  const get = getOwnPropertyDescriptor(prototype, key)?.get
  if (!get) throw new Error(`no getter ${String(key)}`)
  const none: unknown[] = bare([])
  return (self) => apply(get, self, none) as Result
}

/** Cuts an object or array of our own off from prototypes the page can change. */
export function bare<T extends object>(value: T): T {
  setPrototypeOf(value, null)
  return value
}

/** A WeakMap that a page cannot reach through WeakMap.prototype. */
export interface PrivateMap<K extends object, V> {
  get(key: unknown): V | undefined
  set(key: K, value: V): unknown
  has(key: unknown): boolean
  delete(key: K): boolean
}
export function privateMap<K extends object, V>(): PrivateMap<K, V> {
  const { get, set, has, delete: remove } = WeakMap.prototype
  const map = bare(new WeakMap<K, V>())
  return bare({
    get: (key) => apply(get, map, [key]) as V | undefined,
    set: (key, value) => apply(set, map, [key, value]) as unknown,
    has: (key) => apply(has, map, [key]) as boolean,
    delete: (key) => apply(remove, map, [key]),
  } satisfies PrivateMap<K, V>)
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
export const split = uncurry(String.prototype.split as (separator: string) => string[])
export const join = uncurry(Array.prototype.join)
const execNative = uncurry(RegExp.prototype.exec)
/** RegExp.prototype.exec as it was; `test` and `String.replace` would look up what the page can overwrite. */
export const exec = (pattern: RegExp, text: string): RegExpExecArray | null => execNative(pattern, text)
export const addListener = uncurry(EventTarget.prototype.addEventListener)
export const removeListener = uncurry(EventTarget.prototype.removeEventListener)
export const dispatch = uncurry(EventTarget.prototype.dispatchEvent)
export const NativeReadableStream = ReadableStream
export const NativeWeakRef = WeakRef
export type Weak<T extends object> = WeakRef<T>
export const deref = uncurry(WeakRef.prototype.deref) as <T extends object>(ref: Weak<T>) => T | undefined
/** A primitive, or an object the page may see being asked, as text. */
export const toText: (value: unknown) => string = String
/** What Function.prototype.toString says of a function. */
export const functionText = uncurry(Function.prototype.toString)
export const noop = (): void => {}
