import { problemsOf, toProofs, turnOf } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** The terminal event came, but no reason why the answer stopped. */
export const doneWithoutFinish: Rule = {
  name: 'done-without-finish',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const problems = problemsOf(read, 'done-without-finish')
      if (problems.length === 0) return null
      return {
        rule: doneWithoutFinish.name,
        severity: 'warning',
        title: 'No finish reason',
        sentence: `The stream said that it is over, but not why the answer stopped.`,
        evidence: toProofs(problems),
        advice: [
          `Pass the last event of the answer on with its finish reason: a client cannot tell a whole answer from a cut one without it.`,
        ],
      }
    },
  }),
}
