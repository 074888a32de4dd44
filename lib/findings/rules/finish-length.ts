import { finishProofs, turnOf } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** The answer stopped because it had become as long as it may. */
export const finishLength: Rule = {
  name: 'finish-length',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const evidence = finishProofs(read.turn.messages, 'length')
      if (evidence.length === 0) return null
      return {
        rule: finishLength.name,
        severity: 'warning',
        title: 'Cut at the token limit',
        sentence: 'The answer is not whole: it stopped at the limit of tokens.',
        evidence,
        advice: [
          'Raise the limit of output tokens in the request, ask for less, or let the answer be continued.',
          'With reasoning models the limit counts the reasoning, too.',
        ],
      }
    },
  }),
}
