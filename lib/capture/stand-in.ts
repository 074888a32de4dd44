/**
 * Runs in the page. Where an algorithm of the browser reads a watched stream (a pipe, a transfer), a stream of ours stands in
 * between: the original is locked natively too, and nothing is read that was not asked for.
 */
import { cancelled, type Branch, type Trace } from './branch.ts'
import { asked } from './demand.ts'
import { bare, construct, getter, NativeReadableStream, privateMap, then, uncurry } from './natives.ts'
import { watchReader } from './reading.ts'

export const isLocked = getter<boolean>(ReadableStream, 'locked')
export const getReader = uncurry(ReadableStream.prototype.getReader as () => ReadableStreamDefaultReader<Uint8Array>)
const readerProto = ReadableStreamDefaultReader.prototype
const closedOf = getter<Promise<undefined>>(ReadableStreamDefaultReader, 'closed')
export const read = uncurry(readerProto.read as () => Promise<ReadableStreamReadResult<Uint8Array>>)
const cancelReader = uncurry(readerProto.cancel)
const releaseReader = uncurry(readerProto.releaseLock)
const controllerProto = ReadableStreamDefaultController.prototype
const enqueue = uncurry(controllerProto.enqueue as (this: ReadableStreamDefaultController, chunk: unknown) => void)
const closeController = uncurry(controllerProto.close)
const errorController = uncurry(
  controllerProto.error as (this: ReadableStreamDefaultController, reason: unknown) => void,
)

/** Watched stream → what reads it for the browser. */
const standIns = privateMap<object, { readonly standIn: ReadableStream; readonly release: () => void }>()
const disturbed = privateMap<object, true>()

/** Whether an algorithm of the browser has begun to read the stream, be it that no chunk was asked for yet. */
export const isDisturbed = (stream: object): boolean => disturbed.has(stream)

/** Gives back what a stand-in does not or no longer use (a refused call, a pipe with `preventCancel` that stopped). */
export function heal(stream: object): void {
  const used = standIns.get(stream)
  if (!used) return
  if (isLocked(used.standIn)) return void disturbed.set(stream, true)
  standIns.delete(stream)
  used.release()
}

/**
 * A stream that reads one chunk of `stream` whenever it is asked for one, passes on cancel and follows errors. `by` names the
 * consumer in the records; `trace` knows of a cancel that comes from further down.
 */
export function standInFor(
  stream: ReadableStream,
  branch: Branch,
  by: string,
  trace: Trace | null = null,
): ReadableStream {
  const reader = getReader(stream)
  const reading = watchReader(reader, branch, false)
  let controller: ReadableStreamDefaultController | null = null
  const source: UnderlyingDefaultSource = bare({
    start(given: ReadableStreamDefaultController) {
      controller = given
    },
    pull() {
      asked(branch.body.demand)
      const pulled = then(
        read(reader),
        (result) => {
          reading.onRead(result)
          const { done, value } = result as ReadableStreamReadResult<Uint8Array>
          if (controller && !done) enqueue(controller, value)
        },
        reading.onRefused,
      )
      return pulled as Promise<void>
    },
    cancel(reason: unknown) {
      cancelled(branch, by, reason, trace)
      return cancelReader(reader, reason)
    },
  })
  const standIn = construct(NativeReadableStream, [source, bare({ highWaterMark: 0 })]) as ReadableStream
  then(
    closedOf(reader),
    () => {
      try {
        if (controller) closeController(controller)
      } catch {
        // Cancelled meanwhile: closed already.
      }
    },
    (error) => {
      if (controller && !reading.released) errorController(controller, error)
    },
  )
  const release = (): void => {
    reading.released = true
    releaseReader(reader)
  }
  standIns.set(stream, bare({ standIn, release }))
  return standIn
}
