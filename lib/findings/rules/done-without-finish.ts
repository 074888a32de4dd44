import { t } from '../../i18n/translate.ts'
import { problemRule } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** The terminal event came, but no reason why the answer stopped. */
export const doneWithoutFinish: Rule = problemRule('done-without-finish', ['done-without-finish'], () => ({
  severity: 'warning',
  title: t('No finish reason'),
  sentence: t('The stream said that it is over, but not why the answer stopped.'),
  advice: [
    t(
      'Pass the last event of the answer on with its finish reason: a client cannot tell a whole answer from a cut one without it.',
    ),
  ],
}))
