/** Runs in the page. Describes a reason or error of any type, without calling anything of the page. */
import type { Reason } from '../protocol.ts'
import { attempt } from './request.ts'
import { bare, getOwnPropertyDescriptor, getPrototypeOf, getter, isObject, slice, toText } from './natives.ts'

/** Characters kept of a reason's text. */
const REASON_LIMIT = 2_000

const domName = getter<string>(DOMException.prototype, 'name')
const domMessage = getter<string>(DOMException.prototype, 'message')
const ErrorPrototype = Error.prototype
const FunctionPrototype = Function.prototype

export function describeReason(value: unknown): Reason {
  if (!isObject(value)) return reason(value === null ? 'null' : typeof value, '', toText(value))
  try {
    const name = attempt(domName, value)
    if (name !== undefined) return reason('DOMException', name, domMessage(value))
    const inherited = (key: string): string => {
      for (
        let holder: unknown = value, depth = 0;
        isObject(holder) && depth < 8;
        holder = getPrototypeOf(holder), depth++
      ) {
        const own = getOwnPropertyDescriptor(holder, key)
        if (own) return typeof own.value === 'string' ? own.value : ''
      }
      return ''
    }
    for (
      let holder: unknown = value, depth = 0;
      isObject(holder) && depth < 8;
      holder = getPrototypeOf(holder), depth++
    )
      if (holder === ErrorPrototype) return reason('Error', inherited('name'), inherited('message'))
      else if (holder === FunctionPrototype) return reason('function', inherited('name'), '')
    return reason('object', '', objectText(value, inherited))
  } catch {
    // A proxy that throws: that it is an object is all there is to say.
    return reason('object', '', '')
  }
}

/** Own data properties with plain values, in the manner of a console. */
function objectText(value: object, inherited: (key: string) => string): string {
  const message = inherited('message')
  if (message !== '') return message
  let text = ''
  for (const key in value) {
    const own = getOwnPropertyDescriptor(value, key)?.value as unknown
    if (own === undefined || isObject(own) || typeof own === 'symbol') continue
    text += `${text === '' ? '' : ', '}${key}: ${toText(own)}`
    if (text.length > REASON_LIMIT) break
  }
  return text === '' ? '' : `{ ${text} }`
}

const reason = (type: string, name: string, text: string): Reason =>
  bare({ type, name, text: slice(text, 0, REASON_LIMIT) })
