/** Runs in the page. Call stacks as the page would see them without us. */
import { bare, exec, getOwnPropertyDescriptor, indexOf, isObject, join, setProperty, slice, split } from './natives.ts'

/** Where our own frames come from, as stacks spell it: the script's URL in Chromium, a fixed word in Firefox. */
let own = ''
const NativeError = Error

function ownSource(): string {
  if (own !== '') return own
  // Only when first needed: formatting a stack makes the engine parse this script once more.
  const stack: unknown = new NativeError('probe').stack
  const frames = split(typeof stack === 'string' ? stack : '', '\n')
  const first = frames[0] === 'Error: probe' ? frames[1] : frames[0]
  own = exec(/[(@ ]([^(@ ]+(?: code>)?):\d+:\d+\)?$/, first ?? '')?.[1] ?? ''
  return own
}

/** A page that formats stacks itself would notice that somebody reads one. */
const pageFormatsStacks = (): boolean => getOwnPropertyDescriptor(NativeError, 'prepareStackTrace')?.value !== undefined

/** At most this many of our functions lie between the page's call and the browser's. */
const OWN_FRAMES = 3

let room = 0

/** Lets stacks be longer by our frames until `closeRoom`, so that none of the page's is cut off. Gives what to close it with. */
export function openRoom(): number {
  const limit: unknown = NativeError.stackTraceLimit
  // A page may have frozen Error: then stacks stay as short as they come.
  if (typeof limit !== 'number' || !(limit > 0) || room > 0) return 0
  if (!setProperty(NativeError, 'stackTraceLimit', limit + OWN_FRAMES)) return 0
  room = OWN_FRAMES
  return limit
}

export function closeRoom(limit: number): void {
  if (limit === 0) return
  room = 0
  setProperty(NativeError, 'stackTraceLimit', limit)
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
  const error = new NativeError()
  return describe(error)
}

/** As `callStack`, but formatted only when asked for: taking a stack is cheap, formatting it is not. */
export function lazyCallStack(): () => string {
  const error = new NativeError()
  return () => describe(error)
}

function describe(error: Error): string {
  if (pageFormatsStacks()) return ''
  const stack: unknown = error.stack
  if (typeof stack !== 'string') return ''
  const text = dropOwn(stack, '', true)
  return exec(/^Error\n/, text) ? slice(text, 6) : text === 'Error' ? '' : text
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
      if (sync && exec(/^[^@]*\*/, line)) break
      continue
    }
    if (has(line, also)) continue
    // Room that our frames did not use.
    if (exec(/^ +at /, line) && ++frames > limit) continue
    kept[kept.length] = line
  }
  return join(kept, '\n')
}
