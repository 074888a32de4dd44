import type { Connection } from './types.ts'

/**
 * Whether a connection fits what was typed: every word has to occur, case aside, in method, URL, status, state or
 * transport; a word after `-` must not. A lone `-` says nothing yet.
 */
export function matches(connection: Connection, text: string): boolean {
  const { open, head, state, transport } = connection
  const hay = [open.method, open.url, head === null ? '' : `${head.status} ${head.statusText}`, state, transport]
    .join('\n')
    .toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-')
    .every((word) => (word.startsWith('-') ? !hay.includes(word.slice(1)) : hay.includes(word)))
}
