import type { Severity } from '../../lib/findings/finding.ts'
import { msg, t } from '../../lib/i18n/translate.ts'
import { Icon, type IconName } from '../parts/Icon.tsx'

/** `word` is a message. */
export function lookOfSeverity(severity: Severity): readonly [word: string, icon: IconName, tone: string] {
  switch (severity) {
    case 'problem':
      return [msg('Problem'), 'cross', 'bad']
    case 'warning':
      return [msg('Warning'), 'partial', 'warn']
    case 'hint':
      return [msg('Hint'), 'info', 'neutral']
    default:
      return severity satisfies never
  }
}

/** A severity as icon, word and colour. */
export function SeverityLabel({ severity }: { readonly severity: Severity }) {
  const [word, icon, tone] = lookOfSeverity(severity)
  return (
    <span class={`state tone-${tone}`}>
      <Icon name={icon} />
      {t(word)}
    </span>
  )
}
