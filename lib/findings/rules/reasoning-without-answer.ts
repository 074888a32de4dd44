import { turnOf } from '../chat.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Rule } from '../finding.ts'

/** There is reasoning, and then nothing. */
export const reasoningWithoutAnswer: Rule = {
  name: 'reasoning-without-answer',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const parts = read.turn.messages.flatMap((message) => message.parts)
      const reasoning = parts.find(({ kind }) => kind === 'reasoning')
      const hasAnswer = parts.some(
        (part) => part.kind !== 'reasoning' && (part.kind !== 'text' || part.text.length > 0),
      )
      if (!read.ended || reasoning === undefined || hasAnswer || read.turn.errors.length > 0) return null
      return {
        rule: reasoningWithoutAnswer.name,
        severity: 'warning',
        title: 'Reasoning without an answer',
        sentence: 'The model reasoned, and the stream ended without any text, tool call or refusal.',
        evidence: [toProof('The reasoning begins', atEvent(reasoning.firstEvent))],
        advice: ['Look at the finish reason: most often the limit of tokens was used up by the reasoning.'],
      }
    },
  }),
}
