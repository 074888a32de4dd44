/** Runs in the page. Sees what the page reads from a watched ReadableStream, which stays the browser's own. */
import { bodies, cancelled, fork, type Branch, type Trace } from './branch.ts'
import { apply, bare, getOwnPropertyDescriptor, getPrototypeOf, isObject, noop, privateMap } from './natives.ts'
import { cleanRefusal } from './observe.ts'
import {
  constructNative,
  patchAlias,
  patchConstructor,
  patchGetter,
  patchMethod,
  quietly,
  type Need,
  type Trap,
  type Undo,
} from './patch.ts'
import { attempt } from './request.ts'
import { createReading, readingOf, startReading, stopReading, watchRead, watchReader } from './reading.ts'
import { takeStack } from './stack.ts'
import { heal, isLocked, standInFor } from './stand-in.ts'

const streamProto = ReadableStream.prototype
const readerProto = ReadableStreamDefaultReader.prototype
const byobProto = ReadableStreamBYOBReader.prototype

const branches = privateMap<object, Branch>()
const keepsOpen = privateMap<object, true>()
/** What `pipeThrough` made of a watched stream, and its readers and iterators: a cancel there ends the connection a moment later. */
const traces = privateMap<object, Trace>()

/** The branch that a stream belongs to; undefined when it is not watched. */
export const branchOf = (stream: unknown): Branch | undefined => branches.get(stream)
export function watchStream(stream: object, branch: Branch): void {
  branches.set(stream, branch)
}

/** The branch of a stream that somebody is about to use; what we held of it and no longer need is given back first. */
function branchToUse(stream: unknown): Branch | undefined {
  const branch = branches.get(stream)
  if (branch) quietly(() => heal(stream as object))
  return branch
}

function note(branch: Branch, by: string): void {
  branch.body.log.note('read-by', by)
}

/** Runs a browser algorithm on a stand-in instead of `self`; if it refuses to start, all is as it was. */
function pipe(native: Parameters<Trap>[0], self: unknown, args: unknown[], by: string): unknown {
  const branch = branchToUse(self)
  if (!branch || isLocked(self)) return passTrace(self, apply(native, self, args))
  quietly(() => note(branch, by))
  const trace: Trace = bare({ by: '', stack: null })
  const standIn = standInFor(self as ReadableStream, branch, by, trace)
  traces.set(standIn, trace)
  try {
    return passTrace(standIn, apply(native, standIn, args))
  } finally {
    heal(self as object)
  }
}

/** What comes out of a traced stream is traced, too. */
function passTrace<T>(from: unknown, to: T): T {
  const trace = traces.get(from)
  if (trace && isObject(to)) traces.set(to, trace)
  return to
}

const cancelTrap =
  (by: string, branchFor: (self: unknown) => Branch | null | undefined): Trap =>
  (native, self, args) => {
    const trace = traces.get(self)
    // A stream that is locked refuses to be cancelled.
    if (trace && !trace.stack && !keepsOpen.has(self) && attempt(isLocked, self) !== true)
      quietly(() => {
        trace.by = by
        trace.stack = takeStack()
      })
    const branch = branchFor(self)
    const result = cleanRefusal(apply(native, self, args))
    if (branch) quietly(() => cancelled(branch, by, args[0]))
    return result
  }

/** `preventCancel` of the iterator's options, where it is a plain property. */
function preventsCancel(options: unknown): boolean {
  try {
    return isObject(options) && !!getOwnPropertyDescriptor(options, 'preventCancel')?.value
  } catch {
    return false
  }
}

const ofReader = (self: unknown): Branch | undefined => readingOf(self)?.branch
const ofIterator = (self: unknown): Branch | undefined => (keepsOpen.has(self) ? undefined : readingOf(self)?.branch)
const ofStream = (self: unknown): Branch | undefined => {
  const branch = branchToUse(self)
  return branch && !isLocked(self) ? branch : undefined
}

const getReaderTrap: Trap = (native, self, args) => {
  const branch = branchToUse(self)
  const reader = passTrace(self, apply(native, self, args) as object)
  quietly(() => {
    if (!branch) return startReading(reader, null)
    const byob = getPrototypeOf(reader) === byobProto
    watchReader(reader, branch, byob)
    note(branch, byob ? "getReader({ mode: 'byob' })" : 'getReader()')
  })
  return reader
}

