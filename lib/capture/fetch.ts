/** Runs in the page. The page's fetch is the browser's fetch, called first and with the page's own arguments; we look on. */
import type { HeaderPair } from '../protocol.ts'
import { aborted, abortedWith } from './branch.ts'
import { addListener, apply, bare, getter, isObject, isTrusted, now, removeListener } from './natives.ts'
import { observe } from './observe.ts'
import { constructNative, patchConstructor, patchMethod, quietly, type Need, type Undo } from './patch.ts'
import { describeReason } from './reason.ts'
import type { ConnectionLog, Recorder } from './recorder.ts'
import {
  absolute,
  fetchFacts,
  headerPairs,
  NO_BODY,
  readBlob,
  requestBodies,
  recordedBody,
  type RequestFacts,
} from './request.ts'
import { bodyOf, headerOf, headersOf, watchResponse } from './responses.ts'
import { stackText, takeStack, type TakenStack } from './stack.ts'
import { askedBy, declaredBy } from './stream-kind.ts'

const NativeResponse = Response
const status = getter<number>(NativeResponse, 'status')
const statusText = getter<string>(NativeResponse, 'statusText')
const type = getter<string>(NativeResponse, 'type')
const redirected = getter<boolean>(NativeResponse, 'redirected')
const url = getter<string>(NativeResponse, 'url')

export function patchFetch(recorder: Recorder): Undo[] {
  return [
    patchMethod(window, 'fetch', (native, self, args) => {
      const atMs = now()
      const promise = apply(native, self, args) as Promise<unknown>
      // As `quietly` does, and the stack is taken here: each function of ours in between would lie in it and make it dearer.
      try {
        watch(recorder, promise, args[0], args[1], atMs, takeStack())
      } catch {
        // A record is lost; the page's call is not.
      }
      return promise
    }),
    // A Request gives its body back only as a stream, so what it was made with is remembered.
    patchConstructor('Request', (native, args, newTarget) => {
      const request = constructNative(native, args, newTarget)
      quietly(() => remember(request, args[0], args[1]))
      return request
    }),
    patchMethod(
      Request.prototype,
      'clone',
      (native, self, args) => {
        const copy = apply(native, self, args) as object
        const given = requestBodies.get(self)
        if (given) requestBodies.set(copy, given)
        return copy
      },
      anyBody,
    ),
  ]
}

/** There is a Request whose body is remembered. */
const anyBody: Need = { on: false }

function remember(request: object, input: unknown, init: unknown): void {
  const facts = fetchFacts(input, init)
  if (facts.body === NO_BODY) return
  requestBodies.set(request, bare({ body: facts.body, blob: facts.blob }))
  anyBody.on = true
}

function watch(
  recorder: Recorder,
  promise: Promise<unknown>,
  input: unknown,
  init: unknown,
  atMs: number,
  stack: TakenStack,
): void {
  const facts = fetchFacts(input, init)
  const asked = askedBy(facts.url, facts.headers, typeof facts.body === 'string' ? facts.body : '')
  const early = abortedWith(facts.signal) !== null
  let log = asked === '' ? null : open(recorder, facts, asked, stack, atMs)
  observe(
    promise,
    (response) => {
      try {
        if (!isObject(response)) return
        const found = headersOf(response)
        const declared = declaredBy(headerOf, found)
        if (asked === '' && declared === '') return
        log ??= open(recorder, facts, asked, stack, atMs, url(response))
        head(log, response, found, declared)
        // No body, or one that the page may not see: the head is all there is.
        if (bodyOf(response)) watchResponse(response, log, facts.signal)
        else end(log, 'done', null, facts.signal, early)
      } catch {
        // A record is lost; the page's answer is not.
      }
    },
    (reason) =>
      quietly(() => {
        if (log) end(log, 'error', reason, facts.signal, early)
      }),
  )
}

function open(
  recorder: Recorder,
  facts: RequestFacts,
  asked: string,
  stack: TakenStack,
  atMs: number,
  answeredUrl = '',
): ConnectionLog {
  const { blob } = facts
  const log = recorder.open(
    bare({
      atMs,
      transport: 'fetch',
      method: facts.method,
      url: absolute(facts.url) || answeredUrl,
      headers: facts.headers,
      body: recordedBody(facts.body),
      options: facts.options,
      stack: stackText(stack),
      asked,
    }),
  )
  if (facts.signal) followSignal(log, facts.signal)
  log.signalHidden = facts.signalHidden
  if (blob) readBlob(blob, (read) => log.body(bare({ atMs: now(), body: read })))
  return log
}

/** How many microtasks an abort may come after an ending to be told beside it. */
const LINGER_TICKS = 10
const soon = queueMicrotask.bind(window)

/** The abort itself, while the call that caused it is still on the stack, and also when the page is not reading. */
function followSignal(log: ConnectionLog, signal: AbortSignal): void {
  const onAbort = (event: Event): void =>
    quietly(() => {
      if (isTrusted(event)) aborted(log, signal)
    })
  const letGo = (ticks: number): void =>
    ticks === 0 ? removeListener(signal, 'abort', onAbort) : soon(() => letGo(ticks - 1))
  quietly(() => {
    addListener(signal, 'abort', onAbort)
    log.onEnd = () => letGo(LINGER_TICKS)
  })
}

export function head(log: ConnectionLog, response: object, found: Headers, declared: string): void {
  const pairs: readonly HeaderPair[] = headerPairs(found)
  log.head(
    bare({
      atMs: now(),
      status: status(response),
      statusText: statusText(response),
      type: type(response),
      redirected: redirected(response),
      url: url(response),
      headers: pairs,
      declared,
    }),
  )
}

function end(
  log: ConnectionLog,
  how: 'done' | 'error',
  reason: unknown,
  signal: AbortSignal | null,
  early: boolean,
): void {
  log.end(
    bare({
      atMs: now(),
      how,
      reason: how === 'error' ? describeReason(reason) : null,
      by: '',
      stack: '',
      signal: abortedWith(signal),
      readyState: -1,
      early,
    }),
  )
}
