import { t } from '../../i18n/translate.ts'
import { problemRule } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** The numbers that the server gives its events have gaps or repeats. */
export const sequenceGap: Rule = problemRule('sequence-gap', ['sequence-gap', 'sequence-repeat'], () => ({
  severity: 'problem',
  title: t('Events missing or repeated'),
  sentence: t('The numbers in the events are not in order: events were lost, or sent again.'),
  advice: [
    t(
      'Look at what passes the events on: a buffer that drops, a retry that sends again, two workers that write one stream.',
    ),
  ],
}))
