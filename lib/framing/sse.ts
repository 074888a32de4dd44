/** The event stream format, HTML standard section 9.2.6: entries come exactly where a browser dispatches. */
import type { Emit, FramingParser } from './framing.ts'
import { createLineSplitter } from './lines.ts'

const COLON = 58
const SPACE = 32
const FIELD_START = /^(?:data|event|id|retry)?(?::|$)/

/**
 * Events where a browser would dispatch them; also comments, valid `retry` fields and blocks without data. A comment or
 * `retry` makes no block of its own. A last block without its blank line is a tail.
 */
export function createSseParser(emit: Emit): FramingParser {
  let blockFrom = -1
  let blockTo = 0
  let hasData = false
  let type = ''
  let idFrom = 0
  let idTo = 0
  /** After a gap, until it is clear where a block begins. */
  let unsure = false
  let fragment = false

  function startBlock(from: number, to: number): void {
    if (blockFrom === -1) blockFrom = from
    blockTo = to
  }

  function resetBlock(): void {
    blockFrom = -1
    hasData = false
    type = ''
    fragment = false
  }

  function emitTail(chunk: number): void {
    emit({ kind: 'tail', type: '', from: blockFrom, to: blockTo, idFrom: 0, idTo: 0, chunk })
    resetBlock()
  }

  function endBlock(chunk: number): void {
    if (blockFrom === -1) return
    if (fragment) return emitTail(chunk)
    const kind = hasData ? 'event' : 'no-data'
    emit({ kind, type: hasData ? type || 'message' : '', from: blockFrom, to: blockTo, idFrom, idTo, chunk })
    resetBlock()
  }

  function takeLine(line: string, from: number, to: number, chunk: number): void {
    if (unsure) {
      unsure = false
      fragment = !FIELD_START.test(line)
    }
    if (from === to) return endBlock(chunk)
    if (fragment) return startBlock(from, to)
    const colon = line.indexOf(':')
    const valueAt = colon === -1 ? line.length : colon + (line.charCodeAt(colon + 1) === SPACE ? 2 : 1)
    if (colon === 0) {
      emit({ kind: 'comment', type: '', from: from + valueAt, to, idFrom: 0, idTo: 0, chunk })
      return
    }
    const name = colon === -1 ? line : line.slice(0, colon)
    if (name === 'retry' && /^[0-9]+$/.test(line.slice(valueAt))) {
      emit({ kind: 'retry', type: '', from: from + valueAt, to, idFrom: 0, idTo: 0, chunk })
      return
    }
    startBlock(from, to)
    if (name === 'data') {
      hasData = true
    } else if (name === 'event') {
      type = line.slice(valueAt)
    } else if (name === 'id' && !line.includes('\0', valueAt)) {
      idFrom = from + valueAt
      idTo = to
    }
  }

  const lines = createLineSplitter(takeLine, { loneCr: true })

  function flush(chunk: number): void {
    const rest = lines.takeRest()
    // An unfinished comment dispatches nothing either way; calling it a tail would make a cut heartbeat look like loss.
    if (rest !== null && rest.line.charCodeAt(0) === COLON) takeLine(rest.line, rest.from, rest.to, chunk)
    else if (rest !== null) startBlock(rest.from, rest.to)
    if (blockFrom !== -1) emitTail(chunk)
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

/** The data buffer of a block's text: the values of its `data` fields, joined by LF. */
export function toSseData(block: string): string {
  const values: string[] = []
  for (const line of block.split(/\r\n|\r|\n/)) {
    if (line === 'data') values.push('')
    else if (line.startsWith('data:')) values.push(line.slice(line.charCodeAt(5) === SPACE ? 6 : 5))
  }
  return values.join('\n')
}
