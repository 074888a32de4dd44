const LF = 10
const CR = 13
const BOM = 0xfeff

/** A line without its terminator. `from` and `to` count UTF-16 units of the whole text; `to` is exclusive. */
export type OnLine = (line: string, from: number, to: number, chunk: number) => void

export interface LineSplitter {
  feed(text: string, chunk: number): void
  /** Takes out the unfinished line, if there is one; the text goes on after it. */
  takeRest(): { readonly line: string; readonly from: number; readonly to: number } | null
}

/**
 * Cuts text into lines at LF and CRLF, and at a lone CR where `loneCr` is set, as the event stream format asks
 * (HTML standard, 9.2.5). A CR ends its line at once: an LF that the next chunk starts with belongs to it.
 * One BOM at the very start is left out. Parts of a long line are kept as they came and joined once.
 */
export function createLineSplitter(onLine: OnLine, { loneCr }: { loneCr: boolean }): LineSplitter {
  let parts: string[] = []
  let lineFrom = 0
  let offset = 0
  let skipLf = false

  function find(text: string, mark: string, from: number): number {
    const at = text.indexOf(mark, from)
    return at === -1 ? text.length : at
  }

  function join(last: string): string {
    if (parts.length === 0) return last
    parts.push(last)
    const line = parts.join('')
    parts = []
    return line
  }

  return {
    feed(text, chunk) {
      if (text === '') return
      let start = 0
      if (offset === 0 && text.charCodeAt(0) === BOM) start = 1
      if (skipLf && text.charCodeAt(0) === LF) start = 1
      skipLf = false
      if (start === 1) lineFrom = offset + 1

      // Each mark is searched again only once passed, so a text without CR is looked through for CR once.
      let cr = loneCr ? find(text, '\r', start) : text.length
      let lf = find(text, '\n', start)
      for (let stop = Math.min(cr, lf); stop < text.length; stop = Math.min(cr, lf)) {
        let next = stop + 1
        if (text.charCodeAt(stop) === CR) {
          if (next === text.length) skipLf = true
          else if (text.charCodeAt(next) === LF) next += 1
        }
        onLine(join(text.slice(start, stop)), lineFrom, offset + stop, chunk)
        start = next
        lineFrom = offset + next
        if (cr < next) cr = find(text, '\r', next)
        if (lf < next) lf = find(text, '\n', next)
      }
      if (start < text.length) parts.push(text.slice(start))
      offset += text.length
    },
    takeRest() {
      const from = lineFrom
      lineFrom = offset
      skipLf = false
      return parts.length === 0 ? null : { line: join(''), from, to: offset }
    },
  }
}
