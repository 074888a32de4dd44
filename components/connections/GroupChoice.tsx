import { t } from '../../lib/i18n/translate.ts'
import type { Grouping } from '../../lib/layout.ts'
import { GROUPINGS } from './groups.ts'

interface GroupChoiceProps {
  readonly grouping: Grouping
  readonly onChoose: (grouping: Grouping) => void
}

/** What the list is grouped by. */
export function GroupChoice({ grouping, onChoose }: GroupChoiceProps) {
  return (
    <select
      class={grouping === 'none' ? 'state-filter group-choice' : 'state-filter group-choice is-set'}
      aria-label={t('Group connections')}
      title={t('Group connections by the frame they belong to, or by their URL without the query')}
      onChange={(event) => onChoose(GROUPINGS[event.currentTarget.selectedIndex]?.[0] ?? 'none')}
    >
      {GROUPINGS.map(([value, name]) => (
        <option key={value} value={value} selected={value === grouping}>
          {t(name)}
        </option>
      ))}
    </select>
  )
}
