import { problemsOf, toProofs, turnOf } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** Every piece of text comes twice. */
export const duplicateDeltas: Rule = {
  name: 'duplicate-deltas',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const problems = problemsOf(read, 'duplicate-delta')
      if (problems.length === 0) return null
      return {
        rule: duplicateDeltas.name,
        severity: 'problem',
        title: 'Text comes twice',
        sentence: `Each piece of text comes two times in a row.`,
        evidence: toProofs(problems),
        advice: [`Look for two listeners or two workers that write to the same stream.`],
      }
    },
  }),
}
