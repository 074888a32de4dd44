import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../lib/i18n/translate.ts'
import { fillForm, readPaste } from '../../lib/replay/paste/paste.ts'
import type { ReplayEditor } from '../../lib/replay/editor/editor.ts'

interface PasteDialogProps {
  readonly editor: ReplayEditor
  /** `notUnderstood`: what of the text is not in the form; empty if it was only closed. */
  readonly onClose: (notUnderstood: readonly string[]) => void
}

/** Fills the form from a curl command or from code. */
export function PasteDialog({ editor, onClose }: PasteDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const left = useRef<readonly string[]>([])
  const text = useSignal('')
  const error = useSignal('')
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const take = async () => {
    const paste = await readPaste(text.value).catch(() => ({ error: t('This text cannot be read.') }))
    error.value = 'error' in paste ? paste.error : ''
    if ('error' in paste) return
    editor.edit((form) => fillForm(form, paste.request))
    left.current = paste.notUnderstood
    dialog.current?.close()
  }
  return (
    <dialog
      ref={dialog}
      class="rules-dialog paste-dialog"
      aria-label={t('Paste a request')}
      onClose={() => onClose(left.current)}
      onKeyDown={(event) => {
        // DevTools would open its drawer.
        if (event.key === 'Escape') event.stopPropagation()
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          event.stopPropagation()
          void take()
        }
      }}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault()
          void take()
        }}
      >
        <h3>{t('Paste a request')}</h3>
        <p class="quiet">
          {t(
            'A curl command (bash or cmd), or code with a fetch(…). It is read and never run; the form is filled with it.',
          )}
        </p>
        <textarea
          class="wide-text mono"
          aria-label={t('Command or code')}
          rows={8}
          spellcheck={false}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value
            error.value = ''
          }}
        />
        {error.value !== '' && (
          <p role="alert" class="bad">
            {error.value}
          </p>
        )}
        <p class="buttons">
          <button type="button" class="text-button" onClick={() => dialog.current?.close()}>
            {t('Close')}
          </button>
          <button type="submit" class="text-button">
            {t('Fill the form')}
          </button>
        </p>
      </form>
    </dialog>
  )
}
