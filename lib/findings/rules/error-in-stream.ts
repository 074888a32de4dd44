import { turnOf } from '../chat.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Rule } from '../finding.ts'

/** The stream itself carried an error, whatever the HTTP status. */
export const errorInStream: Rule = {
  name: 'error-in-stream',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const { errors } = read.turn
      if (errors.length === 0) return null
      const status = connection.head?.status ?? 0
      return {
        rule: errorInStream.name,
        severity: 'problem',
        title: 'Error inside the stream',
        sentence: `The stream carried an error${status >= 200 && status < 300 ? `, after the HTTP status ${status} had said that all is well` : ''}.`,
        evidence: errors
          .slice(0, 5)
          .map(({ text, code, event }) => toProof(code === '' ? text : `${code}: ${text}`, atEvent(event))),
        advice: ['Handle errors among the events as well: the status of a stream is sent before the answer is made.'],
      }
    },
  }),
}
