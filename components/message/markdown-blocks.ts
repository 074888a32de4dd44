/** Reads Markdown that grows: blocks are read once, and only the open end is read anew. */
import { Lexer, type Links, type Token } from 'marked'
import type { GrownText } from '../../lib/formats/turn.ts'
import { type Carried, type Cut, findCut, OPEN_LENGTH } from './markdown-cut.ts'
import { createReferences } from './markdown-references.ts'

/** Same object, same look. */
export interface MarkdownBlock {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly tokens: readonly Token[]
  /** What the block goes on with; null where it begins with an element of its own. */
  readonly carried: Carried | null
}

export interface MarkdownBlocks {
  /** Reads what came, for about `budgetMs`; false if there is more to do. */
  update(budgetMs: number): boolean
  /** What there is of the first `length` characters, as far as they are read. */
  before(length: number): BlocksBefore
}

export interface BlocksBefore {
  /** All that are read, also beyond that length. */
  readonly closed: readonly MarkdownBlock[]
  /** So many of them are over within that length. */
  readonly count: number
  /** What comes after these; null where nothing does. */
  readonly open: MarkdownBlock | null
}

interface ClosedBlock extends MarkdownBlock {
  /** A text of so many characters shows that nothing more comes to the block. */
  readonly closedAt: number
}

export function createMarkdownBlocks(grown: GrownText): MarkdownBlocks {
  const closed: ClosedBlock[] = []
  const references = createReferences()
  let done = 0
  let carried: Carried | null = null
  let latest: MarkdownBlock | null = null

  function close({ length, seenLength, carried: next }: Cut): void {
    const text = grown.text.slice(done, done + length)
    const { tokens, links } = lex(text, carried, references.settled)
    const index = closed.push({ from: done, to: done + length, tokens, carried, closedAt: done + seenLength }) - 1
    if (references.mention(text, index)) readAgain([index])
    readAgain(references.define(links, true))
    done += length
    carried = next
  }

  /** A reference may stand before its definition. */
  function readAgain(indexes: Iterable<number>): void {
    for (const index of indexes) {
      const block = closed[index]
      if (block === undefined) continue
      const { tokens } = lex(grown.text.slice(block.from, block.to), block.carried, references.known)
      closed[index] = { ...block, tokens }
    }
  }

  /** Null where nothing is open. */
  function openOf(from: number, length: number, goesOn: Carried | null): MarkdownBlock | null {
    // Of what is not read yet, there is more.
    const to = Math.min(length, from + OPEN_LENGTH)
    if (to <= from) return null
    if (latest?.from === from && latest.to === to) return latest
    const { tokens, links } = lex(grown.text.slice(from, to), goesOn, references.settled)
    if (to === grown.length) readAgain(references.define(links, false))
    latest = { from, to, tokens, carried: goesOn }
    return latest
  }

  return {
    update(budgetMs) {
      const untilMs = performance.now() + budgetMs
      for (;;) {
        const cut = findCut(grown.text.slice(done, done + OPEN_LENGTH), carried)
        if (cut === null) return true
        close(cut)
        if (performance.now() >= untilMs) return false
      }
    },
    before(length) {
      let count = closed.length
      while (count > 0 && (closed[count - 1]?.closedAt ?? 0) > length) count -= 1
      const goesOn = count < closed.length ? (closed[count]?.carried ?? null) : carried
      const open = openOf(closed[count - 1]?.to ?? 0, length, goesOn)
      return { closed, count, open }
    },
  }
}

function lex(
  text: string,
  carried: Carried | null,
  known: Links,
): { readonly tokens: readonly Token[]; readonly links: Links } {
  const lexer = new Lexer()
  Object.assign(lexer.tokens.links, known)
  const tokens = lexer.lex((carried?.prefix ?? '') + text)
  return { tokens, links: tokens.links }
}
