import { problemsOf, toProofs, turnOf } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** The server closed in order, but the event by which the format says that it is over never came. */
export const missingTerminalEvent: Rule = {
  name: 'missing-terminal-event',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const problems = problemsOf(read, 'missing-terminal')
      if (problems.length === 0) return null
      const { messages } = read.turn
      const isFinished = messages.length > 0 && messages.every(({ finish }) => finish !== null)
      return {
        rule: missingTerminalEvent.name,
        severity: isFinished ? 'warning' : 'problem',
        title: 'Terminal event missing',
        sentence: `The server closed the stream, but the event that ends ${read.format.label} did not come${isFinished ? ', though the answer has its finish reason' : ': the answer may be cut off'}.`,
        evidence: toProofs(problems),
        advice: [
          'Look at the server, and at what is between it and the page, for a time limit or an error that closes the answer early.',
          'Where your own server passes the stream on, pass its last event on, too.',
        ],
      }
    },
  }),
}
