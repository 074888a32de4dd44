import type { Signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t, tn } from '../../lib/i18n/translate.ts'
import { formatCount } from '../parts/format.ts'
import { IconButton } from '../parts/IconButton.tsx'
import { unseenWords } from './unseen-words.ts'

interface FindBarProps {
  /** Null closes it. */
  readonly text: Signal<string | null>
  readonly count: number
  /** Which of them is the chosen row, from 0; -1 for none. */
  readonly current: number
  /** False while rows are still looked through. */
  readonly done: boolean
  /** Rows that could not be looked at. */
  readonly unseen: number
  readonly onGo: (by: 1 | -1) => void
  readonly onClose: () => void
}

/** Finds text in the rows of the table, without hiding the others. */
export function FindBar({ text, count, current, done, unseen, onGo, onClose }: FindBarProps) {
  const input = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  const found =
    current >= 0
      ? t('{current} of {all}', { current: formatCount(current + 1), all: formatCount(count) })
      : tn(count, '{n} row', '{n} rows', { n: formatCount(count) })
  return (
    <div
      class="view-bar find-bar"
      role="search"
      aria-label={t('Find in events')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <input
        ref={input}
        type="text"
        class="filter"
        aria-label={t('Find')}
        placeholder={t('Find in type, ID and data')}
        spellcheck={false}
        value={text.value ?? ''}
        onInput={(event) => (text.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onGo(event.shiftKey ? -1 : 1)
        }}
      />
      <span class="find-count" role="status">
        {text.value === '' ? '' : done ? found + unseenWords(unseen) : t('{found} so far', { found })}
      </span>
      <IconButton
        icon="down"
        class="up"
        label={t('Previous')}
        title={t('Previous (Shift+Enter)')}
        disabled={count === 0}
        onClick={() => onGo(-1)}
      />
      <IconButton
        icon="down"
        label={t('Next')}
        title={t('Next (Enter)')}
        disabled={count === 0}
        onClick={() => onGo(1)}
      />
      <IconButton icon="close" label={t('Close find')} title={t('Close (Escape)')} onClick={onClose} />
    </div>
  )
}
