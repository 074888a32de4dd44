import type { HeaderPair } from '../../protocol.ts'

/** A header's value, whatever its case; null where there is none. */
export function headerOf(headers: readonly HeaderPair[], name: string): string | null {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null
}

/** The path of an address; the address itself where it is none. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}
