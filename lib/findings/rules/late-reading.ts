import { t } from '../../i18n/translate.ts'
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
    title: t('The page reads late'),
    sentence: counted(
      unread.count,
      '{events} came to the page in {n} burst, each after a silence in which the page had not asked for more. The bytes may have been there all the time.',
      '{events} came to the page in {n} bursts, each after a silence in which the page had not asked for more. The bytes may have been there all the time.',
      { events: counted(unread.eventCount, '{n} event', '{n} events') },
    ),
    evidence: [
      ...unread.largest.map((burst) =>
        toProof(
          counted(
            burst.eventCount,
            '{n} event together after {time} of silence',
            '{n} events together after {time} of silence',
            { time: toDurationWords(burst.silenceMs) },
          ),
          atEvent(burst.firstIndex),
        ),
      ),
      toProof(
        counted(
          pauses.length,
          "{n} pause in the page's reading, of half a second or longer",
          "{n} pauses in the page's reading, of half a second or longer",
        ),
      ),
    ],
    advice: [
      t(
        'Call `read()` again at once, and do what takes time (rendering, awaiting other requests) beside the reading loop.',
      ),
      t(
        'In a `for await` loop, the body of the loop must be done before the next chunk is read: put chunks into a queue there.',
      ),
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
    title: t('The page waits for the whole body'),
    sentence: counted(
      eventCount,
      'The page reads by {readBy}, which gives nothing before the end. {n} event came in {chunks} chunks over {time}; the page got them all at the end.',
      'The page reads by {readBy}, which gives nothing before the end. {n} events came in {chunks} chunks over {time}; the page got them all at the end.',
      { readBy, chunks: toFigure(chunks.length), time: toDurationWords(durationMs) },
    ),
    evidence: [
      toProof(
        t('The first event came {time} after the call', {
          time: toDurationWords((connection.firstEventAtMs ?? 0) - connection.open.atMs),
        }),
        atEvent(0),
      ),
      toProof(t('The page reads by {readBy}', { readBy })),
    ],
    advice: [
      t(
        'Read `response.body` chunk by chunk: `for await (const chunk of response.body.pipeThrough(new TextDecoderStream()))`.',
      ),
    ],
  }
}
