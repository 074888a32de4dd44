/** Runs in the page. Watches what readers of a branch get, and how they end. */
import { ended, got, type Branch } from './branch.ts'
import { answered, asked } from './demand.ts'
import { bare, getPrototypeOf, getter, noop, privateMap, then } from './natives.ts'
import { cleanRefusal, observe } from './observe.ts'
import { quietly } from './patch.ts'
import { withoutOwnFrames } from './stack.ts'

/** A reader or iterator of the page, or our own. */
export interface Reading {
  readonly branch: Branch
  /** Its lock was given back: what it says from then on is not about the stream. */
  released: boolean
  readonly onRead: (result: unknown) => void
  /** A read was refused; as `onError`, which is for the stream as a whole. */
  readonly onRefused: (error: unknown) => void
  readonly onError: (error: unknown) => void
}

const closedOf = getter<Promise<undefined>>(ReadableStreamDefaultReader, 'closed')
const byobProto = ReadableStreamBYOBReader.prototype
const byobClosedOf = getter<Promise<undefined>>(ReadableStreamBYOBReader, 'closed')

/** Every reader and iterator that holds a lock; those of streams that are not watched have no reading. */
const readings = privateMap<object, Reading | null>()

export const readingOf = (holder: unknown): Reading | null | undefined => readings.get(holder)
export function startReading(holder: object, reading: Reading | null): void {
  readings.set(holder, reading)
}
export function stopReading(reader: object): void {
  readings.delete(reader)
  // Its `closed` is rejected by now, with our frame in the error's stack; the standard marks it as handled.
  then((getPrototypeOf(reader) === byobProto ? byobClosedOf : closedOf)(reader), noop, withoutOwnFrames)
}

export function createReading(branch: Branch): Reading {
  const reading: Reading = bare({
    branch,
    released: false,
    // As `quietly` does, without a function made for each read.
    onRead(result) {
      try {
        const { done, value } = result as ReadableStreamReadResult<Uint8Array>
        if (done) ended(branch, 'done', undefined)
        else got(branch, value)
        answered(branch.body.demand)
      } catch {
        // A record is lost; the page's read is not.
      }
    },
    onRefused(error) {
      answered(branch.body.demand)
      reading.onError(error)
    },
    onError: (error) =>
      quietly(() => {
        if (!reading.released) ended(branch, 'error', error)
      }),
  })
  return reading
}

/** `closed` tells the end even when nobody reads; the standard marks it as handled, so a reaction changes nothing. */
export function watchReader(reader: object, branch: Branch, byob: boolean): Reading {
  const reading = createReading(branch)
  readings.set(reader, reading)
  then((byob ? byobClosedOf : closedOf)(reader), () => quietly(() => ended(branch, 'done', undefined)), reading.onError)
  return reading
}

/** Watches the promise of one `read()` or `next()` of `holder`. */
export function watchRead(holder: unknown, promise: unknown): void {
  const reading = readings.get(holder)
  // A lock that is held on a stream of no interest: nothing to see, and nothing that could be refused at once.
  if (reading === null) return
  if (!reading) return void cleanRefusal(promise)
  try {
    asked(reading.branch.body.demand)
    observe(promise as Promise<unknown>, reading.onRead, reading.onRefused)
  } catch {
    // A record is lost; the page's read is not.
  }
}
