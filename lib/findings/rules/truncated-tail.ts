import { t } from '../../i18n/translate.ts'
import { quote } from '../../endings/words.ts'
import type { Connection } from '../../session/types.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Rule } from '../finding.ts'

/** The server closed in order, but the text stops inside an event, which is therefore lost. */
export const truncatedTail: Rule = {
  name: 'truncated-tail',
  watch: () => ({
    judge(connection) {
      const { entries, end, framing } = connection
      const last = entries.length === 0 ? null : entries.at(entries.length - 1)
      if (end?.how !== 'done' || last?.kind !== 'tail') return null
      const onlyBlankLine = framing === 'sse' && endsLine(connection)
      return {
        rule: truncatedTail.name,
        severity: 'problem',
        title: onlyBlankLine ? t('Last event not closed') : t('Cut off at the end'),
        sentence: onlyBlankLine
          ? t(
              'The server closed the stream without the blank line that ends an event. Browsers throw the last block away.',
            )
          : framing === 'sse'
            ? t('The server closed the stream in the middle of a block. Browsers throw an unfinished block away.')
            : t('The server closed the stream in the middle of a value. Browsers throw what cannot be read away.'),
        evidence: [toProof(t('What was left: {text}', { text: quote(last.data) }), atEvent(last.index))],
        advice: onlyBlankLine
          ? [t('Write `\\n\\n` after every event, also after the last one, before the connection is closed.')]
          : [
              t(
                'Look at the server for an error or a time limit that ends the answer early (a function limit, a worker that is killed, an exception while writing).',
              ),
            ],
      }
    },
  }),
}

function endsLine({ chunks }: Connection): boolean {
  return /[\r\n]$/.test(chunks.text(chunks.textLength - 1))
}
