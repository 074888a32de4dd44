/** Runs in the page. Sees the text that streaming XMLHttpRequests get, when the page gets it. */
import type { EndHow, HeaderPair } from '../protocol.ts'
import {
  addListener,
  apply,
  bare,
  getter,
  indexOf,
  isTrusted,
  noop,
  now,
  privateMap,
  removeListener,
  slice,
  split,
  toText,
  trim,
  uncurry,
} from './natives.ts'
import { patchGetter, patchMethod, quietly, type Need, type Trap, type Undo } from './patch.ts'
import type { ConnectionLog, Recorder } from './recorder.ts'
import {
  absolute,
  givenBody,
  NO_BODY,
  normalizeMethod,
  readBlob,
  recordedBody,
  urlText,
  type RequestFacts,
} from './request.ts'
import { callStack, stackText, takeStack } from './stack.ts'
import { askedBy, declaredBy } from './stream-kind.ts'

const Xhr = XMLHttpRequest
const proto = Xhr.prototype
const readyStateOf = getter<number>(Xhr, 'readyState')
const statusOf = getter<number>(Xhr, 'status')
const statusTextOf = getter<string>(Xhr, 'statusText')
const responseUrl = getter<string>(Xhr, 'responseURL')
const responseType = getter<string>(Xhr, 'responseType')
const responseText = getter<string>(Xhr, 'responseText')
const withCredentials = getter<boolean>(Xhr, 'withCredentials')
const timeoutOf = getter<number>(Xhr, 'timeout')
const responseHeader = uncurry(proto.getResponseHeader)
const allHeaders = uncurry(proto.getAllResponseHeaders)
const typeOf = getter<string>(Event, 'type')
const loadedOf = getter<number>(ProgressEvent, 'loaded')

interface Call {
  readonly atMs: number
  readonly method: string
  readonly url: string
  readonly async: boolean
  readonly headers: HeaderPair[]
  log: ConnectionLog | null
  headSeen: boolean
  /** Characters of the text recorded so far, and bytes loaded when it was last read. */
  textRead: number
  loadedRead: number
  stop: () => void
}
const calls = privateMap<object, Call>()
const anyStream: Need = { on: false }

/**
 * While a panel watches, the text is read at each progress event below this size, above only after it grew by an eighth:
 * each read copies it all. With DevTools closed only the page's own reads are recorded, and the rest at the end.
 */
const EAGER_BYTES = 1024 * 1024
const HEADERS_RECEIVED = 2
const DONE = 4

function hasText(xhr: object): boolean {
  const type = responseType(xhr)
  return type === '' || type === 'text'
}

/** Records what `text` holds beyond what was recorded. */
function take(call: Call, text: string): void {
  if (!call.log || call.log.ended || text.length <= call.textRead) return
  const from = call.textRead
  call.textRead = text.length
  call.log.text(slice(text, from))
}

function send(recorder: Recorder, xhr: object, call: Call, given: unknown, atMs: number): void {
  const facts: Pick<RequestFacts, 'body' | 'blob'> = bare({ body: NO_BODY, blob: null })
  if (given !== undefined && given !== null && call.method !== 'GET' && call.method !== 'HEAD') givenBody(facts, given)
  const asked = askedBy(call.url, call.headers, typeof facts.body === 'string' ? facts.body : '')
  const stack = takeStack()
  const begin = (): ConnectionLog => {
    anyStream.on = true
    const options: Record<string, string> = bare({})
    options['withCredentials'] = `${withCredentials(xhr)}`
    if (responseType(xhr) !== '') options['responseType'] = responseType(xhr)
    if (timeoutOf(xhr) > 0) options['timeout'] = `${timeoutOf(xhr)}`
    const log = recorder.open(
      bare({
        atMs,
        transport: 'xhr',
        method: call.method,
        url: absolute(call.url) || responseUrl(xhr),
        headers: call.headers,
        body: recordedBody(facts.body),
        options,
        stack: stackText(stack),
        asked,
      }),
    )
    if (facts.blob) readBlob(facts.blob, (read) => log.body(bare({ atMs: now(), body: read })))
    return log
  }
  if (asked !== '') call.log = begin()

  const onHead = (): void => {
    if (call.headSeen) return
    call.headSeen = true
    const declared = declaredBy(responseHeader, xhr as XMLHttpRequest)
    if (!call.log && declared === '') return call.stop()
    call.log ??= begin()
    call.log.head(
      bare({
        atMs: now(),
        status: statusOf(xhr),
        statusText: statusTextOf(xhr),
        type: '',
        redirected: false,
        url: responseUrl(xhr),
        headers: pairs(allHeaders(xhr as XMLHttpRequest)),
        declared,
      }),
    )
    if (!hasText(xhr)) call.log.note('no-text-until-end', responseType(xhr))
  }
  const onEvent = (event: Event): void =>
    quietly(() => {
      if (!isTrusted(event)) return
      const type = typeOf(event)
      const state = readyStateOf(xhr)
      if (type === 'readystatechange') {
        if (state >= HEADERS_RECEIVED && statusOf(xhr) > 0) onHead()
        return
      }
      if (!call.log) return
      const text = hasText(xhr)
      if (type === 'progress') {
        const loaded = loadedOf(event)
        if (!text || !recorder.watched || (loaded > EAGER_BYTES && loaded - call.loadedRead < loaded / 8)) return
        call.loadedRead = loaded
        return take(call, responseText(xhr))
      }
      if (type === 'load') return finishDone(call, xhr, 'done')
      finish(call, ENDS[type] ?? 'error', '', '', state, type === 'timeout' ? timeoutOf(xhr) : undefined)
    })
  for (let i = 0; i < EVENTS.length; i++) addListener(xhr, EVENTS[i] ?? '', onEvent)
  call.stop = () => {
    for (let i = 0; i < EVENTS.length; i++) removeListener(xhr, EVENTS[i] ?? '', onEvent)
  }
}

