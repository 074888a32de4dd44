export interface Media {
  readonly mediaType: string
  /** Empty for data URLs: their content is measured, not kept twice. */
  readonly url: string
  /** 0 where not told. */
  readonly sizeBytes: number
}

/** What an address tells of the thing behind it, without loading it. Data URLs tell all (RFC 2397). */
export function toMedia(url: string): Media {
  if (!url.startsWith('data:')) return { mediaType: '', url, sizeBytes: 0 }
  const comma = url.indexOf(',')
  const head = url.slice(5, comma === -1 ? undefined : comma)
  const isBase64 = head.endsWith(';base64')
  const mediaType = (isBase64 ? head.slice(0, -7) : head).split(';')[0] ?? ''
  if (comma === -1) return { mediaType, url: '', sizeBytes: 0 }
  return { mediaType, url: '', sizeBytes: isBase64 ? toBase64SizeBytes(url, comma + 1) : url.length - comma - 1 }
}

/** How many bytes base64 text from `from` on stands for (RFC 4648, section 4). */
export function toBase64SizeBytes(text: string, from = 0): number {
  let length = text.length - from
  while (length > 0 && text.charAt(from + length - 1) === '=') length -= 1
  return Math.floor((length * 3) / 4)
}
