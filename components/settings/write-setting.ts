import { t } from '../../lib/i18n/translate.ts'
import type { SettingName, Settings, SettingValues } from '../../lib/settings.ts'

export type SettingWriter = <Name extends SettingName>(name: Name, value: SettingValues[Name]) => void

/** Sets at once; when the browser refuses to store it, that is said, and it holds for this panel all the same. */
export function createSettingWriter(settings: Settings, say: (error: string) => void): SettingWriter {
  return (name, value) => {
    settings
      .set(name, value)
      .then(() => say(''))
      .catch((reason: unknown) =>
        say(t('The browser did not store this, so it holds for this panel only: {reason}', { reason: String(reason) })),
      )
  }
}
