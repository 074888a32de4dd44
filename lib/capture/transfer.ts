/** Runs in the page. A watched body that is transferred (to a worker, a frame, a clone of itself) is read by the browser: a stand-in goes instead. */
import { apply, bare, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, isObject, ownKeys } from './natives.ts'
import { bodies } from './branch.ts'
import { patchMethod, type Trap, type Undo } from './patch.ts'
import { heal, isLocked, standInFor } from './stand-in.ts'
import { branchOf } from './streams.ts'

const { isArray } = Array
const ObjectPrototype = Object.prototype
/** How deep in a message a stream is looked for. */
const DEPTH = 3

const dataOf = (object: object, key: PropertyKey): unknown => getOwnPropertyDescriptor(object, key)?.value

/** What is to be transferred: an array, or `options.transfer`. Looked at as descriptors, which calls no code of the page's. */
function listIn(argument: unknown): unknown[] {
  const list: unknown[] = bare([])
  try {
    const given = isObject(argument) && !isArray(argument) ? dataOf(argument, 'transfer') : argument
    if (!isArray(given)) return list
    const length = dataOf(given, 'length') as number
    for (let i = 0; i < length; i++) list[i] = dataOf(given, i)
  } catch {
    // A proxy that refuses: the browser asks it next.
  }
  return list
}

function copyWith(value: unknown, from: object, to: object, depth: number): unknown {
  if (value === from) return to
  if (!isObject(value) || depth === 0) return value
  const array = isArray(value)
  if (!array && getPrototypeOf(value) !== ObjectPrototype) return value
  const copy: object = array ? [] : {}
  let changed = false
  const keys = ownKeys(value)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? ''
    const descriptor = getOwnPropertyDescriptor(value, key)
    // A getter would be called by the browser as well: such a message is left alone.
    if (!descriptor || !('value' in descriptor)) return value
    const replaced = copyWith(descriptor.value, from, to, depth - 1)
    if (replaced !== descriptor.value) changed = true
    defineProperty(copy, key, bare({ ...descriptor, value: replaced }))
  }
  return changed ? copy : value
}

const transferring =
  (listAt: number): Trap =>
  (native, self, args) => {
    const list = listIn(args[listAt])
    for (let i = 0; i < list.length; i++) {
      const stream = list[i]
      const branch = branchOf(stream)
      if (!branch || isLocked(stream)) continue
      branch.body.log.note('read-by', 'transfer')
      const standIn = standInFor(stream as ReadableStream, branch, 'transfer')
      const changed: unknown[] = bare([])
      for (let a = 0; a < args.length; a++) changed[a] = copyWith(args[a], stream as object, standIn, DEPTH)
      try {
        return apply(native, self, changed)
      } finally {
        heal(stream as object)
      }
    }
    return apply(native, self, args)
  }

export function patchTransfer(): Undo[] {
  return [
    patchMethod(Worker.prototype, 'postMessage', transferring(1), bodies),
    patchMethod(MessagePort.prototype, 'postMessage', transferring(1), bodies),
    patchMethod(window, 'structuredClone', transferring(1), bodies),
  ]
}
