import { toDurationWords } from '../../endings/words.ts'
import type { Connection } from '../../session/types.ts'
import { createBursts } from '../bursts.ts'
import type { BurstTally } from '../bursts.ts'
import { counted, toFigure } from '../facts.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Finding, Rule } from '../finding.ts'

/** One such burst with this many events, or several with as many together, are worth a word. */
const LEAST_EVENTS = 8
/** A body that takes less time than this may well be read in one go. */
const LEAST_DURATION_MS = 1000
/** It came in at least so many pieces while the page waited for all of them. */
const LEAST_CHUNKS = 8

/** The page itself is why its events come together: it does not read while they come, or waits for the whole body. */
export const lateReading: Rule = {
  name: 'late-reading',
  watch() {
    const bursts = createBursts()
    return {
      entry: bursts.entry,
      judge(connection) {
        const { unread } = bursts.figures(connection)
        if (unread.eventCount >= LEAST_EVENTS) return toPauses(connection, unread)
        return toWhole(connection)
      },
    }
  },
}

function toPauses({ pauses }: Connection, unread: BurstTally): Finding {
  return {
    rule: lateReading.name,
    severity: 'warning',
    title: 'The page reads late',
    sentence: `${counted(unread.eventCount, 'event')} came to the page in ${counted(unread.count, 'burst')}, each after a silence in which the page had not asked for more. The bytes may have been there all the time.`,
    evidence: [
      ...unread.largest.map((burst) =>
        toProof(
          `${counted(burst.eventCount, 'event')} together after ${toDurationWords(burst.silenceMs)} of silence`,
          atEvent(burst.firstIndex),
        ),
      ),
      toProof(`${counted(pauses.length, 'pause')} in the page's reading, of half a second or longer`),
    ],
    advice: [
      'Call `read()` again at once, and do what takes time (rendering, awaiting other requests) beside the reading loop.',
      'In a `for await` loop, the body of the loop must be done before the next chunk is read: put chunks into a queue there.',
    ],
  }
}

/** `text()` and its like give nothing until the end, however the body came. */
function toWhole(connection: Connection): Finding | null {
  const { notes, chunks, framing, firstByteAtMs, lastByteAtMs, transport, eventCount } = connection
  const durationMs = (lastByteAtMs ?? 0) - (firstByteAtMs ?? 0)
  if (framing === 'text' || chunks.length < LEAST_CHUNKS || durationMs < LEAST_DURATION_MS) return null
  const readBy = notes.find(({ note, detail }) => note === 'read-by' && /^response\.(?!clone\b)/.test(detail))?.detail
  const isOnlyReader = notes.filter(({ note }) => note === 'read-by').length === 1
  if (transport !== 'fetch' || readBy === undefined || !isOnlyReader) return null
  return {
    rule: lateReading.name,
    severity: 'warning',
    title: 'The page waits for the whole body',
    sentence: `The page reads by ${readBy}, which gives nothing before the end. ${counted(eventCount, 'event')} came in ${toFigure(chunks.length)} chunks over ${toDurationWords(durationMs)}; the page got them all at the end.`,
    evidence: [
      toProof(
        `The first event came ${toDurationWords((connection.firstEventAtMs ?? 0) - connection.open.atMs)} after the call`,
        atEvent(0),
      ),
      toProof(`The page reads by ${readBy}`),
    ],
    advice: [
      'Read `response.body` chunk by chunk: `for await (const chunk of response.body.pipeThrough(new TextDecoderStream()))`.',
    ],
  }
}
