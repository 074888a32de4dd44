/** Runs in the page. Describes a reason or error of any type, without calling anything of the page. */
import type { Reason } from '../protocol.ts'
import { attempt, dataOf } from './request.ts'
import {
  bare,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  getter,
  isObject,
  ownKeys,
  slice,
  stringify,
  toText,
} from './natives.ts'

/** Characters kept of a reason's text. */
const REASON_LIMIT = 2_000
/** How far up a chain of prototypes is looked. */
const DEPTH = 8

const domName = getter<string>(DOMException, 'name')
const domMessage = getter<string>(DOMException, 'message')
const ErrorPrototype = Error.prototype
const FunctionPrototype = Function.prototype
const ObjectPrototype = Object.prototype
const { isArray } = Array

export function describeReason(value: unknown): Reason {
  if (!isObject(value)) return reason(value === null ? 'null' : typeof value, '', toText(value))
  try {
    const name = attempt(domName, value)
    if (name !== undefined) return reason('DOMException', name, domMessage(value))
    if (isMadeBy(value, ErrorPrototype)) return reason('Error', errorName(value), textOf(value, 'message'))
    if (isMadeBy(value, FunctionPrototype)) return reason('function', textOf(value, 'name'), '')
    const isPlain = isArray(value) || getPrototypeOf(value) === ObjectPrototype || getPrototypeOf(value) === null
    // An error of another frame has a message, too, but is no Error here.
    const message = isPlain ? '' : textOf(value, 'message')
    return reason('object', isPlain ? '' : className(value), message === '' ? objectText(value) : message)
  } catch {
    // A proxy that throws: that it is an object is all there is to say.
    return reason('object', '', '')
  }
}

function isMadeBy(value: object, prototype: object): boolean {
  for (
    let holder: unknown = value, depth = 0;
    isObject(holder) && depth < DEPTH;
    holder = getPrototypeOf(holder), depth++
  )
    if (holder === prototype) return true
  return false
}

function textOf(value: object, key: string): string {
  const found = dataOf(value, key)
  return typeof found === 'string' ? found : ''
}

function className(value: object): string {
  const made = dataOf(value, 'constructor')
  return typeof made === 'function' ? textOf(made, 'name') : ''
}

/** Classes made of Error rarely set a name: their own says more. */
function errorName(value: object): string {
  const name = textOf(value, 'name')
  return name === 'Error' ? className(value) || name : name
}

/** Own enumerable properties in the manner of a console, one level deep. What a getter would give is not asked for. */
function objectText(value: object): string {
  const array = isArray(value)
  const keys = ownKeys(value)
  let text = ''
  for (let i = 0; i < keys.length && text.length < REASON_LIMIT; i++) {
    const key = keys[i]
    const own = getOwnPropertyDescriptor(value, key ?? '')
    if (typeof key !== 'string' || !own?.enumerable) continue
    text += `${text === '' ? '' : ', '}${array ? '' : `${key}: `}${shortText('value' in own, own.value)}`
  }
  return array ? `[${text}]` : text === '' ? '{}' : `{ ${text} }`
}

function shortText(isData: boolean, value: unknown): string {
  if (!isData) return '(…)'
  if (typeof value === 'string') return stringify(value) ?? ''
  if (typeof value === 'function') return 'ƒ'
  return isObject(value) ? (isArray(value) ? '[…]' : '{…}') : toText(value)
}

const reason = (type: string, name: string, text: string): Reason =>
  bare({ type, name, text: slice(text, 0, REASON_LIMIT) })
