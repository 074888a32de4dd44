import { FORMATS } from '../../lib/formats/formats.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { FormatMatch } from '../../lib/session/types.ts'

/** A format's name for people. What the user called a rule is nobody's to translate. */
export function formatLabel({ name, label }: Pick<FormatMatch, 'name' | 'label'>): string {
  return FORMATS.some((format) => format.name === name) ? t(label) : label
}
