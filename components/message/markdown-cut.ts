/** Where Markdown that grows can be cut, so that both sides read as they would together. */
import { Lexer, type MarkedToken, type Token } from 'marked'
import { wordEnd } from './text-blocks.ts'

/** A block is over with the first element that ends beyond so many characters. */
const BLOCK_LENGTH = 2_048
/** What stays open for longer, such as a long listing, is cut all the same: it would be read anew with every delta. */
export const OPEN_LENGTH = 8_192

/** What goes on across a cut. */
export interface Carried {
  readonly kind: 'code' | 'table' | 'list' | 'other'
  /** Stands before the text so that it reads as what it goes on with; shown once, where it came. */
  readonly prefix: string
  /** The number of a list's next item. */
  readonly number: number
}

export interface Cut {
  readonly length: number
  /** What comes after so many characters cannot change it. */
  readonly seenLength: number
  readonly carried: Carried | null
}

/** The end of the block that `text` begins with; null while nothing shows where that is. */
export function findCut(text: string, carried: Carried | null): Cut | null {
  // Most blocks are not much longer than they must be: reading all of a long text for each would be dear.
  const early = text.length > 2 * BLOCK_LENGTH ? betweenElements(text.slice(0, 2 * BLOCK_LENGTH), carried) : null
  if (early !== null) return early
  return betweenElements(text, carried) ?? (text.length < OPEN_LENGTH ? null : withinElements(text, carried))
}

/**
 * After a blank line, where the next element has a line of its own. Before that a line may become part of what stands
 * above it: `-` an item of the list, `===` an underline, `|---|` the head of a table.
 */
function betweenElements(text: string, carried: Carried | null): Cut | null {
  for (const at of bordersOf(text, carried)) {
    if (at < BLOCK_LENGTH || !/\n[ \t]*\r?\n$/.test(text.slice(Math.max(0, at - 80), at))) continue
    const line = text.indexOf('\n', at)
    return line < 0 ? null : { length: at, seenLength: line + 1, carried: null }
  }
  return null
}

/** Where no blank line is: before the last element, else inside of the only one. */
function withinElements(text: string, carried: Carried | null): Cut {
  const last = bordersOf(text, carried).at(-1)
  if (last !== undefined) return cutAt(last, null)
  const [space, only] = read(text, carried) as MarkedToken[]
  const token = space?.type === 'space' ? only : space
  if (token?.type === 'list' && token.items.length > 1) {
    const items = token.items.slice(0, -1)
    const length = items.reduce((sum, { raw }) => sum + raw.length, token === space ? 0 : (space?.raw.length ?? 0))
    const first = carried?.kind === 'list' ? carried.number : token.start || 1
    return cutAt(sourceLength(text, length), { kind: 'list', prefix: '', number: first + items.length })
  }
  const line = text.lastIndexOf('\n') + 1
  if (line === 0) return cutAt(wordEnd(text), { kind: 'other', prefix: '', number: 0 })
  return cutAt(line, token === undefined ? null : toCarried(token, carried))
}

function cutAt(length: number, carried: Carried | null): Cut {
  return { length, seenLength: OPEN_LENGTH, carried }
}

function toCarried(token: MarkedToken, carried: Carried | null): Carried {
  const fence = token.type === 'code' ? /^ {0,3}(?:`{3,}|~{3,})/.exec(token.raw) : null
  if (fence !== null) return { kind: 'code', prefix: `${fence[0]}\n`, number: 0 }
  if (token.type !== 'table') return { kind: 'other', prefix: '', number: 0 }
  return carried?.kind === 'table' ? carried : { kind: 'table', prefix: headOf(token.raw), number: 0 }
}

/** The first two lines. */
function headOf(table: string): string {
  return table.slice(0, table.indexOf('\n', table.indexOf('\n') + 1) + 1)
}

/** Where elements begin in `text`, but for the first. */
function bordersOf(text: string, carried: Carried | null): number[] {
  const prefixLength = carried?.prefix.length ?? 0
  const borders: number[] = []
  let at = -prefixLength
  for (const { type, raw } of read(text, carried)) {
    if (type !== 'space' && at > 0) borders.push(sourceLength(text, at))
    at += raw.length
  }
  return borders
}

/** Elements, without what is in them. */
function read(text: string, carried: Carried | null): Token[] {
  return new Lexer().blockTokens((carried?.prefix ?? '') + text.replaceAll(/\r\n?/g, '\n'))
}

/** The length in `text` of the `length` characters that it begins with once each line ends with LF alone. */
function sourceLength(text: string, length: number): number {
  if (!text.includes('\r')) return length
  let at = 0
  for (let count = 0; count < length; count += 1) at += text.startsWith('\r\n', at) ? 2 : 1
  return at
}
