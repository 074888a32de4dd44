/** Runs in the page. Keeps copies of chunk bytes cheaply, and writes them as text when they are sent. */
import { getPrototypeOf, getter, uncurry } from './natives.ts'

const TypedArray = getPrototypeOf(Uint8Array) as typeof Uint8Array
export const byteLength = getter<number>(TypedArray, 'byteLength')
const byteOffset = getter<number>(TypedArray, 'byteOffset')
const bufferOf = getter<ArrayBuffer>(TypedArray, 'buffer')
const kindOf = getter<string | undefined>(TypedArray, Symbol.toStringTag)
const dataViewBuffer = getter<ArrayBuffer>(DataView, 'buffer')
const dataViewOffset = getter<number>(DataView, 'byteOffset')
const dataViewLength = getter<number>(DataView, 'byteLength')
const { isView } = ArrayBuffer
const setBytes = uncurry(Uint8Array.prototype.set)
const decode = uncurry(TextDecoder.prototype.decode)
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new TextDecoder('utf-8', { ignoreBOM: true })
const NativeUint8Array = Uint8Array
const { fromCharCode } = String
const toBase64 = btoa.bind(window)

/** The bytes that any kind of view looks at; null for what is none. */
export function bytesOf(view: unknown): Uint8Array | null {
  const kind = kindOf(view)
  if (kind === 'Uint8Array') return view as Uint8Array
  if (kind !== undefined) return new NativeUint8Array(bufferOf(view), byteOffset(view), byteLength(view))
  if (!isView(view)) return null
  return new NativeUint8Array(dataViewBuffer(view), dataViewOffset(view), dataViewLength(view))
}

/** A part of bytes, nothing copied. Unlike `subarray` it does not ask the page for a class. */
const partOf = (bytes: Uint8Array, start: number, sizeBytes: number): Uint8Array =>
  new NativeUint8Array(bufferOf(bytes), byteOffset(bytes) + start, sizeBytes)

/** A copy of the first bytes. */
export function copyOf(bytes: Uint8Array, sizeBytes: number): Uint8Array {
  const copy = new NativeUint8Array(sizeBytes)
  setBytes(copy, sizeBytes === byteLength(bytes) ? bytes : partOf(bytes, 0, sizeBytes))
  return copy
}

/** Chunks are copied one after the other into pages of this size, large ones into several. */
const PAGE_BYTES = 64 * 1024
/** Memory that was in use costs less than new memory: pages are used again, as long as there are no more of them than this. */
const MOST_PAGES = 128

interface Page {
  readonly bytes: Uint8Array
  /** The page that was filled after it, or that is free as well. */
  next: Page | null
  /** How many pieces lie in it. */
  pieces: number
}

/** A piece of bytes that belongs to us: it begins in `page` and goes on at the beginning of the pages after it. */
export interface Kept {
  readonly page: Page
  readonly from: number
  readonly sizeBytes: number
}

let page: Page | null = null
let used = PAGE_BYTES
let free: Page | null = null
let pages = 0

function turnPage(): Page {
  used = 0
  // All that was in it is let go of already.
  if (page && page.pieces === 0) return page
  const turned: Page = free ?? { bytes: new NativeUint8Array(PAGE_BYTES), next: null, pieces: 0 }
  if (free) free = free.next
  else pages++
  turned.next = null
  if (page) page.next = turned
  page = turned
  return turned
}

/** Copies `lead` and then `bytes` from `start` to `end`: the page may change or transfer its chunk at once. */
export function keepBytes(lead: Uint8Array | null, bytes: Uint8Array, start: number, end: number): Kept {
  const first = page && used < PAGE_BYTES ? page : turnPage()
  const kept: Kept = { page: first, from: used, sizeBytes: (lead ? byteLength(lead) : 0) + end - start }
  first.pieces++
  if (lead) write(lead, 0, byteLength(lead))
  write(bytes, start, end)
  return kept
}

