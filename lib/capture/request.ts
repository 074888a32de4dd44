/**
 * Runs in the page. What a request asks for, read without calling anything of the page: own data properties only, and the
 * platform's own getters. What a page computes in a getter or a proxy stays unseen rather than being computed twice.
 */
import type { FormEntry, HeaderPair, RecordedBody } from '../protocol.ts'
import { base64, byteLength, bytesOf, copyOf, utf8Length } from './bytes.ts'
import {
  bare,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  getter,
  isObject,
  ownKeys,
  privateMap,
  slice,
  then,
  toLowerCase,
  toText,
  uncurry,
} from './natives.ts'

/** How much of a request body is kept. */
export const BODY_BYTES = 256 * 1024

const NativeRequest = Request
const requestUrl = getter<string>(NativeRequest, 'url')
const requestMethod = getter<string>(NativeRequest, 'method')
const requestHeaders = getter<Headers>(NativeRequest, 'headers')
export const requestSignal = getter<AbortSignal>(NativeRequest, 'signal')
const REQUEST_OPTIONS = [
  'mode',
  'credentials',
  'cache',
  'redirect',
  'referrer',
  'referrerPolicy',
  'integrity',
  'keepalive',
] as const
const requestOption = bare(REQUEST_OPTIONS.map((key) => getter<unknown>(NativeRequest, key)))
const urlHref = getter<string>(URL, 'href')
const locationHref = uncurry(getOwnPropertyDescriptor(location, 'href')?.get as (this: unknown) => string)
const eachHeader = uncurry(Headers.prototype.forEach)
const eachParam = uncurry(URLSearchParams.prototype.toString)
const eachForm = uncurry(FormData.prototype.forEach)
const blobSize = getter<number>(Blob, 'size')
const blobType = getter<string>(Blob, 'type')
const blobSlice = uncurry(Blob.prototype.slice)
const blobBuffer = uncurry(Blob.prototype.arrayBuffer)
const fileName = getter<string>(File, 'name')
const streamLocked = getter<boolean>(ReadableStream, 'locked')
const bufferLength = getter<number>(ArrayBuffer, 'byteLength')
const NativeUint8Array = Uint8Array
const NativeURL = URL
const { isArray } = Array
const ObjectPrototype = Object.prototype
const baseUri = getter<string>(Node, 'baseURI')

/** `read(value)` where the platform lets it, undefined for a value of another kind. */
export function attempt<In, Out>(read: (value: In) => Out, value: In): Out | undefined {
  try {
    return read(value)
  } catch {
    // The platform's brand check: not of that kind.
    return undefined
  }
}

/** The value of a data property, own or inherited; undefined for accessors, proxies that refuse, and absence. */
export function dataOf(object: unknown, key: string): unknown {
  return findProperty(object, key)?.value
}

/** An object's own or inherited property. None where it cannot be looked at unseen. */
function findProperty(object: unknown, key: string): PropertyDescriptor | undefined {
  try {
    for (let holder = object, depth = 0; isObject(holder) && depth < 8; holder = getPrototypeOf(holder), depth++) {
      const descriptor = getOwnPropertyDescriptor(holder, key)
      if (descriptor) return descriptor
    }
  } catch {
    // A revoked proxy, or one whose traps throw: the browser has thrown, too.
  }
  return undefined
}

/** What is known of a request. Header names are compared in lower case by the caller. */
export interface RequestFacts {
  url: string
  method: string
  headers: HeaderPair[]
  body: GivenBody
  /** A Blob whose bytes can be had in a moment. */
  blob: Blob | null
  options: Record<string, string>
  signal: AbortSignal | null
  /** It has a signal, perhaps, behind a getter of the page: which one cannot be known. */
  signalHidden: boolean
}

/** A text body as it is, other bodies described or copied at once, for the page may change them after the call. */
type GivenBody = RecordedBody | string | HeldBytes
interface HeldBytes {
  readonly kind: 'held'
  readonly bytes: Uint8Array
  readonly sizeBytes: number
}

/** What is written down of a body. It takes a while, so this is left until a stream is known to come of the request. */
export function recordedBody(given: GivenBody): RecordedBody {
  if (typeof given === 'string') return textBody(given)
  return given.kind === 'held' ? bytesBody(given, '') : given
}

