import { finishProofs, turnOf } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** The provider stopped the answer because of what was in it. */
export const contentFilter: Rule = {
  name: 'content-filter',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const evidence = finishProofs(read.turn.messages, 'filter')
      if (evidence.length === 0) return null
      return {
        rule: contentFilter.name,
        severity: 'warning',
        title: 'Stopped by a content filter',
        sentence: 'The provider ended the answer because of its content.',
        evidence,
        advice: ['Tell the user so, and do not show the part that came as an answer.'],
      }
    },
  }),
}
