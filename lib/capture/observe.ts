/**
 * Runs in the page. Looks at how a promise settles, and gives the page the very same promise, not a tick later.
 *
 * A reaction of ours marks the promise as handled, so the browser would no longer report it where the page forgot to
 * catch. We therefore notice whether the page reacts to it too (`then` and `await` both look up `constructor`), and if
 * nobody did when it rejects, let a stand-in promise be reported in its name.
 */
import {
  addListener,
  bare,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  noop,
  privateMap,
  rejected,
  removeListener,
  nativeThen,
  then,
} from './natives.ts'
import { withoutOwnFrames } from './stack.ts'
import type { Undo } from './patch.ts'

type AnyPromise = Promise<unknown>

/** Rejected promise that nobody reacted to → the stand-in that is reported for it, and back. */
const standIns = privateMap<AnyPromise, AnyPromise>()
const originals = privateMap<AnyPromise, AnyPromise>()
let anyStandIn = false

/** Promises that somebody reacted to and that kept our property, because the page had frozen them. */
const reactedFrozen = privateMap<AnyPromise, true>()

let attaching = false

/** Shared by all watched promises; gone from each at the first look-up, so that nothing of it remains. */
const probe: PropertyDescriptor = bare({
  configurable: true,
  enumerable: false,
  get(this: AnyPromise): unknown {
    // Undefined makes our own `then` use the default constructor, without asking Promise[Symbol.species].
    if (attaching) return undefined
    const gone = deleteProperty(this, 'constructor')
    if (!gone) reactedFrozen.set(this, true)
    const standIn = anyStandIn ? standIns.get(this) : undefined
    if (standIn) {
      standIns.delete(this)
      then(standIn, noop, noop)
    }
    return gone ? this.constructor : (getPrototypeOf(this) as AnyPromise).constructor
  },
  set(this: AnyPromise, value: unknown): void {
    defineProperty(this, 'constructor', bare({ value, configurable: true, enumerable: true, writable: true }))
  },
})

/** Calls one of the two when `promise` settles, before any reaction of the page. Neither may throw. */
export function observe(
  promise: AnyPromise,
  onValue: (value: unknown) => void,
  onError: (reason: unknown) => void,
): void {
  if (!defineProperty(promise, 'constructor', probe)) return
  attaching = true
  try {
    nativeThen(promise, onValue, (reason) => {
      withoutOwnFrames(reason)
      if (!isReactedTo(promise)) report(promise, reason)
      onError(reason)
    })
  } catch (error) {
    deleteProperty(promise, 'constructor')
    throw error
  } finally {
    attaching = false
  }
}

const isReactedTo = (promise: AnyPromise): boolean =>
  getOwnPropertyDescriptor(promise, 'constructor')?.get !== probe.get || reactedFrozen.has(promise)

function report(promise: AnyPromise, reason: unknown): void {
  const standIn = rejected(reason)
  anyStandIn = true
  standIns.set(promise, standIn)
  originals.set(standIn, promise)
}

/** Makes the events about a stand-in name the promise it stands for. First listener of the window, so nobody sees it before. */
export function nameOriginals(): Undo {
  const name = (event: Event): void => {
    const original = originals.get((event as PromiseRejectionEvent).promise)
    if (original) defineProperty(event, 'promise', bare({ value: original, configurable: true, enumerable: true }))
  }
  addListener(window, 'unhandledrejection', name, true)
  addListener(window, 'rejectionhandled', name, true)
  return () => {
    removeListener(window, 'unhandledrejection', name, true)
    removeListener(window, 'rejectionhandled', name, true)
  }
}

/** Takes our frames out of the error of a call that may be refused at once. */
export function cleanRefusal<T>(promise: T): T {
  try {
    observe(promise as Promise<unknown>, noop, noop)
  } catch {
    // Not a promise: the call was answered otherwise.
  }
  return promise
}
