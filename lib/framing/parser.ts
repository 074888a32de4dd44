import type { EntryKind } from '../session/types.ts'
import type { Emit, Framing, FramingParser } from './framing.ts'
import { createJsonSeqParser } from './json-seq.ts'
import { createNdjsonParser } from './ndjson.ts'
import { createSseParser, toSseData } from './sse.ts'
import { createTextParser } from './text.ts'

/** The incremental parser of a framing. */
export function createFramingParser(framing: Framing, emit: Emit): FramingParser {
  switch (framing) {
    case 'sse':
      return createSseParser(emit)
    case 'ndjson':
      return createNdjsonParser(emit)
    case 'json-seq':
      return createJsonSeqParser(emit)
    case 'text':
      return createTextParser(emit)
    default:
      return framing satisfies never
  }
}

/** What to show of an entry: event data, comment text, retry value, or the text itself. `text` is the entry's range. */
export function toData(framing: Framing, kind: EntryKind, text: string): string {
  return framing === 'sse' && kind === 'event' ? toSseData(text) : text
}
