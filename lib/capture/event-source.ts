/** Runs in the page. Listens to EventSources beside the page: for every type the page listens to, and for their life. */
import type { PageReplay } from '../protocol.ts'
import { addListener, apply, bare, getter, isObject, isTrusted, now, privateMap } from './natives.ts'
import { constructNative, patchConstructor, patchMethod, quietly, type Need, type Undo } from './patch.ts'
import type { ConnectionLog, Recorder } from './recorder.ts'
import { attempt, NO_BODY } from './request.ts'
import { callStack } from './stack.ts'

const NativeEventSource = EventSource
const proto = NativeEventSource.prototype
const urlOf = getter<string>(NativeEventSource, 'url')
const readyStateOf = getter<number>(NativeEventSource, 'readyState')
const withCredentials = getter<boolean>(NativeEventSource, 'withCredentials')
const dataOf = getter<unknown>(MessageEvent, 'data')
const idOf = getter<string>(MessageEvent, 'lastEventId')
const originOf = getter<string>(MessageEvent, 'origin')
const CLOSED = 2

interface Source {
  readonly log: ConnectionLog
  /** Event types that already have our listener, each as a key. */
  readonly types: Record<string, true>
  readonly onEvent: (event: Event, type: string) => void
}
const sources = privateMap<object, Source>()
const anySource: Need = { on: false }

/** `replay` is what it was made for, if it is none of the page's. */
export function watchSource(recorder: Recorder, source: object, replay?: PageReplay): ConnectionLog {
  const options: Record<string, string> = bare({})
  options['withCredentials'] = `${withCredentials(source)}`
  const log = recorder.open(
    bare({
      atMs: now(),
      transport: 'eventsource',
      method: 'GET',
      url: urlOf(source),
      headers: bare([]),
      body: NO_BODY,
      options,
      stack: replay ? '' : callStack(),
      asked: 'EventSource',
      ...(replay && { replay: replay.mark }),
    }),
  )
  let origin: string | null = null
  const onEvent = (event: Event, type: string): void => {
    // As `quietly` does, without a function made for each event.
    try {
      if (!isTrusted(event)) return
      // Servers may name their events `open` and `error`, too; those are MessageEvents, and have an id.
      const id = attempt(idOf, event)
      if (id === undefined) {
        // A redirect may lead elsewhere at each attempt.
        origin = null
        return onLife(log, source, type)
      }
      const data = dataOf(event)
      origin ??= originOf(event)
      log.event(type, typeof data === 'string' ? data : '', id, origin)
    } catch {
      // A record is lost; the page's event is not.
    }
  }
  const tap: Source = bare({ log, types: bare({}), onEvent })
  sources.set(source, tap)
  anySource.on = true
  listen(source, tap, 'open')
  listen(source, tap, 'error')
  listen(source, tap, 'message')
  for (let i = 0; replay && i < replay.types.length; i++) listen(source, tap, replay.types[i] ?? '')
  return log
}

function onLife(log: ConnectionLog, source: object, type: string): void {
  const readyState = readyStateOf(source)
  if (type === 'open') log.attempt('open')
  else if (readyState !== CLOSED) log.attempt('reconnecting')
  else log.end(bare({ atMs: now(), how: 'error', reason: null, by: '', stack: '', signal: null, readyState }))
}

function listen(source: object, tap: Source, type: string): void {
  if (tap.types[type]) return
  tap.types[type] = true
  addListener(source, type, (event) => tap.onEvent(event, type))
}

export function patchEventSource(recorder: Recorder): Undo[] {
  return [
    patchConstructor('EventSource', (native, args, newTarget) => {
      const source = constructNative(native, args, newTarget)
      quietly(() => watchSource(recorder, source))
      return source
    }),
    patchMethod(
      proto,
      'close',
      (native, self, args) => {
        const tap = sources.get(self)
        const wasOpen = tap && readyStateOf(self) !== CLOSED
        const result = apply(native, self, args)
        if (wasOpen)
          quietly(() =>
            tap.log.end(
              bare({
                atMs: now(),
                how: 'cancel',
                reason: null,
                by: 'EventSource.close',
                stack: callStack(),
                signal: null,
                readyState: CLOSED,
              }),
            ),
          )
        return result
      },
      anySource,
    ),
    // Ours goes first for each type, so that its time is not later than the page's.
    patchMethod(
      EventTarget.prototype,
      'addEventListener',
      (native, self, args) => {
        const tap = sources.get(self)
        if (tap)
          quietly(() => {
            const type = args[0]
            if (typeof type !== 'string' || tap.types[type] || !isObject(args[1])) return
            listen(self as object, tap, type)
            tap.log.note('listens-to', type)
          })
        return apply(native, self, args)
      },
      anySource,
    ),
  ]
}
