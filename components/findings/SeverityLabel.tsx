import type { Severity } from '../../lib/findings/finding.ts'
import { Icon, type IconName } from '../parts/Icon.tsx'

export function lookOfSeverity(severity: Severity): readonly [word: string, icon: IconName, tone: string] {
  switch (severity) {
    case 'problem':
      return ['Problem', 'cross', 'bad']
    case 'warning':
      return ['Warning', 'partial', 'warn']
    case 'hint':
      return ['Hint', 'info', 'neutral']
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
      {word}
    </span>
  )
}