function write(bytes: Uint8Array, start: number, end: number): void {
  const whole = byteLength(bytes)
  let at = start
  while (at < end) {
    let target = page
    if (!target || used === PAGE_BYTES) {
      target = turnPage()
      target.pieces++
    }
    const size = end - at < PAGE_BYTES - used ? end - at : PAGE_BYTES - used
    setBytes(target.bytes, size === whole ? bytes : partOf(bytes, at, size), used)
    used += size
    at += size
  }
}

/** Gives the memory of a piece back. It must not be read any more. */
export function letGo({ page: first, from, sizeBytes }: Kept): void {
  let left = from + sizeBytes
  for (let lies: Page | null = first; lies; left -= PAGE_BYTES) {
    const { next }: Page = lies
    if (--lies.pieces === 0 && lies !== page) {
      lies.next = free
      if (pages > MOST_PAGES) pages--
      else free = lies
    }
    lies = left > PAGE_BYTES ? next : null
  }
}

/**
 * How many bytes at the end of `lead` and `bytes` begin a UTF-8 character that is not complete: 0 to 3. They are kept for the
 * next chunk, so that every chunk can be decoded by itself, at any time. (Unicode 16, table 3-7.)
 */
export function incompleteTail(lead: Uint8Array | null, bytes: Uint8Array, start: number, end: number): number {
  const size = (lead ? byteLength(lead) : 0) + end - start
  for (let back = 1; back <= 3 && back <= size; back++) {
    const byte = fromEnd(lead, bytes, start, end, back)
    if (byte >= 0x80 && byte < 0xc0) continue
    const needs = byte >= 0xf5 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1
    return needs > back ? back : 0
  }
  return 0
}

function fromEnd(lead: Uint8Array | null, bytes: Uint8Array, start: number, end: number, back: number): number {
  const inBytes = end - back >= start ? bytes[end - back] : lead?.[byteLength(lead) - back + end - start]
  return inBytes ?? 0
}

/** A copy of the last `sizeBytes` of `lead` and `bytes`; null for none. */
export function lastBytes(
  lead: Uint8Array | null,
  bytes: Uint8Array,
  start: number,
  end: number,
  sizeBytes: number,
): Uint8Array | null {
  if (sizeBytes === 0) return null
  const tail = new NativeUint8Array(sizeBytes)
  for (let i = 0; i < sizeBytes; i++) tail[i] = fromEnd(lead, bytes, start, end, sizeBytes - i)
  return tail
}

const encode = TextEncoder.prototype.encode.bind(new TextEncoder())
/** Size of a text in UTF-8 bytes. */
export const utf8Length = (text: string): number => byteLength(encode(text))

/** Text of kept bytes; `raw` is their base64 where they are not valid UTF-8, else empty. */
export function toText(kept: Kept): { text: string; raw: string } {
  const bytes = joined(kept)
  try {
    return { text: decode(strict, bytes), raw: '' }
  } catch {
    return { text: decode(lenient, bytes), raw: base64(bytes) }
  }
}

function joined({ page: first, from, sizeBytes }: Kept): Uint8Array {
  if (from + sizeBytes <= PAGE_BYTES) return partOf(first.bytes, from, sizeBytes)
  const all = new NativeUint8Array(sizeBytes)
  let lies: Page | null = first
  for (let at = 0, start = from; lies && at < sizeBytes; start = 0) {
    const size = sizeBytes - at < PAGE_BYTES - start ? sizeBytes - at : PAGE_BYTES - start
    setBytes(all, partOf(lies.bytes, start, size), at)
    at += size
    lies = lies.next
  }
  return all
}

export function base64(bytes: Uint8Array): string {
  let binary = ''
  const length = byteLength(bytes)
  for (let i = 0; i < length; i++) binary += fromCharCode(bytes[i] ?? 0)
  return toBase64(binary)
}
