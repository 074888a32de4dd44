import { t } from '../../i18n/translate.ts'
import { problemRule } from '../chat.ts'
import { counted } from '../facts.ts'
import type { Rule } from '../finding.ts'

/** Arguments of a tool call that are not JSON, though they are whole. */
export const toolArguments: Rule = problemRule('tool-arguments', ['tool-arguments-not-json'], (count) => ({
  severity: 'problem',
  title: t('Tool arguments are not JSON'),
  sentence: counted(
    count,
    'The arguments of {n} tool call are over and are not JSON: the tool cannot be called.',
    'The arguments of {n} tool calls are over and are not JSON: the tool cannot be called.',
  ),
  advice: [t('Look whether the answer was cut by the token limit, or whether deltas were lost or came twice.')],
}))
