import { problemsOf, toProofs, turnOf } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** The numbers that the server gives its events have gaps or repeats. */
export const sequenceGap: Rule = {
  name: 'sequence-gap',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const problems = problemsOf(read, 'sequence-gap', 'sequence-repeat')
      if (problems.length === 0) return null
      return {
        rule: sequenceGap.name,
        severity: 'problem',
        title: 'Events missing or repeated',
        sentence: `The numbers in the events are not in order: events were lost, or sent again.`,
        evidence: toProofs(problems),
        advice: [
          `Look at what passes the events on: a buffer that drops, a retry that sends again, two workers that write one stream.`,
        ],
      }
    },
  }),
}
