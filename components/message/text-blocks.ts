/** Cuts a text that grows into blocks that never change again: each is an element of its own, which need not be laid out anew. */
import type { GrownText } from '../../lib/formats/turn.ts'

/** Characters of a block, or a few less or more: blocks end with a line. */
const BLOCK_LENGTH = 4_096
/** A line that is longer is cut between two words. */
const LONGEST_LINE = 8_192

export interface Block {
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

export interface TextBlocks {
  /** The blocks of the first `length` characters, in order and without gaps; the last may be a part of one. */
  before(length: number): readonly Block[]
}

/** Looks at each character once, whatever is asked and how often. */
export function createTextBlocks(grown: GrownText): TextBlocks {
  const closed: Block[] = []
  let done = 0
  return {
    before(length) {
      while (grown.length - done >= BLOCK_LENGTH) {
        const to = endOfBlock(grown.text.slice(done, done + LONGEST_LINE))
        if (to === 0) break
        closed.push({ from: done, to: done + to })
        done += to
      }
      if (length >= done) return length > done ? [...closed, { from: done, to: length }] : closed
      const last = closed.findIndex(({ to }) => to >= length)
      const from = closed[last]?.from ?? 0
      return from < length ? [...closed.slice(0, last), { from, to: length }] : []
    },
  }
}

/** Where the first block of `text` ends; 0 while that is not known. */
function endOfBlock(text: string): number {
  const before = text.lastIndexOf('\n', BLOCK_LENGTH - 1)
  const line = before < 0 ? text.indexOf('\n', BLOCK_LENGTH) : before
  if (line >= 0) return line + 1
  return text.length < LONGEST_LINE ? 0 : wordEnd(text)
}

/** The last place in `text` where a line that is too long may be cut. */
export function wordEnd(text: string): number {
  const space = text.lastIndexOf(' ') + 1
  if (space > 0) return space
  // The two halves of a character beyond U+FFFF stay together.
  return isHighSurrogate(text.charCodeAt(text.length - 1)) ? text.length - 1 : text.length
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
