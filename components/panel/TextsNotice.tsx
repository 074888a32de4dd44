import type { Session } from '../../lib/session/types.ts'
import { t } from '../../lib/i18n/translate.ts'
import type { Settings } from '../../lib/settings.ts'
import { formatSize } from '../parts/format.ts'
import type { PanelState } from './panel-state.ts'

const MIB = 2 ** 20

interface TextsNoticeProps {
  readonly session: Session
  readonly settings: Settings
  readonly state: PanelState
}

/** What became of the texts beyond the bound. Draw it whenever the session changes. */
export function TextsNotice({ session, settings, state }: TextsNoticeProps) {
  void session.version.value
  const { storedBytes, droppedBytes, refusal } = session.texts
  if (storedBytes === 0 && droppedBytes === 0) return null
  // As the settings write it.
  const bound = `${Number((settings.values.textBound.value.bytes / MIB).toFixed(2))} ${t('MB')}`
  return (
    <div class="notice texts-notice" role="status">
      {storedBytes > 0 &&
        t(
          'The texts of the oldest events ({size}) are in the browser’s storage, to keep {bound} in memory. They are read from there when they are looked at.',
          { size: formatSize(storedBytes), bound },
        )}
      {storedBytes > 0 && droppedBytes > 0 && ' '}
      {droppedBytes > 0 &&
        t(
          'The texts of the oldest events ({size}) were dropped, to keep {bound} in memory. Their times, sizes and types are still here.',
          { size: formatSize(droppedBytes), bound },
        )}
      {refusal !== '' && ` ${t('The browser’s storage did not take them: {why}', { why: refusal })}`}{' '}
      <button type="button" class="text-button" onClick={() => (state.settingsOpen.value = true)}>
        {t('Change the bound')}
      </button>
    </div>
  )
}
