import { t } from '../../i18n/translate.ts'
import { problemRule } from '../chat.ts'
import type { Rule } from '../finding.ts'

/** Every piece of text comes twice. */
export const duplicateDeltas: Rule = problemRule('duplicate-deltas', ['duplicate-delta'], () => ({
  severity: 'problem',
  title: t('Text comes twice'),
  sentence: t('Each piece of text comes two times in a row.'),
  advice: [t('Look for two listeners or two workers that write to the same stream.')],
}))
