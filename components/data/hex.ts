/** Bytes as people read them: offset, sixteen hex pairs, the printable characters. */

const BYTES_PER_LINE = 16

/** Base64 → its first `limit` bytes as lines of hex. Empty for text that is no base64. */
export function toHexLines(base64: string, limit = 256): readonly string[] {
  let binary: string
  try {
    binary = atob(base64.slice(0, Math.ceil(limit / 3) * 4)).slice(0, limit)
  } catch {
    // Not base64: there is nothing to show, the size is shown beside it.
    return []
  }
  return bytesToHexLines(Uint8Array.from(binary, (char) => char.charCodeAt(0)))
}

export function bytesToHexLines(bytes: Uint8Array): readonly string[] {
  const lines: string[] = []
  for (let from = 0; from < bytes.length; from += BYTES_PER_LINE) {
    const codes = [...bytes.subarray(from, from + BYTES_PER_LINE)]
    const pairs = codes.map((code) => code.toString(16).padStart(2, '0')).join(' ')
    const signs = codes.map((code) => (code >= 32 && code < 127 ? String.fromCharCode(code) : '.')).join('')
    lines.push(`${from.toString(16).padStart(4, '0')}  ${pairs.padEnd(BYTES_PER_LINE * 3 - 1)}  ${signs}`)
  }
  return lines
}
