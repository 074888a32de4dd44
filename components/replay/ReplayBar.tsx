import { t, tn } from '../../lib/i18n/translate.ts'
import { IconButton } from '../parts/IconButton.tsx'
import { editField, type Editing } from './editing.ts'

interface ReplayBarProps {
  readonly editing: Editing
  readonly errorCount: number
  readonly canSend: boolean
  readonly onSend: () => void
  readonly onPaste: () => void
}

/** Send, and what concerns the whole form. */
export function ReplayBar({ editing, errorCount, canSend, onSend, onPaste }: ReplayBarProps) {
  const { editor, form } = editing
  return (
    <div class="view-bar replay-bar">
      <button
        type="button"
        class="text-button send-button"
        aria-keyshortcuts="Control+Enter"
        title={t('Send (Ctrl+Enter)')}
        disabled={!canSend}
        onClick={onSend}
      >
        {t('Send')}
      </button>
      <select
        aria-label={t('From where')}
        value={form.way}
        onChange={(event) => editField(editing, 'way', event.currentTarget.value as typeof form.way)}
      >
        <option value="page">{t('As the page')}</option>
        <option value="extension">{t('As the extension')}</option>
      </select>
      <span class="bad" role="status">
        {errorCount > 0 && tn(errorCount, '{n} error', '{n} errors')}
      </span>
      <IconButton
        icon="undo"
        label={t('Undo')}
        aria-keyshortcuts="Control+Z"
        title={t('Undo (Ctrl+Z)')}
        disabled={!editor.canUndo.value}
        onClick={() => editor.undo()}
      />
      <IconButton
        icon="redo"
        label={t('Redo')}
        aria-keyshortcuts="Control+Shift+Z"
        title={t('Redo (Ctrl+Shift+Z)')}
        disabled={!editor.canRedo.value}
        onClick={() => editor.redo()}
      />
      <button
        type="button"
        class="text-button"
        title={t('The original’s request again')}
        disabled={!editor.isChanged.value}
        onClick={() => editor.reset()}
      >
        {t('Reset')}
      </button>
      <button
        type="button"
        class="text-button"
        aria-haspopup="dialog"
        title={t('Fill the form from a curl command or a fetch')}
        onClick={onPaste}
      >
        {t('Paste …')}
      </button>
    </div>
  )
}
