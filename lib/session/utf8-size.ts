/** Bytes of `text` in UTF-8. */
export function toUtf8Size(text: string): number {
  let sizeBytes = text.length
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    // Half a surrogate pair counts two here, so that a pair makes four.
    if (code > 0x7f) sizeBytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1
  }
  return sizeBytes
}