/** Bodies given to `new Request`, which gives them back only as a stream. */
export const requestBodies = privateMap<object, Pick<RequestFacts, 'body' | 'blob'>>()

export function fetchFacts(input: unknown, init: unknown): RequestFacts {
  const facts: RequestFacts = {
    url: '',
    method: 'GET',
    headers: NO_HEADERS,
    body: NO_BODY,
    blob: null,
    options: NO_OPTIONS,
    signal: null,
    signalHidden: false,
  }
  const url = isObject(input) ? attempt(requestUrl, input) : undefined
  if (url !== undefined) fromRequest(facts, input as Request, url)
  else facts.url = urlText(input)
  if (isObject(init)) fromInit(facts, init)
  return facts
}

/** The URL that a call was given; empty for an object that only code of the page can turn into one. */
export const urlText = (given: unknown): string =>
  isObject(given)
    ? (attempt(urlHref, given) ?? attempt(locationHref, given) ?? '')
    : attempt(toText, given) || resolve('')

function fromRequest(facts: RequestFacts, request: Request, url: string): void {
  facts.url = url
  facts.method = requestMethod(request)
  facts.headers = headerPairs(requestHeaders(request))
  facts.signal = attempt(requestSignal, request) ?? null
  const given = requestBodies.get(request)
  if (given) {
    facts.body = given.body
    facts.blob = given.blob
  }
  for (let i = 0; i < REQUEST_OPTIONS.length; i++) {
    const key = REQUEST_OPTIONS[i] ?? ''
    const value = requestOption[i]?.(request)
    if (value !== undefined && value !== '' && value !== false) setOption(facts, key, toText(value))
  }
}

function setOption(facts: RequestFacts, key: string, value: string): void {
  if (facts.options === NO_OPTIONS) facts.options = bare({})
  facts.options[key] = value
}

/** Notes a body that a call was given. */
export function givenBody(facts: Pick<RequestFacts, 'body' | 'blob'>, body: unknown): void {
  facts.body = describeBody(body)
  facts.blob = typeof facts.body === 'object' && facts.body.kind === 'bytes' ? (body as Blob) : null
}

const INIT_OPTIONS: readonly string[] = bare([...REQUEST_OPTIONS, 'priority', 'duplex'])

function fromInit(facts: RequestFacts, init: object): void {
  const method = dataOf(init, 'method')
  if (typeof method === 'string') facts.method = normalizeMethod(method)
  const headers = dataOf(init, 'headers')
  if (headers !== undefined) facts.headers = headerPairs(headers)
  const signal = findProperty(init, 'signal')
  if (signal && !('value' in signal)) {
    // Only a getter of the page could tell.
    facts.signal = null
    facts.signalHidden = true
  } else if (signal?.value !== undefined) facts.signal = signal.value as AbortSignal | null
  const body = dataOf(init, 'body')
  if (body !== undefined && body !== null) {
    givenBody(facts, body)
  }
  for (let i = 0; i < INIT_OPTIONS.length; i++) {
    const key = INIT_OPTIONS[i] ?? ''
    const value = dataOf(init, key)
    if (typeof value === 'string' || typeof value === 'boolean') setOption(facts, key, `${value}`)
  }
}

/** Fetch standard, "normalize a method". */
export function normalizeMethod(method: string): string {
  const lower = toLowerCase(method)
  if (lower === 'get') return 'GET'
  if (lower === 'post') return 'POST'
  if (lower === 'put') return 'PUT'
  if (lower === 'delete') return 'DELETE'
  if (lower === 'head') return 'HEAD'
  return lower === 'options' ? 'OPTIONS' : method
}

/** A URL as it is shown; an empty one is not known. */
export const absolute = (url: string): string => (url === '' ? '' : resolve(url))

function resolve(url: string): string {
  try {
    return urlHref(new NativeURL(url, baseUri(document)))
  } catch {
    // Not a URL: shown as it was given.
    return url
  }
}

