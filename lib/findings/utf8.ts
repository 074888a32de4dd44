/** No character is longer. */
const LONGEST = 4

/**
 * The first bytes of `base64` that are no UTF-8 (Unicode 16, table 3-7), in hexadecimal, and their offset; null if all
 * are.
 */
export function findInvalid(base64: string): { readonly at: number; readonly hex: string } | null {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at)
    if (length === 0) {
      const rest = bytes.subarray(at + 1, at + LONGEST)
      const next = rest.findIndex((byte) => (byte & 0xc0) !== 0x80)
      const shown = bytes.subarray(at, next === -1 ? at + LONGEST : at + 1 + next)
      return { at, hex: [...shown].map((byte) => byte.toString(16).padStart(2, '0')).join(' ') }
    }
    at += length
  }
  return null
}

/** Bytes of the character at `at`; 0 if there is none. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  const second = bytes[at + 1] ?? 0
  if (first < 0x80) return 1
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  // The second byte's range rules out surrogates, overlong forms and what is beyond U+10FFFF.
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (length === 0 || second < lowest || second > highest) return 0
  for (let next = at + 2; next < at + length; next += 1) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}
