import { msg, t } from '../../i18n/translate.ts'
import { chatRule } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** Formats whose streams say how many tokens were used, and what has to be asked for that. */
const ASKING: Readonly<Record<string, string>> = {
  'openai-chat': msg('Ask for it in the request: `"stream_options": {"include_usage": true}`.'),
  'openai-responses': msg('Pass the usage in `response.completed` on.'),
  'anthropic-messages': msg('Pass the usage in `message_start` and `message_delta` on.'),
  gemini: msg('Pass `usageMetadata` on.'),
}

/** The whole answer came, but not what it cost. */
export const usageMissing: Rule = chatRule('usage-missing', ({ turn, format, ended }) => {
  const advice = ASKING[format.name]
  if (advice === undefined || !ended || turn.endedAt === null || turn.usage !== null) return null
  if (turn.errors.length > 0 || turn.messages.length === 0) return null
  return {
    severity: 'hint',
    title: t('No usage'),
    sentence: t('The stream does not say how many tokens were used. The figures in the Message tab are estimates.'),
    evidence: [],
    advice: [t(advice)],
  }
})
