// oxlint-disable-next-line no-control-regex -- all that ASCII has, with its control characters
const BEYOND_ASCII = /[^\u0000-\u007f]/

/** Bytes of `text` in UTF-8. */
export function toUtf8Size(text: string): number {
  // Asked for a million texts at a time, most of them ASCII: an expression looks through them much faster.
  if (!BEYOND_ASCII.test(text)) return text.length
  let sizeBytes = text.length
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    // Half a surrogate pair counts two here, so that a pair makes four.
    if (code > 0x7f) sizeBytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1
  }
  return sizeBytes
}
