import { problemsOf, toProofs, turnOf } from '../chat.ts'
import { counted } from '../facts.ts'
import type { Rule } from '../finding.ts'

/** Parts that were begun and not ended, or went on without having been begun. */
export const unclosedBlock: Rule = {
  name: 'unclosed-block',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const problems = problemsOf(read, 'unclosed-block', 'delta-without-block')
      if (problems.length === 0) return null
      return {
        rule: unclosedBlock.name,
        severity: 'problem',
        title: 'Blocks not in order',
        sentence: `${counted(problems.length, 'part')} of the answer ${problems.length === 1 ? 'was' : 'were'} not begun or not ended as ${read.format.label} says.`,
        evidence: toProofs(problems),
        advice: [
          `Where your server writes these events, write the start of a block before its deltas and its end after them.`,
          `Where it passes them on, look for events that get lost on the way.`,
        ],
      }
    },
  }),
}
