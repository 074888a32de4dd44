import { t } from '../../lib/i18n/translate.ts'
import type { Compared } from './compared.ts'
import { toShortName } from './compared.ts'
import type { CompareState } from './compare-state.ts'

interface PairSelectProps {
  readonly compared: Compared
  readonly state: CompareState
}

/** Whose contents are compared, where there are more than two. */
export function PairSelect({ compared, state }: PairSelectProps) {
  const { base, others, other } = compared
  if (others.length === 1) {
    return (
      <span class="compare-pair">
        {t('{first} and {second}', { first: toShortName(base), second: toShortName(other) })}
      </span>
    )
  }
  return (
    <label class="compare-pair">
      {t('{first} and', { first: toShortName(base) })}
      <select
        class="view-select"
        aria-label={t('Compared with {first}', { first: toShortName(base) })}
        value={other.key}
        onChange={(event) => (state.otherKey.value = event.currentTarget.value)}
      >
        {others.map((one) => (
          <option key={one.key} value={one.key} selected={one === other}>
            {toShortName(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
