import type { FramedEntry, Framing } from '../../../lib/framing/framing.ts'
import { createFramingParser, toData } from '../../../lib/framing/parser.ts'

export interface ReadEntry {
  readonly kind: string
  readonly type: string
  readonly id: string
  readonly data: string
  readonly chunk: number
}

/** Runs a parser over chunks; `null` among them is a gap. Ranges are resolved as the session does. */
export function read(framing: Framing, chunks: readonly (string | null)[]): ReadEntry[] {
  const found: FramedEntry[] = []
  const parser = createFramingParser(framing, (entry) => found.push(entry))
  chunks.forEach((text, index) => (text === null ? parser.gap(index) : parser.feed(text, index)))
  parser.end(chunks.length - 1)
  const all = chunks.join('')
  return found.map(({ kind, type, from, to, idFrom, idTo, chunk }) => ({
    kind,
    type,
    id: all.slice(idFrom, idTo),
    data: toData(framing, kind, all.slice(from, to)),
    chunk,
  }))
}

/** `kind` and data only, as one line each. */
export function brief(entries: readonly ReadEntry[]): string[] {
  return entries.map(({ kind, data }) => `${kind} ${JSON.stringify(data)}`)
}
