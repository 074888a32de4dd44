/** Runs in the page. Follows the bodies of watched Responses, which stay the browser's own objects. */
import { bodies, createBody, ended, fork, got, type Body, type Branch } from './branch.ts'
import { asked } from './demand.ts'
import { apply, bare, deref, getter, isObject, NativeWeakRef, privateMap, then, uncurry } from './natives.ts'
import { cleanRefusal } from './observe.ts'
import { constructNative, patchConstructor, patchGetter, patchMethod, quietly, type Trap, type Undo } from './patch.ts'
import { getReader, isDisturbed, isLocked, read } from './stand-in.ts'
import { declaredBy } from './stream-kind.ts'
import { branchOf, watchStream } from './streams.ts'
import type { ConnectionLog } from './recorder.ts'

interface ResponseTap {
  branch: Branch
  /** The body as the page has seen it: it must stay the same object, also when a method below put another in its place. */
  stream: object | null
}

const NativeResponse = Response
const proto = NativeResponse.prototype
export const bodyOf = getter<ReadableStream | null>(NativeResponse, 'body')
const bodyUsed = getter<boolean>(NativeResponse, 'bodyUsed')
const clone = uncurry(proto.clone)
export const headersOf = getter<Headers>(NativeResponse, 'headers')
export const headerOf = uncurry(Headers.prototype.get)

const responses = privateMap<object, ResponseTap>()

/** Watches the body of a response that is a stream, however the page is going to read it. */
export function watchResponse(response: object, log: ConnectionLog, signal: AbortSignal | null): Body {
  const weak = new NativeWeakRef(response)
  const branch = createBody(log, signal, () => {
    const still = deref(weak)
    return still !== undefined && bodyUsed(still)
  })
  responses.set(response, bare({ branch, stream: null }))
  return branch.body
}

/** Reads a native clone beside `text()` and its like: the page can neither cancel these nor hold them back. */
function readBeside(response: Response, branch: Branch): void {
  const reader = getReader(bodyOf(clone(response)) as ReadableStream)
  // The browser asks on and on.
  asked(branch.body.demand)
  const pump = (): void => {
    then(
      read(reader),
      (result) => {
        const { done, value } = result as ReadableStreamReadResult<Uint8Array>
        if (done) return quietly(() => ended(branch, 'done', undefined))
        quietly(() => got(branch, value))
        pump()
      },
      (error) => quietly(() => ended(branch, 'error', error)),
    )
  }
  pump()
}

/** `text()`, `json()` … : the browser reads by itself. */
const consume =
  (name: string): Trap =>
  (native, self, args) => {
    const tap = responses.get(self)
    if (tap) quietly(() => follow(self as Response, tap, name))
    return cleanRefusal(apply(native, self, args))
  }

function follow(response: Response, tap: ResponseTap, name: string): void {
  const stream = bodyOf(response)
  // In use already: the browser is about to refuse.
  if (bodyUsed(response) || !stream || isLocked(stream)) return
  if (!tap.branch.over) readBeside(response, tap.branch)
  tap.branch.body.log.note('read-by', `response.${name}()`)
  // The page's own reference to the body, if it has one, is locked by now as it would be natively.
  tap.stream ??= stream
}

/** A streaming answer that the page makes by itself, as mocks do. */
function noteMadeUp(response: object, onMadeUp: (declared: string) => void): void {
  const found = headersOf(response)
  const declared = declaredBy(headerOf, found)
  if (declared !== '' && bodyOf(response)) onMadeUp(declared)
}

/** `onMadeUp` is told why a Response of the page's own making counts as a stream. */
export function patchResponses(onMadeUp: (declared: string) => void): Undo[] {
  return [
    patchGetter(
      proto,
      'body',
      (native, self, args) => {
        const stream = apply(native, self, args) as object | null
        const tap = responses.get(self)
        if (!tap || !stream) return stream
        if (!tap.stream) {
          tap.stream = stream
          watchStream(stream, tap.branch)
        }
        return tap.stream
      },
      bodies,
    ),
    // A pipe disturbs a body at once; our stand-in reads it a moment later.
    patchGetter(
      proto,
      'bodyUsed',
      (native, self, args) => {
        const used = apply(native, self, args)
        const stream = responses.get(self)?.stream
        return used || (!!stream && isDisturbed(stream))
      },
      bodies,
    ),
    patchMethod(
      proto,
      'clone',
      (native, self, args) => {
        const copy = apply(native, self, args) as object
        const tap = responses.get(self)
        if (tap) {
          responses.set(copy, bare({ branch: fork(tap.branch), stream: null }))
          // The standard gives the original a new body, too.
          tap.stream = null
          tap.branch.body.log.note('read-by', 'response.clone()')
        }
        return copy
      },
      bodies,
    ),
    patchConstructor('Response', (native, args, newTarget) => {
      const response = constructNative(native, args, newTarget)
      const stream = args[0]
      const branch = branchOf(stream)
      if (branch) {
        responses.set(response, bare({ branch, stream: stream as object }))
        branch.body.log.note('rebuilt', '')
      } else if (isObject(stream)) quietly(() => noteMadeUp(response, onMadeUp))
      return response
    }),
    patchMethod(proto, 'text', consume('text'), bodies),
    patchMethod(proto, 'json', consume('json'), bodies),
    patchMethod(proto, 'blob', consume('blob'), bodies),
    patchMethod(proto, 'arrayBuffer', consume('arrayBuffer'), bodies),
    patchMethod(proto, 'bytes', consume('bytes'), bodies),
    patchMethod(proto, 'formData', consume('formData'), bodies),
  ]
}
