import { t } from '../../i18n/translate.ts'
import { toDurationWords } from '../../endings/words.ts'
import { counted, responseHeader } from '../facts.ts'
import { atResponseHeader, toProof } from '../finding.ts'
import type { Rule } from '../finding.ts'

/** So many chunks over so long a time show that the compressor is flushed. */
const FLUSHED_CHUNKS = 3
const FLUSHED_MS = 200

/** It works only as long as the compressor is flushed after each event. */
export const compressedStream: Rule = {
  name: 'compressed-stream',
  watch: () => ({
    judge(connection) {
      const { framing, eventCount, chunks, firstByteAtMs, lastByteAtMs } = connection
      const encoding = responseHeader(connection, 'content-encoding')
      if (encoding === null || /^(?:identity)?$/i.test(encoding) || framing === 'text' || eventCount < 2) return null
      const spanMs = (lastByteAtMs ?? 0) - (firstByteAtMs ?? 0)
      const isFlushed = chunks.length >= FLUSHED_CHUNKS && spanMs >= FLUSHED_MS
      return {
        rule: compressedStream.name,
        severity: 'hint',
        title: t('Compressed stream'),
        sentence: t(
          isFlushed
            ? 'The stream is compressed ({encoding}). That works only while the compressor is flushed after each event, which it seems to be; one change on the way, and events come late.'
            : 'The stream is compressed ({encoding}). That works only while the compressor is flushed after each event; one change on the way, and events come late.',
          { encoding },
        ),
        evidence: [
          toProof(`Content-Encoding: ${encoding}`, atResponseHeader('content-encoding')),
          ...(isFlushed
            ? [
                toProof(
                  counted(chunks.length, '{n} chunk came over {time}', '{n} chunks came over {time}', {
                    time: toDurationWords(spanMs),
                  }),
                ),
              ]
            : []),
        ],
        advice: [t('Events are short: send them uncompressed, with `Cache-Control: no-transform`.')],
      }
    },
  }),
}
