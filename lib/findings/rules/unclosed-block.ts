import { t } from '../../i18n/translate.ts'
import { problemRule } from '../chat.ts'
import { counted } from '../facts.ts'
import type { Rule } from '../finding.ts'

/** Parts that were begun and not ended, or went on without having been begun. */
export const unclosedBlock: Rule = problemRule(
  'unclosed-block',
  ['unclosed-block', 'delta-without-block'],
  (count, { format }) => ({
    severity: 'problem',
    title: t('Blocks not in order'),
    sentence: counted(
      count,
      '{n} part of the answer was not begun or not ended as {format} says.',
      '{n} parts of the answer were not begun or not ended as {format} says.',
      { format: format.label },
    ),
    advice: [
      t('Where your server writes these events, write the start of a block before its deltas and its end after them.'),
      t('Where it passes them on, look for events that get lost on the way.'),
    ],
  }),
)
