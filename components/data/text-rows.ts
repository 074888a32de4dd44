/** Cuts a long text into rows for a virtual list: at line ends, and where a line is longer than the list is wide. */
import { createColumn, findLastAtMost } from '../../lib/session/columns.ts'
import type { Away } from '../../lib/session/store/text-store.ts'

/** Text that is read piece by piece and may still grow. */
export interface TextSource {
  readonly textLength: number
  text(from: number, to: number): string
  /** Where parts can be away; see `Chunks`. */
  readonly awayOf?: (from: number, to: number) => Away | null
  readonly sameUntil?: (from: number) => number
  readonly bring?: (from: number, to: number) => Promise<void>
}

export interface TextRow {
  readonly from: number
  readonly to: number
  /** Without its line end. */
  readonly text: string
  readonly end: '' | 'CR' | 'LF' | 'CRLF'
  /** Its text is away, and empty. */
  readonly away: Away | null
}

export interface TextRows {
  readonly length: number
  /** Characters that are cut into rows so far. */
  readonly doneLength: number
  at(row: number): TextRow
  /** The row of a place in the text; -1 while it is not cut into rows. */
  rowOf(offset: number): number
  /** Takes in at most STEP_LENGTH more characters; false if there is more to do. */
  update(): boolean
}

/** Characters cut in one go: some ms of work. */
export const STEP_LENGTH = 2_000_000
const PIECE_LENGTH = 65_536
const LF = 10
const CR = 13

/** `columns`: the most characters in a row. */
export function createTextRows(source: TextSource, columns: number): TextRows {
  const starts = createColumn('u32')
  let done = 0
  let rowStart = 0
  let last = 0
  const begin = (at: number) => {
    starts.push(at)
    rowStart = at
  }
  return {
    get length() {
      return starts.length
    },
    get doneLength() {
      return done
    },
    at(row) {
      const from = starts.at(row)
      const to = row + 1 < starts.length ? starts.at(row + 1) : Math.min(done, from + columns + 2)
      const text = source.text(from, to)
      const end = text.endsWith('\r\n') ? 'CRLF' : text.endsWith('\n') ? 'LF' : text.endsWith('\r') ? 'CR' : ''
      const away = source.awayOf?.(from, to) ?? null
      return { from, to, text: end === '' ? text : text.slice(0, end === 'CRLF' ? -2 : -1), end, away }
    },
    rowOf: (offset) => (offset < done ? findLastAtMost(starts, offset) : -1),
    update() {
      const until = Math.min(source.textLength, done + STEP_LENGTH)
      while (done < until) {
        const away = source.awayOf?.(done, done + 1) ?? null
        const same = source.sameUntil?.(done) ?? Infinity
        if (away === 'stored') {
          void source.bring?.(done, Math.min(until, same))
          return false
        }
        if (away === 'dropped') {
          begin(done)
          done = same
          // What comes after it begins a row.
          last = LF
          continue
        }
        const piece = source.text(done, Math.min(until, done + PIECE_LENGTH, same))
        if (piece === '') break
        for (let i = 0; i < piece.length; i++) {
          const code = piece.charCodeAt(i)
          const at = done + i
          const afterLine = at > 0 && (last === LF || (last === CR && code !== LF))
          const full = at - rowStart >= columns && code !== LF && code !== CR && !isLowSurrogate(code)
          if (at === 0 || afterLine || full) begin(at)
          last = code
        }
        done += piece.length
      }
      return done >= source.textLength
    },
  }
}

/** The second half of a character beyond U+FFFF: no row may begin with it. */
function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}

/** A text that is all there. */
export function toTextSource(text: string): TextSource {
  return { textLength: text.length, text: (from, to) => text.slice(from, to) }
}
