import type { ListRow } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import { countStates, groupOf, STATE_GROUPS, type StateChoice } from './state-filter.ts'
import { toStateWord } from '../../lib/endings/state-words.ts'

interface StateFilterProps {
  readonly rows: readonly ListRow[]
  readonly choice: StateChoice
  readonly onChoose: (choice: StateChoice) => void
}

/** Leaves only connections in some states: a group of them, or one. */
export function StateFilter({ rows, choice, onChoose }: StateFilterProps) {
  const counts = countStates(rows)
  const states = [...counts.keys()].flatMap((key) => (isState(key) ? [key] : []))
  // What was chosen stays in the list when the last of its kind has gone on.
  if (isState(choice) && !states.includes(choice)) states.push(choice)
  const option = (value: StateChoice, label: string) => (
    <option key={value} value={value} selected={value === choice}>
      {label} ({counts.get(value) ?? 0})
    </option>
  )
  return (
    <select
      class={choice === 'all' ? 'state-filter' : 'state-filter is-set'}
      aria-label={t('Filter by state')}
      title={t('Show only connections in this state')}
      value={choice}
      onChange={(event) => onChoose(event.currentTarget.value as StateChoice)}
    >
      {option('all', t('All'))}
      {STATE_GROUPS.map(([group, label]) => option(group, t(label)))}
      {STATE_GROUPS.map(([group, label]) => {
        const own = states.filter((state) => groupOf(state) === group)
        return own.length === 0 ? null : (
          <optgroup key={group} label={t(label)}>
            {own.map((state) => option(state, toStateWord(state)))}
          </optgroup>
        )
      })}
    </select>
  )
}

/** A choice as the list of choices names it. */
export function toChoiceWord(choice: Exclude<StateChoice, 'all'>): string {
  const group = STATE_GROUPS.find(([name]) => name === choice)?.[1]
  if (group !== undefined) return t(group)
  return isState(choice) ? toStateWord(choice) : choice
}

type State = Parameters<typeof groupOf>[0]

function isState(choice: StateChoice): choice is State {
  return choice !== 'all' && !STATE_GROUPS.some(([group]) => group === choice)
}
