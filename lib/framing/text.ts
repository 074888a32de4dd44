import { toPlainEntry } from './framing.ts'
import type { Emit, FramingParser } from './framing.ts'

/** Text without any framing we know: every chunk is an event, as that is all that can be told of its rhythm. */
export function createTextParser(emit: Emit): FramingParser {
  let offset = 0
  return {
    feed(text, chunk) {
      const from = offset === 0 && text.startsWith('\ufeff') ? 1 : 0
      if (text.length > from) emit(toPlainEntry('event', offset + from, offset + text.length, chunk))
      offset += text.length
    },
    gap() {},
    end() {},
  }
}
