/** Runs in the page. Listens to EventSources beside the page: for every type the page listens to, and for their life. */
import { addListener, apply, bare, getter, isObject, now, privateMap } from './natives.ts'
import { constructNative, patchConstructor, patchMethod, quietly, type Undo } from './patch.ts'
import type { ConnectionLog, Recorder } from './recorder.ts'
import { attempt, NO_BODY } from './request.ts'
import { callStack } from './stack.ts'

const proto = EventSource.prototype
const urlOf = getter<string>(proto, 'url')
const readyStateOf = getter<number>(proto, 'readyState')
const withCredentials = getter<boolean>(proto, 'withCredentials')
const dataOf = getter<unknown>(MessageEvent.prototype, 'data')
const idOf = getter<string>(MessageEvent.prototype, 'lastEventId')
const originOf = getter<string>(MessageEvent.prototype, 'origin')
const typeOf = getter<string>(Event.prototype, 'type')
const CLOSED = 2

interface Source {
  readonly log: ConnectionLog
  /** Event types that already have our listener, each as a key. */
  readonly types: Record<string, true>
  readonly onEvent: (event: Event) => void
}
const sources = privateMap<object, Source>()

function watch(recorder: Recorder, source: object): void {
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
      stack: callStack(),
      asked: 'EventSource',
    }),
  )
  let origin: string | null = null
  const onEvent = (event: Event): void => {
    // As `quietly` does, without a function made for each event.
    try {
      const atMs = now()
      const type = typeOf(event)
      // Servers may name their events `open` and `error`, too; those are MessageEvents, and have an id.
      const id = attempt(idOf, event)
      if (id === undefined) {
        // A redirect may lead elsewhere at each attempt.
        origin = null
        return onLife(log, source, type)
      }
      const data = dataOf(event)
      origin ??= originOf(event)
      log.event({ atMs, type, data: typeof data === 'string' ? data : '', id, origin })
    } catch {
      // A record is lost; the page's event is not.
    }
  }
  const tap: Source = bare({ log, types: bare({}), onEvent })
  sources.set(source, tap)
  listen(source, tap, 'open')
  listen(source, tap, 'error')
  listen(source, tap, 'message')
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
  addListener(source, type, tap.onEvent)
}

export function patchEventSource(recorder: Recorder): Undo[] {
  return [
    patchConstructor('EventSource', (native, args, newTarget) => {
      const source = constructNative(native, args, newTarget)
      quietly(() => watch(recorder, source))
      return source
    }),
    patchMethod(proto, 'close', (native, self, args) => {
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
    }),
    // Ours goes first for each type, so that its time is not later than the page's.
    patchMethod(EventTarget.prototype, 'addEventListener', (native, self, args) => {
      const tap = sources.get(self)
      if (tap)
        quietly(() => {
          const type = args[0]
          if (typeof type !== 'string' || tap.types[type] || !isObject(args[1])) return
          listen(self as object, tap, type)
          tap.log.note('listens-to', type)
        })
      return apply(native, self, args)
    }),
  ]
}
