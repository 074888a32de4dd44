import { useEffect } from 'preact/hooks'
import { t, tn } from '../../lib/i18n/translate.ts'
import { IconButton } from '../parts/IconButton.tsx'
import { takesText } from '../panel/KeySheet.tsx'
import { type CompareState, LEAST_COMPARED } from './compare-state.ts'

/** Under the list when several connections are selected: what can be done with them. */
export function CompareBar({ state }: { readonly state: CompareState }) {
  const count = state.marked.value.size
  const isShown = count >= LEAST_COMPARED
  useEffect(() => {
    if (!isShown) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'c' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (takesText(event.target) || document.querySelector('dialog[open]') !== null) return
      event.preventDefault()
      state.open()
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [isShown, state])
  if (!isShown) return null
  return (
    <div class="compare-bar">
      <span class="view-count" role="status">
        {tn(count, '{n} connection selected', '{n} connections selected')}
      </span>
      <button
        type="button"
        class="text-button"
        aria-keyshortcuts="c"
        aria-pressed={state.isOpen.value}
        title={t('Compare the selected connections (C)')}
        onClick={() => (state.isOpen.value ? state.close() : state.open())}
      >
        {t('Compare')}
      </button>
      <IconButton icon="close" label={t('Select one only')} onClick={() => state.clear()} />
    </div>
  )
}