const patchReader = (name: string, byob: boolean): Undo =>
  patchConstructor(
    name,
    (native, args, newTarget) => {
      const branch = branchToUse(args[0])
      const reader = passTrace(args[0], constructNative(native, args, newTarget))
      quietly(() => {
        if (branch) watchReader(reader, branch, byob)
        else startReading(reader, null)
      })
      return reader
    },
    bodies,
  )

const readTrap: Trap = (native, self, args) => {
  const result = apply(native, self, args)
  watchRead(self, result)
  return result
}

const releaseTrap: Trap = (native, self, args) => {
  const reading = readingOf(self)
  // Before the native call, which rejects the pending reads.
  if (reading) reading.released = true
  const result = apply(native, self, args)
  quietly(() => {
    traces.delete(self as object)
    stopReading(self as object)
  })
  return result
}

/** Iterators' prototype has no name: a page has it from its first iterator on, and so have we. Making one beforehand takes long. */
let undoIterator: Undo | null = null
function patchIterator(iterator: object): void {
  if (undoIterator) return
  const proto = getPrototypeOf(iterator) as object
  const undoNext = patchMethod(proto, 'next', readTrap, bodies)
  const undoReturn = patchMethod(proto, 'return', cancelTrap('leaving for await', ofIterator), bodies)
  undoIterator = () => {
    undoNext()
    undoReturn()
  }
}

/** The page may keep `next` of its first iterator, be its stream watched or not, and use it later. */
const iteration: Need = {
  get on() {
    return !undoIterator || bodies.on
  },
}

const valuesTrap: Trap = (native, self, args) => {
  const branch = branchToUse(self)
  const iterator = passTrace(self, apply(native, self, args) as object)
  quietly(() => patchIterator(iterator))
  quietly(() => {
    startReading(iterator, branch ? createReading(branch) : null)
    if ((branch || traces.has(iterator)) && preventsCancel(args[0])) keepsOpen.set(iterator, true)
    if (branch) note(branch, 'async iteration')
  })
  return iterator
}

const teeTrap: Trap = (native, self, args) => {
  const branch = branchToUse(self)
  const pair = apply(native, self, args) as [object, object]
  if (branch)
    quietly(() => {
      branches.set(pair[0], branch)
      branches.set(pair[1], fork(branch))
      branches.delete(self as object)
      note(branch, 'tee()')
    })
  return pair
}

const lockedTrap: Trap = (native, self, args) => {
  branchToUse(self)
  return apply(native, self, args)
}

export function patchStreams(): Undo[] {
  return [
    patchMethod(streamProto, 'getReader', getReaderTrap, bodies),
    patchMethod(streamProto, 'cancel', cancelTrap('body.cancel', ofStream), bodies),
    patchMethod(streamProto, 'tee', teeTrap, bodies),
    patchMethod(
      streamProto,
      'pipeTo',
      (native, self, args) => cleanRefusal(pipe(native, self, args, 'pipeTo()')),
      bodies,
    ),
    patchMethod(streamProto, 'pipeThrough', (native, self, args) => pipe(native, self, args, 'pipeThrough()'), bodies),
    patchGetter(streamProto, 'locked', lockedTrap, bodies),
    patchMethod(streamProto, 'values', valuesTrap, iteration),
    patchAlias(streamProto, Symbol.asyncIterator, 'values'),
    patchMethod(readerProto, 'read', readTrap, bodies),
    patchMethod(readerProto, 'cancel', cancelTrap('reader.cancel', ofReader), bodies),
    patchMethod(readerProto, 'releaseLock', releaseTrap, bodies),
    patchMethod(byobProto, 'read', readTrap, bodies),
    patchMethod(byobProto, 'cancel', cancelTrap('reader.cancel', ofReader), bodies),
    patchMethod(byobProto, 'releaseLock', releaseTrap, bodies),
    () => {
      undoIterator?.()
      // A `values` that the page kept must not patch it again.
      undoIterator = noop
    },
    patchReader('ReadableStreamDefaultReader', false),
    patchReader('ReadableStreamBYOBReader', true),
  ]
}
