import { t } from '../../i18n/translate.ts'
import { finishRule } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** The provider stopped the answer because of what was in it. */
export const contentFilter: Rule = finishRule('content-filter', 'filter', () => ({
  severity: 'warning',
  title: t('Stopped by a content filter'),
  sentence: t('The provider ended the answer because of its content.'),
  advice: [t('Tell the user so, and do not show the part that came as an answer.')],
}))
