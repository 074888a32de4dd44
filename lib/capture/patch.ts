/**
 * Runs in the page. Puts a Proxy in a native function's place: name, length, own keys and prototype stay the function's,
 * and Function.prototype.toString goes on printing it as native, in every same-origin frame.
 */
import {
  apply,
  bare,
  construct,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isObject,
  privateMap,
  setPrototypeOf,
  type PrivateMap,
} from './natives.ts'
import { closeRoom, openRoom, withoutOwnFrames } from './stack.ts'

export type Undo = () => void
type Native = (...args: never[]) => unknown
/** Stands in for one call. It must call `native` itself, first, with the page's own `self` and `args`. */
export type Trap = (native: Native, self: unknown, args: unknown[]) => unknown
export type ConstructTrap = (native: Native, args: unknown[], newTarget: Native) => object

/**
 * Whether there is anything yet that a trap looks for. As long as there is not, the page's calls go straight to the browser: no
 * function of ours lies in their stacks, and they cost next to nothing.
 */
export interface Need {
  on: boolean
}
const ALWAYS: Need = { on: true }

/** Proxy → the native function behind it. The frames of a family share the outermost one's, see `takeOverNatives`. */
export type NativeMap = PrivateMap<object, Native>
let nativeOf: NativeMap = privateMap()
/** This frame's own. */
const proxies: Native[] = bare([])

/** Replaces method `key` of `owner`. Throws nothing: an owner that cannot be patched stays native. */
export function patchMethod(owner: object, key: PropertyKey, trap: Trap, need: Need = ALWAYS): Undo {
  return patchProperty(owner, key, 'value', (native) => wrap(native, trap, need))
}

/** Gives method `key` the same replacement as `other`, where they were one function natively. */
export function patchAlias(owner: object, key: PropertyKey, other: PropertyKey): Undo {
  const replacement: unknown = getOwnPropertyDescriptor(owner, other)?.value
  return patchProperty(owner, key, 'value', (native) =>
    typeof replacement === 'function' ? (replacement as Native) : native,
  )
}

/** Runs what only records. Whatever goes wrong in it is ours alone: the page goes on as if nothing were there. */
export function quietly(record: () => void): void {
  try {
    record()
  } catch {
    // A record is lost; the page's call is not.
  }
}

/** Replaces the getter of attribute `key` of `owner`. */
export function patchGetter(owner: object, key: PropertyKey, trap: Trap, need: Need): Undo {
  return patchProperty(owner, key, 'get', (native) => wrap(native, trap, need))
}

/** Replaces the constructor `name` of this window, and what its prototype calls its constructor. */
export function patchConstructor(name: string, trap: ConstructTrap, need: Need = ALWAYS): Undo {
  const undo = patchProperty(window, name, 'value', (native) => {
    const make: ProxyHandler<Native>['construct'] = (target, args: unknown[], newTarget) => {
      const limit = openRoom()
      try {
        return trap(target, args, newTarget as Native)
      } catch (error) {
        throw withoutOwnFrames(error)
      } finally {
        closeRoom(limit)
      }
    }
    // An accessor: asked at each call, and gone from the stack when the browser's own function is called instead.
    return proxyOf(native, {
      get construct() {
        return need.on ? make : undefined
      },
    })
  })
  const prototype = (window as never as Record<string, { prototype: object }>)[name]?.prototype
  if (!prototype) return undo
  const replaced = (window as never as Record<string, unknown>)[name]
  const undoPrototype = patchProperty(prototype, 'constructor', 'value', () => replaced as Native)
  return () => {
    undo()
    undoPrototype()
  }
}

/** The constructor as natively called, for traps that only look at the result. */
export const constructNative = (native: Native, args: unknown[], newTarget: Native): object =>
  construct(native as never, args, newTarget as never) as object

function wrap(native: Native, trap: Trap, need: Need): Native {
  const call: ProxyHandler<Native>['apply'] = (target, self, args: unknown[]) => {
    const limit = openRoom()
    try {
      return trap(target, self, args)
    } catch (error) {
      throw withoutOwnFrames(error)
    } finally {
      closeRoom(limit)
    }
  }
  return proxyOf(
    native,
    need === ALWAYS
      ? { apply: call }
      : {
          get apply() {
            return need.on ? call : undefined
          },
        },
  )
}

/** Of a handler whose methods may be absent for now. */
type Handler = { readonly [Key in keyof ProxyHandler<Native>]: ProxyHandler<Native>[Key] | undefined } & {
  setPrototypeOf?: ProxyHandler<Native>['setPrototypeOf']
}

function proxyOf(native: Native, handler: Handler): Native {
  const proxy: Native = new Proxy(native, bare(handler) as ProxyHandler<Native>)
  // A function cannot inherit from itself, and says so; a Proxy of it could, and give itself away.
  handler.setPrototypeOf = (target, prototype) => {
    for (let next = prototype; next; next = getPrototypeOf(next)) if (next === proxy) throwCircle(target)
    return setPrototypeOf(target, prototype)
  }
  nativeOf.set(proxy, native)
  proxies[proxies.length] = proxy
  return proxy
}

const refuseCircle = Object.setPrototypeOf

/** Throws what the browser throws for a circle of prototypes, without the call of ours in its stack. */
function throwCircle(target: object): void {
  try {
    refuseCircle(target, target)
  } catch (error) {
    throw withoutOwnFrames(error, 'at setPrototypeOf (')
  }
}

function patchProperty(
  owner: object,
  key: PropertyKey,
  slot: 'value' | 'get',
  replace: (native: Native) => Native,
): Undo {
  const descriptor = getOwnPropertyDescriptor(owner, key)
  const native: unknown = descriptor?.[slot]
  if (!descriptor?.configurable || typeof native !== 'function') return () => {}
  const replacement = replace(native as Native)
  defineProperty(owner, key, bare({ ...descriptor, [slot]: replacement }))
  return () => {
    const current = getOwnPropertyDescriptor(owner, key)
    // Somebody wrapped it after us: taking ours out from under their feet would break them. It only passes calls on by then.
    if (current?.configurable && current[slot] === replacement)
      defineProperty(owner, key, bare({ ...current, [slot]: native }))
  }
}

/** The native function that a replacement of ours stands for; undefined for any other value. */
export const nativeBehind = (value: unknown): unknown => nativeOf.get(value)

/** Makes Function.prototype.toString print our Proxies as the native functions they stand for. */
export function patchToString(): Undo {
  return patchMethod(Function.prototype, 'toString', (native, self, args) =>
    apply(native, isObject(self) ? (nativeOf.get(self) ?? self) : self, args),
  )
}

/**
 * Pages compare functions across frames with a fresh frame's Function.prototype.toString. So a frame takes over the list of
 * the one around it, where it may reach that one at all.
 */
export function takeOverNatives(natives: NativeMap): void {
  if (natives === nativeOf) return
  for (let i = 0; i < proxies.length; i++) {
    const proxy = proxies[i] as Native
    natives.set(proxy, nativeOf.get(proxy) as Native)
  }
  nativeOf = natives
}

/** What `nativeBehind` knows, for other frames. */
export const sharedNatives = (): NativeMap => nativeOf
