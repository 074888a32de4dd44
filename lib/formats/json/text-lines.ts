/** Lines of a stream whose events are chunks of text, cut anywhere. */
export interface TextLines {
  /** Calls `take` for every line that the text completes. */
  feed(text: string): void
  /** What is left without a line end; empty if nothing is. */
  takeRest(): string
}

export function createTextLines(take: (line: string) => void): TextLines {
  let rest: string[] = []
  return {
    feed(text) {
      let from = 0
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
        rest.push(text.slice(from, end))
        take(rest.join(''))
        rest = []
        from = end + 1
      }
      if (from < text.length) rest.push(text.slice(from))
    },
    takeRest() {
      const line = rest.join('')
      rest = []
      return line
    },
  }
}
