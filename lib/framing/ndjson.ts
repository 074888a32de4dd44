import { isJson, toPlainEntry } from './framing.ts'
import type { Emit, FramingParser } from './framing.ts'
import { createLineSplitter } from './lines.ts'

/**
 * JSON lines: every line that is not blank is an event, JSON or not. A last line without LF is an event if it is
 * JSON, else a tail. A lone CR is white space within JSON (RFC 8259, section 2), so it ends no line.
 */
export function createNdjsonParser(emit: Emit): FramingParser {
  let unsure = false

  function emitLine(line: string, from: number, to: number, chunk: number, whole: boolean): void {
    if (line.trim() === '') return
    const end = line.endsWith('\r') ? to - 1 : to
    emit(toPlainEntry(whole || isJson(line) ? 'event' : 'tail', from, end, chunk))
  }

  const lines = createLineSplitter(
    (line, from, to, chunk) => {
      emitLine(line, from, to, chunk, !unsure)
      unsure = false
    },
    { loneCr: false },
  )

  function flush(chunk: number): void {
    const rest = lines.takeRest()
    if (rest !== null) emitLine(rest.line, rest.from, rest.to, chunk, false)
  }

  return {
    feed: lines.feed,
    gap(chunk) {
      flush(chunk)
      unsure = true
    },
    end: flush,
  }
}
