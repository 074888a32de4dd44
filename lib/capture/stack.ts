/** Runs in the page. Call stacks as the page would see them without us. */
import {
  bare,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  indexOf,
  isObject,
  join,
  lastIndexOf,
  slice,
  split,
} from './natives.ts'

/** Where our own frames come from, as stacks spell it: the script's URL in Chromium, a fixed word in Firefox. */
let own = ''
const NativeError = Error

function ownSource(): string {
  if (own !== '') return own
  // Only when first needed: formatting a stack makes the engine parse this script once more.
  const stack: unknown = new NativeError('probe').stack
  const frames = split(typeof stack === 'string' ? stack : '', '\n')
  own = sourceIn((frames[0] === 'Error: probe' ? frames[1] : frames[0]) ?? '')
  return own
}

/** What stands before the line and column of a frame: `at name (source:1:2)`, `at source:1:2`, `name@source:1:2`. */
function sourceIn(frame: string): string {
  const end = lastIndexOf(frame, ':', lastIndexOf(frame, ':') - 1)
  // Firefox: `name@<anonymous code>:1:2`.
  const from = indexOf(frame, '@') < 0 ? lastIndexOf(frame, ' ') : lastIndexOf(frame, '@')
  const source = slice(frame, from + 1, end < 0 ? 0 : end)
  return indexOf(source, '(') === 0 ? slice(source, 1) : source
}

const FunctionPrototype = Function.prototype
const ObjectPrototype = Object.prototype
const FORMATTER = 'prepareStackTrace'

/** A page that formats stacks itself, by a function of its own or an inherited one, would notice that somebody reads one. */
function pageFormatsStacks(): boolean {
  const set = getOwnPropertyDescriptor(NativeError, FORMATTER)
  if (set) return set.get !== undefined || set.value !== undefined
  return (
    getPrototypeOf(NativeError) !== FunctionPrototype ||
    getPrototypeOf(FunctionPrototype) !== ObjectPrototype ||
    !!getOwnPropertyDescriptor(FunctionPrototype, FORMATTER) ||
    !!getOwnPropertyDescriptor(ObjectPrototype, FORMATTER)
  )
}

/** At most this many of our functions lie between the page's call and the browser's. */
const OWN_FRAMES = 3

let room = 0

/** Lets stacks be longer by our frames until `closeRoom`, so that none of the page's is cut off. Gives what to close it with. */
export function openRoom(): number {
  if (room > 0) return 0
  const limit: unknown = NativeError.stackTraceLimit
  if (typeof limit !== 'number' || !(limit > 0) || !setLimit(limit + OWN_FRAMES)) return 0
  room = OWN_FRAMES
  return limit
}

export function closeRoom(limit: number): void {
  if (limit === 0) return
  room = 0
  setLimit(limit)
}

/** Plain assignment: at each call of the page, Reflect.set would cost more than all else that is done there. */
function setLimit(limit: number): boolean {
  try {
    NativeError.stackTraceLimit = limit
    return true
  } catch {
    // The page has frozen Error: stacks stay as short as they come.
    return false
  }
}

/** Takes our frames out of an error's stack, and those with `also` in them; gives the same error back, whatever it is. */
export function withoutOwnFrames<T>(error: T, also?: string): T {
  try {
    if (!isObject(error) || pageFormatsStacks()) return error
    // Firefox inherits `stack` and would give the error one of its own: there our frames stay.
    if (!getOwnPropertyDescriptor(error, 'stack')) return error
    const stack: unknown = (error as { stack?: unknown }).stack
    if (typeof stack !== 'string' || !has(stack, ownSource())) return error
    ;(error as { stack?: string }).stack = dropOwn(stack, also)
  } catch {
    // Not an error with a stack that can be set (frozen, a proxy, a string): it stays as it is.
  }
  return error
}

/** The page's call stack at this moment, innermost first, without the "Error" line. Empty if it cannot be had unseen. */
export function callStack(): string {
  return stackText(takeStack())
}

/** The same, to be formatted when it is asked for: taking a stack costs little, formatting it a hundred times as much. */
export type TakenStack = Error
export const takeStack = (): TakenStack => new NativeError()

export function stackText(error: TakenStack): string {
  if (pageFormatsStacks()) return ''
  const stack: unknown = error.stack
  if (typeof stack !== 'string') return ''
  const text = dropOwn(stack, '', true)
  return indexOf(text, 'Error\n') === 0 ? slice(text, 6) : text === 'Error' ? '' : text
}

const has = (text: string, part: string): boolean => part !== '' && indexOf(text, part) >= 0

/** `sync` leaves out what led to a callback of ours (`EventListener.handleEvent*…` in Firefox): it is no call of this moment. */
function dropOwn(stack: string, also = '', sync = false): string {
  const lines = split(stack, '\n')
  const limit = (NativeError.stackTraceLimit ?? Infinity) - room
  let frames = 0
  const kept: string[] = bare([])
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (has(line, ownSource())) {
      if (sync && has(split(line, '@')[0] ?? '', '*')) break
      continue
    }
    if (has(line, also)) continue
    // Room that our frames did not use.
    if (indexOf(line, '    at ') === 0 && ++frames > limit) continue
    kept[kept.length] = line
  }
  return join(kept, '\n')
}
