import { t } from '../../lib/i18n/translate.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import type { CompareProps } from './compared.ts'
import { NotedBar } from './NotedBar.tsx'
import { PairSelect } from './PairSelect.tsx'

interface PairBarProps extends Pick<CompareProps, 'compared' | 'state'> {
  readonly note?: string
  /** What differs, as text, and what is said of that; null where there is nothing to copy. */
  readonly copied: { readonly title: string; readonly text: () => string } | null
}

/** Over what is compared of two connections: which two, and their differences to be copied. */
export function PairBar({ compared, state, note = '', copied }: PairBarProps) {
  return (
    <NotedBar note={note}>
      <PairSelect compared={compared} state={state} />
      {copied !== null && <CopyButton label={t('Copy as text')} {...copied} />}
    </NotedBar>
  )
}
