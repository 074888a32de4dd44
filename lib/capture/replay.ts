/**
 * Runs in the page. Sends requests that a panel asks for by the browser's own functions, past whatever the page has put in
 * their place, and reads the answers by itself: the page gets nothing of it to hold, and has no way to ask for it.
 */
import type { EndHow, HeaderPair, PageReplay, ReplayStop } from '../protocol.ts'
import { watchSource } from './event-source.ts'
import { head } from './fetch.ts'
import {
  apply,
  bare,
  construct,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  getter,
  isObject,
  later,
  now,
  ownKeys,
  then,
  uncurry,
} from './natives.ts'
import { quietly } from './patch.ts'
import { describeReason } from './reason.ts'
import type { ConnectionLog, Recorder } from './recorder.ts'
import { bodyOf, headersOf } from './responses.ts'
import { getReader, read } from './stand-in.ts'

const nativeFetch = window.fetch
const NativeEventSource = EventSource
const closeSource = uncurry(EventSource.prototype.close)
const NativeAbortController = AbortController
const signalOf = getter<AbortSignal>(AbortController, 'signal')
const abort = uncurry(AbortController.prototype.abort)
const NativeUint8Array = Uint8Array
const fromBase64 = atob.bind(window)
const codeAt = uncurry(String.prototype.charCodeAt)

const ResponsePrototype = Response.prototype
const ObjectPrototype = getPrototypeOf(ResponsePrototype)
/**
 * A promise asks what it is about to give for a `then`, as a method of that very object. No `in`: a Proxy that the page put
 * into the chain would hear of it, and could deny it.
 */
const isThenTaken = (): unknown =>
  getPrototypeOf(ResponsePrototype) !== ObjectPrototype ||
  getOwnPropertyDescriptor(ResponsePrototype, 'then') ||
  getOwnPropertyDescriptor(ObjectPrototype as object, 'then')

export interface Replays {
  start(replay: PageReplay): void
  stop(run: string, by: ReplayStop): void
  stopAll(): void
}

/** Lets go of the request. */
type Cut = () => void

interface Run {
  readonly log: ConnectionLog
  readonly cut: Cut
}

export function createReplays(recorder: Recorder): Replays {
  const runs: Record<string, Run> = bare({})

  const end = (run: string, how: EndHow, by: string, reason: unknown, limitMs?: number): void =>
    quietly(() => {
      const known = runs[run]
      if (!known) return
      delete runs[run]
      known.log.end(
        bare({
          atMs: now(),
          how,
          reason: how === 'error' ? describeReason(reason) : null,
          by,
          stack: '',
          signal: null,
          readyState: -1,
          ...(limitMs !== undefined && { limitMs }),
        }),
      )
      // Written down first: what the browser says of it then is only its effect.
      known.cut()
    })

  const fetchIt = (replay: PageReplay): void => {
    const { mark, timeoutMs } = replay
    const controller = construct(NativeAbortController, bare([]))
    const log = recorder.open(openingOf(replay))
    runs[mark.run] = bare({ log, cut: () => abort(controller) })

    const over = (how: EndHow, reason: unknown, by = ''): void => end(mark.run, how, by, reason)
    const attempt = (act: () => void): void => {
      try {
        act()
      } catch (error) {
        over('error', error)
      }
    }
    /** Passes on what `ask` promises, as long as nobody stopped it and the page would not be handed it. */
    const take = (ask: () => Promise<unknown>, onValue: (value: never) => void): void =>
      attempt(() => {
        if (isThenTaken()) return over('cancel', null, 'then of the page')
        then(
          ask(),
          (value) => attempt(() => log.ended || onValue(value as never)),
          (reason) => over('error', reason),
        )
      })

    take(
      () => apply(nativeFetch, window, bare([replay.url, toInit(replay, signalOf(controller))])) as Promise<unknown>,
      (response: object) => {
        head(log, response, headersOf(response), '')
        const stream = bodyOf(response)
        if (!stream) return over('done', null)
        const reader = getReader(stream)
        const next = (): void =>
          take(
            () => read(reader),
            ({ done, value }: ReadableStreamReadResult<Uint8Array>) => {
              if (done) return over('done', null)
              log.chunk(value, 0)
              next()
            },
          )
        next()
      },
    )
    if (timeoutMs !== null) later(() => end(mark.run, 'timeout', '', null, timeoutMs), timeoutMs)
  }

  const listenToIt = (replay: PageReplay): void => {
    const init = bare({ withCredentials: replay.options['withCredentials'] === 'true' })
    const source = construct(NativeEventSource, bare([replay.url, init]))
    const log = watchSource(recorder, source, replay)
    runs[replay.mark.run] = bare({ log, cut: () => closeSource(source) })
    log.onEnd = () => delete runs[replay.mark.run]
  }

  const stop = (run: string, by: ReplayStop): void => end(run, 'cancel', by, null)
  return bare({
    start: (given) =>
      quietly(() => {
        const replay = cutOff(given)
        if (replay.as === 'eventsource') listenToIt(replay)
        else fetchIt(replay)
      }),
    stop,
    stopAll() {
      const all = ownKeys(runs)
      for (let i = 0; i < all.length; i++) stop(all[i] as string, 'replay stopped')
    },
  } satisfies Replays)
}

/** Takes the prototypes, which the page can change, from an object of JSON and all in it. */
function cutOff<T extends object>(value: T): T {
  const keys = ownKeys(value)
  for (let i = 0; i < keys.length; i++) {
    const inner = (value as Record<PropertyKey, unknown>)[keys[i] ?? '']
    if (isObject(inner)) cutOff(inner)
  }
  return bare(value)
}

const openingOf = ({ mark, method, url, headers: given, body: sent, options, asked }: PageReplay) =>
  bare({
    atMs: now(),
    transport: 'fetch',
    method,
    url,
    headers: given,
    body: sent,
    options,
    stack: '',
    asked,
    replay: mark,
  } as const)

function toInit({ method, headers: given, options, content }: PageReplay, signal: AbortSignal): object {
  const init: Record<string, unknown> = bare({ method, headers: toFields(given), signal })
  const keys = ownKeys(options)
  for (let i = 0; i < keys.length; i++) init[keys[i] as string] = options[keys[i] as string]
  if (content) init['body'] = 'text' in content ? content.text : toBytes(content.base64)
  return init
}

function toBytes(base64: string): Uint8Array {
  const binary = fromBase64(base64)
  const bytes = new NativeUint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = codeAt(binary, i)
  return bytes
}

/** Not pairs: the platform would ask the page's `Array.prototype` how to go through them. */
function toFields(pairs: readonly HeaderPair[]): object {
  const fields: Record<string, string> = bare({})
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i]
    if (pair) fields[pair[0]] = pair[1]
  }
  return fields
}
