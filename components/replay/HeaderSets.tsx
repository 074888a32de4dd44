import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import type { HeaderRow } from '../../lib/replay/editor/form.ts'
import { applySet, replaceBySet, saveSet } from '../../lib/replay/editor/header-sets.ts'
import { useMenuPlace } from './use-menu-place.ts'
import type { ReplayDesk } from './replay-desk.ts'

interface HeaderSetsProps {
  readonly headers: readonly HeaderRow[]
  readonly desk: ReplayDesk
  readonly onApply: (change: (rows: readonly HeaderRow[]) => readonly HeaderRow[]) => void
}

/** Headers kept under a name, for all connections. */
export function HeaderSets({ headers, desk, onApply }: HeaderSetsProps) {
  const id = useId()
  const name = useSignal('')
  const { button, menu, onToggle } = useMenuPlace()
  const sets = desk.headerSets()
  const save = () => {
    const given = name.value.trim()
    if (given === '') return
    desk.setHeaderSets(saveSet(sets, given, headers))
    name.value = ''
  }
  return (
    <>
      <button ref={button} type="button" class="text-button" popovertarget={id} aria-haspopup="dialog">
        {t('Sets ▾')}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={t('Sets of headers')}
        class="popover header-sets"
        data-beside-form
        onToggle={onToggle}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          // DevTools would open its drawer.
          event.stopPropagation()
        }}
      >
        {sets.length === 0 && <p class="quiet">{t('No set is saved yet.')}</p>}
        <ul class="set-list">
          {sets.map((set) => (
            <li key={set.name}>
              <span class="set-name" title={set.headers.map((one) => one.name).join(', ')}>
                {set.name}
              </span>
              <button
                type="button"
                class="text-button"
                aria-label={t('Apply {name}', { name: set.name })}
                title={t('Sets these headers; others stay')}
                onClick={() => onApply((rows) => applySet(rows, set))}
              >
                {t('Apply')}
              </button>
              <button
                type="button"
                class="text-button"
                aria-label={t('Replace all headers by {name}', { name: set.name })}
                title={t('These headers and no others')}
                onClick={() => onApply(() => replaceBySet(set))}
              >
                {t('Replace')}
              </button>
              <button
                type="button"
                class="text-button"
                aria-label={t('Remove {name}', { name: set.name })}
                onClick={() => desk.setHeaderSets(sets.filter((other) => other !== set))}
              >
                {t('Remove')}
              </button>
            </li>
          ))}
        </ul>
        <form
          class="set-form"
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <input
            type="text"
            aria-label={t('Name of the set')}
            placeholder={t('Name of the set')}
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
          <button type="submit" class="text-button" disabled={name.value.trim() === '' || headers.length === 0}>
            {t('Save these headers')}
          </button>
        </form>
        <p class="quiet">
          {t('Sets are stored on this device with their values. A value like {example} keeps a secret out of them.', {
            example: 'Bearer {{token}}',
          })}
        </p>
      </div>
    </>
  )
}
