import type { HeaderPair } from './protocol.ts'

/** The first header of that name, whatever its case; null where there is none. `name` in lower case. */
export function headerOf(headers: readonly HeaderPair[], name: string): string | null {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? null
}
