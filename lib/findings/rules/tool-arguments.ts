import { problemsOf, toProofs, turnOf } from '../chat.ts'
import { counted } from '../facts.ts'
import type { Rule } from '../finding.ts'

/** Arguments of a tool call that are not JSON, though they are whole. */
export const toolArguments: Rule = {
  name: 'tool-arguments',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const problems = problemsOf(read, 'tool-arguments-not-json')
      if (problems.length === 0) return null
      return {
        rule: toolArguments.name,
        severity: 'problem',
        title: 'Tool arguments are not JSON',
        sentence: `The arguments of ${counted(problems.length, 'tool call')} are over and are not JSON: the tool cannot be called.`,
        evidence: toProofs(problems),
        advice: [`Look whether the answer was cut by the token limit, or whether deltas were lost or came twice.`],
      }
    },
  }),
}
