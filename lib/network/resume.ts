import { createSseParser } from '../framing/sse.ts'
import type { Resume } from '../protocol.ts'

/** What the text of an event stream told the browser for its next attempt. */
export function toResume(text: string): Resume {
  let retryMs: number | null = null
  let lastEventId: string | null = null
  const parser = createSseParser(({ kind, from, to, idFrom, idTo }) => {
    if (kind === 'retry') retryMs = Number(text.slice(from, to))
    // A block sets its id whether it has data or not, but only when it is complete.
    if ((kind === 'event' || kind === 'no-data') && idFrom > 0) lastEventId = text.slice(idFrom, idTo)
  })
  parser.feed(text, 0)
  parser.end(0)
  return { retryMs, lastEventId }
}
