/** Runs in the page. One way a body is read: `tee` and `clone` split a branch in two. Bytes are recorded once, when the first branch gives them to the page. */
import type { EndHow, Reason } from '../protocol.ts'
import { byteLength, bytesOf } from './bytes.ts'
import { watchDemand, type Demand } from './demand.ts'
import { bare, getter, isObject, now } from './natives.ts'
import type { Need } from './patch.ts'
import { describeReason } from './reason.ts'
import type { ConnectionLog } from './recorder.ts'
import { callStack, stackText, type TakenStack } from './stack.ts'

/** A connection whose body is watched. */
export interface Body {
  readonly log: ConnectionLog
  readonly signal: AbortSignal | null
  readonly demand: Demand
  /** How far the foremost branch has read. */
  seenBytes: number
  /** Branches that neither ended nor were cancelled. */
  open: number
}

export interface Branch {
  readonly body: Body
  /** How far this branch has read. */
  readBytes: number
  over: boolean
}

const signalAborted = getter<boolean>(AbortSignal, 'aborted')
const signalReason = getter<unknown>(AbortSignal, 'reason')

/** The reason of an aborted signal, described; null while it is not aborted. */
export function abortedWith(signal: unknown): Reason | null {
  try {
    return isObject(signal) && signalAborted(signal) ? describeReason(signalReason(signal)) : null
  } catch {
    // Not a signal: the browser refused the request for it already.
    return null
  }
}

/** There is a body to follow. */
export const bodies: Need = { on: false }

/** `isTaken` says whether the body is in use by something that cannot be seen. */
export function createBody(log: ConnectionLog, signal: AbortSignal | null, isTaken: () => boolean): Branch {
  bodies.on = true
  const body: Body = bare({ log, signal, demand: watchDemand(log, isTaken), seenBytes: 0, open: 1 })
  return bare({ body, readBytes: 0, over: false })
}

/** A second way to read what `branch` has not read yet. */
export function fork(branch: Branch): Branch {
  branch.body.open++
  return bare({ body: branch.body, readBytes: branch.readBytes, over: false })
}

/** The page got `bytes` from this branch. */
export function got(branch: Branch, view: unknown): void {
  const { body } = branch
  const bytes = bytesOf(view)
  if (!bytes) return
  const start = branch.readBytes
  branch.readBytes = start + byteLength(bytes)
  if (branch.readBytes <= body.seenBytes) return
  const from = body.seenBytes - start
  body.seenBytes = branch.readBytes
  body.log.chunk(bytes, from > 0 ? from : 0)
}

/** The branch came to its end: the server closed, or reading failed with `error`. */
export function ended(branch: Branch, how: 'done' | 'error', error: unknown): void {
  if (close(branch)) return
  write(branch.body, how, how === 'error' ? describeReason(error) : null, '', '')
}

/** The page's call behind a cancel that reaches a body through streams of others. */
export interface Trace {
  by: string
  stack: TakenStack | null
}

/** The page let go of the branch by `by`. The connection ends with its last branch. */
export function cancelled(branch: Branch, by: string, reason: unknown, trace: Trace | null = null): void {
  const { log, signal } = branch.body
  const isOver = close(branch)
  if (log.ended) {
    // What a pipe does then is only an effect.
    if (!trace) log.also(bare({ atMs: now(), how: 'cancel', reason: describeReason(reason), by, stack: callStack() }))
    return
  }
  if (isOver) return
  if (branch.body.open > 0) return log.note('held-open', by)
  // A pipe is told of the signal before its listeners are: the abort came first.
  if (signal && abortedWith(signal)) return aborted(log, signal)
  const stack = trace?.stack ? stackText(trace.stack) : callStack()
  write(branch.body, 'cancel', describeReason(reason), trace?.stack ? `${trace.by} → ${by}` : by, stack)
}

/** The request's own signal was aborted. */
export function aborted(log: ConnectionLog, signal: AbortSignal): void {
  const reason = abortedWith(signal)
  const stack = callStack()
  const by = stack === '' ? '' : 'AbortController.abort'
  if (log.ended) log.also(bare({ atMs: now(), how: 'abort', reason, by, stack }))
  else log.end(bare({ atMs: now(), how: 'abort', reason, by, stack, signal: reason, readyState: -1 }))
}

function close(branch: Branch): boolean {
  const was = branch.over
  branch.over = true
  if (!was) branch.body.open--
  return was || branch.body.log.ended
}

function write({ log, signal }: Body, how: EndHow, reason: Reason | null, by: string, stack: string): void {
  log.end(bare({ atMs: now(), how, reason, by, stack, signal: abortedWith(signal), readyState: -1 }))
}
