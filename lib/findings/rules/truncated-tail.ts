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
        title: onlyBlankLine ? 'Last event not closed' : 'Cut off at the end',
        sentence: onlyBlankLine
          ? 'The server closed the stream without the blank line that ends an event. Browsers throw the last block away.'
          : `The server closed the stream in the middle of ${framing === 'sse' ? 'a block' : 'a value'}. Browsers throw ${framing === 'sse' ? 'an unfinished block' : 'what cannot be read'} away.`,
        evidence: [toProof(`What was left: ${quote(last.data)}`, atEvent(last.index))],
        advice: onlyBlankLine
          ? ['Write `\\n\\n` after every event, also after the last one, before the connection is closed.']
          : [
              'Look at the server for an error or a time limit that ends the answer early (a function limit, a worker that is killed, an exception while writing).',
            ],
      }
    },
  }),
}

function endsLine({ chunks }: Connection): boolean {
  return /[\r\n]$/.test(chunks.text(chunks.textLength - 1))
}