/** Headers as pairs, from a Headers object, an array of pairs or a plain object. */
export function headerPairs(headers: unknown): HeaderPair[] {
  const pairs: HeaderPair[] = bare([])
  try {
    if (!isObject(headers)) return pairs
    // A failed brand check costs an error with its stack; most requests give a plain object.
    const ordinary = isArray(headers) || getPrototypeOf(headers) === ObjectPrototype
    if (
      !ordinary &&
      attempt((each: Headers) => (eachHeader(each, (value, name) => add(pairs, name, value)), true), headers as Headers)
    )
      return pairs
    const keys = ownKeys(headers)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string
      const descriptor = getOwnPropertyDescriptor(headers, key)
      if (typeof key !== 'string' || !descriptor?.enumerable) continue
      if (isArray(headers)) add(pairs, dataOf(descriptor.value, '0'), dataOf(descriptor.value, '1'))
      else add(pairs, key, descriptor.value)
    }
  } catch {
    // A proxy that refuses: the headers that were read so far are shown.
  }
  return pairs
}

function add(pairs: HeaderPair[], name: unknown, value: unknown): void {
  if (isObject(name) || isObject(value) || typeof value === 'symbol') return
  pairs[pairs.length] = bare([toText(name), toText(value)])
}

export const NO_BODY: RecordedBody = bare({ kind: 'none' })
const NO_HEADERS: HeaderPair[] = bare([])
const NO_OPTIONS: Record<string, string> = bare({})

/** A body as the page gave it, copied as far as the bound allows. Streams are only marked: reading would take from them. */
function describeBody(body: unknown): GivenBody {
  if (!isObject(body)) return toText(body)
  // The one that tells without a refusal goes first: each costs an error with its stack.
  const view = bytesOf(body)
  if (view) return heldBytes(view)
  const size = attempt(blobSize, body)
  if (size !== undefined)
    return bare<RecordedBody>({ kind: 'bytes', base64: '', sizeBytes: size, cut: size > 0, type: blobType(body) })
  const params = attempt(eachParam, body as URLSearchParams)
  if (params !== undefined) return params
  const entries: FormEntry[] = bare([])
  if (
    attempt(
      (form: FormData) => (eachForm(form, (value, name) => addEntry(entries, name, value)), true),
      body as FormData,
    )
  )
    return bare<RecordedBody>({ kind: 'form', entries })
  if (attempt(bufferLength, body) !== undefined) return heldBytes(new NativeUint8Array(body as ArrayBuffer))
  if (attempt(streamLocked, body) !== undefined) return bare<RecordedBody>({ kind: 'stream' })
  return bare<RecordedBody>({ kind: 'unseen', why: 'The page gave an object that the browser turns into text.' })
}

/** A body that is text, as far as the bound allows. */
export function textBody(text: string): RecordedBody {
  const sizeBytes = utf8Length(text)
  const cut = text.length > BODY_BYTES
  return bare({ kind: 'text', text: cut ? slice(text, 0, BODY_BYTES) : text, sizeBytes, cut })
}

function addEntry(entries: FormEntry[], name: string, value: FormDataEntryValue): void {
  entries[entries.length] =
    typeof value === 'string'
      ? bare({ name, value: slice(value, 0, BODY_BYTES) })
      : bare({ name, fileName: fileName(value), type: blobType(value), sizeBytes: blobSize(value) })
}

function heldBytes(bytes: Uint8Array): HeldBytes {
  const sizeBytes = byteLength(bytes)
  return bare({ kind: 'held', bytes: copyOf(bytes, sizeBytes > BODY_BYTES ? BODY_BYTES : sizeBytes), sizeBytes })
}

const bytesBody = ({ bytes, sizeBytes }: Omit<HeldBytes, 'kind'>, type: string): RecordedBody =>
  bare({ kind: 'bytes', base64: base64(bytes), sizeBytes, cut: sizeBytes > BODY_BYTES, type })

/** The first bytes of a Blob body, a moment later; a Blob never changes, so the page cannot notice. */
export function readBlob(blob: Blob, done: (body: RecordedBody) => void): void {
  const size = blobSize(blob)
  const type = blobType(blob)
  then(
    blobBuffer(blobSlice(blob, 0, size < BODY_BYTES ? size : BODY_BYTES)),
    (buffer) => done(bytesBody({ bytes: new NativeUint8Array(buffer as ArrayBuffer), sizeBytes: size }, type)),
    () => {
      // A file that went away meanwhile: its size is recorded already.
    },
  )
}
