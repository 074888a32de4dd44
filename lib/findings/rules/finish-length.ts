import { t } from '../../i18n/translate.ts'
import { finishRule } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** The answer stopped because it had become as long as it may. */
export const finishLength: Rule = finishRule('finish-length', 'length', () => ({
  severity: 'warning',
  title: t('Cut at the token limit'),
  sentence: t('The answer is not whole: it stopped at the limit of tokens.'),
  advice: [
    t('Raise the limit of output tokens in the request, ask for less, or let the answer be continued.'),
    t('With reasoning models the limit counts the reasoning, too.'),
  ],
}))
