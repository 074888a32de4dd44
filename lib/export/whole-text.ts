/** A connection's text as one, for copying and exporting; what is not here is counted, and marked where asked for. */
import type { Chunks } from '../session/types.ts'

/** Characters brought in one go. */
const BROUGHT_LENGTH = 1_000_000

type Source = Pick<Chunks, 'text' | 'awayOf' | 'sameUntil'>

export interface KnownText {
  readonly text: string
  /** Characters that are not in it: they are away. */
  readonly leftOut: number
}

/** What is to stand where so many characters are left out. */
type Mark = (length: number) => string
const noMark: Mark = () => ''

/** What is here of the part from `from` to `to`. */
export function textHere(source: Source, from: number, to: number, mark = noMark): KnownText {
  const parts: string[] = []
  let leftOut = 0
  for (let at = from; at < to;) {
    const until = Math.min(to, Math.max(at + 1, source.sameUntil(at)))
    if (source.awayOf(at, until) === null) {
      parts.push(source.text(at, until))
    } else {
      leftOut += until - at
      parts.push(mark(until - at))
    }
    at = until
  }
  return { text: parts.join(''), leftOut }
}

/** As `textHere`, with what is in the storage; only what was dropped is left out. */
export async function wholeText(
  source: Source & Pick<Chunks, 'bring'>,
  from: number,
  to: number,
  mark = noMark,
): Promise<KnownText> {
  const parts: string[] = []
  let leftOut = 0
  for (let at = from; at < to;) {
    const until = Math.min(to, Math.max(at + 1, source.sameUntil(at)))
    const isStored = source.awayOf(at, until) === 'stored'
    const end = isStored ? Math.min(until, at + BROUGHT_LENGTH) : until
    if (isStored) await source.bring(at, end)
    const known = textHere(source, at, end, mark)
    parts.push(known.text)
    leftOut += known.leftOut
    at = end
  }
  return { text: parts.join(''), leftOut }
}
