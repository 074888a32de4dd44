/** The event stream format, HTML standard section 9.2.6: entries come exactly where a browser dispatches. */
import type { EntryKind } from '../session/types.ts'
import type { Emit, FramingParser } from './framing.ts'
import { createLineSplitter } from './lines.ts'

const COLON = 58
const SPACE = 32
const FIELD_START = /^(?:data|event|id|retry)?(?::|$)/

/**
 * Events where a browser would dispatch them; also comments, valid `retry` fields, blocks without data, and lines that
 * browsers ignore. Comments, `retry` and ignored lines make no block of their own. A last block without its blank line
 * is a tail.
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

  /** What is neither event nor block. */
  function emitText(kind: EntryKind, from: number, to: number, chunk: number): void {
    emit({ kind, type: '', from, to, idFrom: 0, idTo: 0, chunk })
  }

  function emitTail(chunk: number): void {
    emitText('tail', blockFrom, blockTo, chunk)
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
    if (colon === 0) return emitText('comment', from + valueAt, to, chunk)
    const name = colon === -1 ? line : line.slice(0, colon)
    if (name === 'data') {
      hasData = true
    } else if (name === 'event') {
      type = line.slice(valueAt)
    } else if (name === 'id' && !line.includes('\0', valueAt)) {
      idFrom = from + valueAt
      idTo = to
    } else if (name === 'retry' && /^[0-9]+$/.test(line.slice(valueAt))) {
      return emitText('retry', from + valueAt, to, chunk)
    } else {
      return emitText('ignored', from, to, chunk)
    }
    startBlock(from, to)
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
  // Asked for a million blocks at a time: lines are not cut out, and an expression is looked for only where there is a CR.
  const text = block.includes('\r') ? block.replaceAll(/\r\n?/g, '\n') : block
  let data: string | null = null
  for (let from = 0, to = 0; from <= text.length; from = to + 1) {
    const end = text.indexOf('\n', from)
    to = end === -1 ? text.length : end
    if (!text.startsWith('data', from)) continue
    const colon = from + 4
    if (colon < to && text.charCodeAt(colon) !== COLON) continue
    const valueAt = Math.min(to, text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1)
    const value = text.slice(valueAt, to)
    data = data === null ? value : `${data}\n${value}`
  }
  return data ?? ''
}
