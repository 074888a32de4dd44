import { toPlainEntry } from './framing.ts'
import type { Emit, FramingParser } from './framing.ts'

const RS = 0x1e
const LF = 0x0a
const BOM = 0xfeff
const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * JSON text sequences (RFC 7464). An element is complete at the LF after its value, so that it shows without waiting
 * for the next record separator; the value's end is known by counting brackets, never by parsing twice. What a
 * separator cuts short is an event too (section 2.4 asks to go on), at a stream's end it is a tail.
 */
export function createJsonSeqParser(emit: Emit): FramingParser {
  let offset = 0
  let from = -1
  let to = 0
  let depth = 0
  let inString = false
  let escaped = false
  let first = 0
  let unsure = false

  function emitElement(kind: 'event' | 'tail', chunk: number): void {
    if (from !== -1) emit(toPlainEntry(kind, from, to, chunk))
    from = -1
    depth = 0
    inString = false
    escaped = false
  }

  function take(code: number, at: number, chunk: number): void {
    if (code === RS) {
      emitElement(unsure ? 'tail' : 'event', chunk)
      unsure = false
      return
    }
    if (code === LF && depth <= 0 && !inString) {
      if (from !== -1) emitElement(unsure ? 'tail' : 'event', chunk)
      return
    }
    if (code === 0x20 || code === 0x09 || code === 0x0d || code === LF) return
    if (from === -1) {
      from = at
      first = code
    }
    to = at + 1
    if (inString) {
      if (escaped) escaped = false
      else if (code === BACKSLASH) escaped = true
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (code === 0x7b || code === 0x5b) depth += 1
    else if (code === 0x7d || code === 0x5d) depth -= 1
  }

  function flush(chunk: number): void {
    // Without its LF a number or a word may be cut short (section 2.4); brackets and quotes tell their own end.
    const closes = first === QUOTE || first === 0x7b || first === 0x5b
    emitElement(closes && depth === 0 && !inString && !unsure ? 'event' : 'tail', chunk)
  }

  return {
    feed(text, chunk) {
      const start = offset === 0 && text.charCodeAt(0) === BOM ? 1 : 0
      for (let i = start; i < text.length; i += 1) take(text.charCodeAt(i), offset + i, chunk)
      offset += text.length
    },
    gap(chunk) {
      flush(chunk)
      unsure = true
    },
    end: flush,
  }
}
