import { t } from '../../i18n/translate.ts'
import { chatRule } from '../chat.ts'
import { atEvent, toProof } from '../finding.ts'
import type { Rule } from '../finding.ts'

/** There is reasoning, and then nothing. */
export const reasoningWithoutAnswer: Rule = chatRule('reasoning-without-answer', ({ turn, ended }) => {
  const parts = turn.messages.flatMap((message) => message.parts)
  const reasoning = parts.find(({ kind }) => kind === 'reasoning')
  const hasAnswer = parts.some((part) => part.kind !== 'reasoning' && (part.kind !== 'text' || part.text.length > 0))
  if (!ended || reasoning === undefined || hasAnswer || turn.errors.length > 0) return null
  return {
    severity: 'warning',
    title: t('Reasoning without an answer'),
    sentence: t('The model reasoned, and the stream ended without any text, tool call or refusal.'),
    evidence: [toProof(t('The reasoning begins'), atEvent(reasoning.firstEvent))],
    advice: [t('Look at the finish reason: most often the limit of tokens was used up by the reasoning.')],
  }
})