const EVENTS = ['readystatechange', 'progress', 'load', 'error', 'abort', 'timeout'] as const
const ENDS: Record<string, EndHow> = bare({ error: 'error', abort: 'cancel', timeout: 'timeout' })

function finish(call: Call, how: EndHow, by: string, stack: string, readyState: number, limitMs?: number): void {
  const limit = limitMs === undefined ? null : { limitMs }
  call.log?.end(bare({ atMs: now(), how, reason: null, by, stack, signal: null, readyState, ...limit }))
  call.stop()
}

/** The request is over by itself. */
function finishDone(call: Call, xhr: object, how: EndHow): void {
  if (hasText(xhr)) take(call, responseText(xhr))
  finish(call, how, '', '', DONE)
}

/** `getAllResponseHeaders` as pairs. */
function pairs(text: string): HeaderPair[] {
  const lines = split(text, '\r\n')
  const found: HeaderPair[] = bare([])
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    const colon = indexOf(line, ':')
    if (colon > 0) found[found.length] = bare([slice(line, 0, colon), trim(slice(line, colon + 1))])
  }
  return found
}

/** A call of the page that ends a request under way. */
const ending =
  (by: string, next: (self: object, args: unknown[]) => void): Trap =>
  (native, self, args) => {
    const call = calls.get(self)
    // Its listeners for `readystatechange` and `load` may be called before ours, and end or reuse it there.
    if (call?.log && !call.log.ended && readyStateOf(self) === DONE)
      quietly(() => finishDone(call, self as object, statusOf(self) > 0 ? 'done' : 'error'))
    const alive = call?.log && !call.log.ended
    const stack = alive ? callStack() : ''
    // Before the native call, which takes the text away and dispatches the abort event while it runs.
    if (alive && hasText(self as object)) quietly(() => take(call, responseText(self)))
    if (alive) quietly(() => finish(call, 'cancel', by, stack, readyStateOf(self)))
    const result = apply(native, self, args)
    quietly(() => next(self as object, args))
    return result
  }

export function patchXhr(recorder: Recorder): Undo[] {
  const reading: Trap = (native, self, args) => {
    const value = apply(native, self, args)
    const call = calls.get(self)
    if (call?.log && typeof value === 'string') quietly(() => take(call, value))
    return value
  }
  return [
    patchMethod(
      proto,
      'open',
      ending('XMLHttpRequest.open', (self, args) => {
        calls.get(self)?.stop()
        const method = args[0]
        const url = args[1]
        calls.set(
          self,
          bare({
            atMs: now(),
            method: typeof method === 'string' ? normalizeMethod(method) : '',
            url: urlText(url),
            async: args.length < 3 || !!args[2],
            headers: bare([]),
            log: null,
            headSeen: false,
            textRead: 0,
            loadedRead: 0,
            stop: noop,
          }),
        )
      }),
    ),
    patchMethod(proto, 'setRequestHeader', (native, self, args) => {
      const result = apply(native, self, args)
      quietly(() => {
        const headers = calls.get(self)?.headers
        if (headers && typeof args[0] === 'string') headers[headers.length] = bare([args[0], toText(args[1])])
      })
      return result
    }),
    patchMethod(proto, 'send', (native, self, args) => {
      const atMs = now()
      const result = apply(native, self, args)
      const call = calls.get(self)
      if (call?.async) quietly(() => send(recorder, self as object, call, args[0], atMs))
      return result
    }),
    patchMethod(proto, 'abort', ending('XMLHttpRequest.abort', noop), anyStream),
    patchGetter(proto, 'responseText', reading, anyStream),
    patchGetter(proto, 'response', reading, anyStream),
  ]
}
