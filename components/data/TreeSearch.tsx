import { type Signal, useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { toSearch } from '../../lib/filter/text-test.ts'
import { t } from '../../lib/i18n/translate.ts'
import { IconButton } from '../parts/IconButton.tsx'
import { findInTree, type Found, FOUND_LIMIT, type JsonValue } from './json-tree.ts'

/** What to mark; null for nothing. */
export function useTreeSearch(value: JsonValue, text: Signal<string>) {
  const typed = text.value
  return useMemo(() => {
    const search = typed === '' ? null : toSearch({ how: 'contains', text: typed })
    return { search, found: search === null ? [] : findInTree(value, search) }
  }, [value, typed])
}

interface TreeSearchProps {
  readonly text: Signal<string>
  readonly found: readonly Found[]
  readonly onGo: (found: Found) => void
}

/** Finds names and values in a tree; Enter goes from one to the next. */
export function TreeSearch({ text, found, onGo }: TreeSearchProps) {
  const at = useSignal(-1)
  const go = (by: 1 | -1) => {
    if (found.length === 0) return
    at.value = at.value < 0 && by < 0 ? found.length - 1 : (at.value + by + found.length) % found.length
    const place = found[at.value]
    if (place !== undefined) onGo(place)
  }
  const count = `${found.length}${found.length >= FOUND_LIMIT ? '+' : ''}`
  return (
    <>
      <input
        type="text"
        class="filter tree-search"
        aria-label={t('Search in the tree')}
        placeholder={t('Search')}
        spellcheck={false}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value
          at.value = -1
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape' && text.value !== '') text.value = ''
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      {text.value !== '' && (
        <>
          <span class="tree-count" role="status">
            {at.value < 0 ? count : t('{at} of {n}', { at: at.value + 1, n: count })}
          </span>
          <IconButton
            icon="down"
            label={t('Next in the tree')}
            title={t('Next (Enter); Shift+Enter goes back')}
            disabled={found.length === 0}
            onClick={() => go(1)}
          />
        </>
      )}
    </>
  )
}
