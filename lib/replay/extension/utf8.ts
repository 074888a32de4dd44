/** Cuts a body's chunks into texts, as capture does: a character cut by a chunk's end belongs to the chunk that completes it. */
import { toBase64 } from '../../export/body.ts'

export interface ChunkText {
  readonly text: string
  /** The bytes in base64, only where they are not valid UTF-8. */
  readonly raw?: string
}

export interface ChunkReader {
  read(bytes: Uint8Array): ChunkText
  /** What never became whole; null if nothing is left. */
  rest(): ChunkText | null
}

export function createChunkReader(): ChunkReader {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true })
  let tail = new Uint8Array()

  function toChunkText(bytes: Uint8Array): ChunkText {
    try {
      return { text: strict.decode(bytes) }
    } catch {
      return { text: lenient.decode(bytes), raw: toBase64(bytes) }
    }
  }

  return {
    read(bytes) {
      const all = tail.length === 0 ? bytes : join(tail, bytes)
      const cut = all.length - incompleteTail(all)
      tail = all.slice(cut)
      return toChunkText(all.subarray(0, cut))
    },
    rest() {
      const left = tail
      tail = new Uint8Array()
      return left.length === 0 ? null : toChunkText(left)
    },
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}

/** How many bytes at the end begin a character that is not complete: 0 to 3. (Unicode 16, table 3-7.) */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0x80 && byte < 0xc0) continue
    return neededBytes(byte) > back ? back : 0
  }
  return 0
}

function neededBytes(first: number): number {
  if (first >= 0xf5) return 1
  if (first >= 0xf0) return 4
  return first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
}
