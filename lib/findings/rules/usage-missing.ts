import { turnOf } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** Formats whose streams say how many tokens were used, and what has to be asked for that. */
const ASKING: Readonly<Record<string, string>> = {
  'openai-chat': 'Ask for it in the request: `"stream_options": {"include_usage": true}`.',
  'openai-responses': 'Pass the usage in `response.completed` on.',
  'anthropic-messages': 'Pass the usage in `message_start` and `message_delta` on.',
  gemini: 'Pass `usageMetadata` on.',
}

/** The whole answer came, but not what it cost. */
export const usageMissing: Rule = {
  name: 'usage-missing',
  watch: () => ({
    judge(connection) {
      const read = turnOf(connection)
      if (read === null) return null
      const { turn, format, ended } = read
      const advice = ASKING[format.name]
      if (advice === undefined || !ended || turn.endedAt === null || turn.usage !== null) return null
      if (turn.errors.length > 0 || turn.messages.length === 0) return null
      return {
        rule: usageMissing.name,
        severity: 'hint',
        title: 'No usage',
        sentence: 'The stream does not say how many tokens were used. The figures in the Message tab are estimates.',
        evidence: [],
        advice: [advice],
      }
    },
  }),
}
