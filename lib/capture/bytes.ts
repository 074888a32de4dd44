/** Runs in the page. Keeps copies of chunk bytes cheaply, and writes them as text when they are sent. */
import { apply, getOwnPropertyDescriptor, getPrototypeOf, uncurry } from './natives.ts'

const TypedArray = getPrototypeOf(Uint8Array.prototype) as object
const lengthOf = getOwnPropertyDescriptor(TypedArray, 'length')?.get as () => number
export const byteLength = (bytes: Uint8Array): number => apply(lengthOf, bytes, [])
const setBytes = uncurry(Uint8Array.prototype.set)
const subarray = uncurry(Uint8Array.prototype.subarray)
const decode = uncurry(TextDecoder.prototype.decode)
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new TextDecoder('utf-8', { ignoreBOM: true })
const NativeUint8Array = Uint8Array
const fromCharCode = String.fromCharCode
const toBase64 = btoa.bind(window)

/** Small chunks are copied side by side into pages of this size: one allocation for hundreds of them. */
const PAGE_BYTES = 64 * 1024

/** A piece of bytes that belongs to us. */
export interface Kept {
  readonly page: Uint8Array
  readonly from: number
  readonly to: number
}

let page = new NativeUint8Array(0)
let used = 0

/** Copies `lead` and then `bytes` from `start` to `end`: the page may change or transfer its chunk at once. */
export function keepBytes(lead: Kept | null, bytes: Uint8Array, start: number, end: number): Kept {
  const leadSize = lead ? lead.to - lead.from : 0
  const size = leadSize + end - start
  if (size > PAGE_BYTES / 4) return fill(new NativeUint8Array(size), 0, lead, leadSize, bytes, start, end)
  if (used + size > byteLength(page)) {
    page = new NativeUint8Array(PAGE_BYTES)
    used = 0
  }
  used += size
  return fill(page, used - size, lead, leadSize, bytes, start, end)
}

function fill(
  target: Uint8Array,
  at: number,
  lead: Kept | null,
  leadSize: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): Kept {
  if (lead) setBytes(target, subarray(lead.page, lead.from, lead.to), at)
  const whole = start === 0 && end === byteLength(bytes)
  setBytes(target, whole ? bytes : subarray(bytes, start, end), at + leadSize)
  return { page: target, from: at, to: at + leadSize + end - start }
}

/**
 * How many bytes at the end of `kept` begin a UTF-8 character that is not complete: 0 to 3. They are kept for the next
 * chunk, so that every chunk can be decoded by itself, at any time. (Unicode 16, table 3-7.)
 */
export function incompleteTail({ page: source, from, to }: Kept): number {
  for (let back = 1; back <= 3 && back <= to - from; back++) {
    const byte = source[to - back] ?? 0
    if (byte >= 0x80 && byte < 0xc0) continue
    const needs = byte >= 0xf5 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1
    return needs > back ? back : 0
  }
  return 0
}

/** The first or last part of kept bytes, cut at `at`; nothing is copied. */
export const upTo = ({ page: source, from }: Kept, at: number): Kept => ({ page: source, from, to: at })
export const since = ({ page: source, to }: Kept, at: number): Kept => ({ page: source, from: at, to })

const encode = TextEncoder.prototype.encode.bind(new TextEncoder())
/** Size of a text in UTF-8 bytes. */
export const utf8Length = (text: string): number => byteLength(encode(text))

/** Text of kept bytes; `raw` is their base64 where they are not valid UTF-8, else empty. */
export function toText({ page: source, from, to }: Kept): { text: string; raw: string } {
  const bytes = subarray(source, from, to)
  try {
    return { text: decode(strict, bytes), raw: '' }
  } catch {
    return { text: decode(lenient, bytes), raw: base64(bytes) }
  }
}

export function base64(bytes: Uint8Array): string {
  let binary = ''
  const length = byteLength(bytes)
  for (let i = 0; i < length; i++) binary += fromCharCode(bytes[i] ?? 0)
  return toBase64(binary)
}
