import { t } from '../../i18n/translate.ts'
import { toDurationWords } from '../../endings/words.ts'
import { toProof } from '../finding.ts'
import type { Rule } from '../finding.ts'

/** A page that reads a body does so at once, or as soon as something else is done. */
const LEAST_MS = 5000

/** The answer came, and the page does nothing with its body. */
export const bodyNeverRead: Rule = {
  name: 'body-never-read',
  watch: () => ({
    judge(connection, { nowMs }) {
      const { head, transport, alive, ending, notes, chunks, demand } = connection
      if (transport !== 'fetch' || head === null || chunks.length > 0 || demand?.pending === true) return null
      if (!alive && ending?.verdict !== 'page gone') return null
      const isRead = notes.some(({ note }) => note === 'read-by' || note === 'unseen-consumer')
      const sinceMs = nowMs - head.atMs
      if (isRead || sinceMs < LEAST_MS) return null
      return {
        rule: bodyNeverRead.name,
        // Many pages look at a bad status only.
        severity: head.status >= 400 ? 'hint' : 'warning',
        title: t('Body never read'),
        sentence: t(
          alive
            ? 'The answer ({status}) came {time} ago, and the page has not begun to read its body. The connection stays open, and the server has to wait or to keep what it sends.'
            : 'The answer ({status}) came {time} before the end, and the page has not begun to read its body. The connection stays open, and the server has to wait or to keep what it sends.',
          { status: head.status, time: toDurationWords(sinceMs) },
        ),
        evidence: [toProof(t('No reader was taken, and neither text() nor its like was called'))],
        advice: [
          t('Read the body, or let go of it: `response.body.cancel()`, or abort the request.'),
          t('Over HTTP/1.1 it holds one of the six connections to the host.'),
        ],
      }
    },
  }),
}
