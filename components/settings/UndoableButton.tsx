import { useSignal } from '@preact/signals'
import { t } from '../../lib/i18n/translate.ts'

interface UndoableButtonProps<Before> {
  readonly label: string
  readonly title?: string
  /** False: there is nothing to be done, but maybe to be undone. */
  readonly isOffered?: boolean
  /** Does it, and gives what was there before. */
  readonly onDo: () => Before
  readonly onUndo: (before: Before) => void
}

/** A button for what changes much at once, and one beside it that takes that back. */
export function UndoableButton<Before>({ label, title, isOffered = true, onDo, onUndo }: UndoableButtonProps<Before>) {
  const done = useSignal<{ readonly before: Before } | null>(null)
  const undo = () => {
    if (done.value !== null) onUndo(done.value.before)
    done.value = null
  }
  return (
    <>
      {isOffered && (
        <button type="button" class="text-button" title={title} onClick={() => (done.value = { before: onDo() })}>
          {label}
        </button>
      )}
      {done.value !== null && (
        <button type="button" class="text-button" onClick={undo}>
          {t('Undo')}
        </button>
      )}
    </>
  )
}
