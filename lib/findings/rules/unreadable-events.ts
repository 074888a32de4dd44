import { problemsOf, toProofs, turnOf } from '../chat.ts'
import { counted } from '../facts.ts'
import type { Rule } from '../finding.ts'

/** Events that are not what the format says. */
export const unreadableEvents: Rule = {
  name: 'unreadable-events',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const problems = problemsOf(read, 'not-json', 'unexpected-shape', 'event-after-end')
      if (problems.length === 0) return null
      return {
        rule: unreadableEvents.name,
        severity: 'warning',
        title: 'Events that the format does not allow',
        sentence: `${counted(problems.length, 'event')} cannot be read as ${read.format.label}.`,
        evidence: toProofs(problems),
        advice: [
          `Clients may fail at such an event or pass over it: send only what the format knows, and heartbeats as comments.`,
        ],
      }
    },
  }),
}
