/** Texts whose characters are bytes: what a shell gives to a program. */
import { toUtf8 } from '../../export/body.ts'

export function toByteText(text: string): string {
  return toBinary(toUtf8(text.toWellFormed()))
}

/** Null for what is no UTF-8. */
export function fromByteText(bytes: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(bytes, (char) => char.charCodeAt(0)),
    )
  } catch {
    // Bytes of something else.
    return null
  }
}

/** With U+FFFD for what is no UTF-8. */
export function readByteText(bytes: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
}

export function toBinary(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return binary
}
