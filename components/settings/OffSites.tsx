import { t } from '../../lib/i18n/translate.ts'
import type { CaptureControl, CaptureSetting } from '../../lib/site-switch.ts'

interface OffSitesProps {
  readonly capture: CaptureControl
  readonly onError: (text: string) => void
}

/** Where capture is off, to be switched on again. */
export function OffSites({ capture, onError }: OffSitesProps) {
  const setting = capture.setting.value
  const change = (next: CaptureSetting) => {
    onError('')
    capture
      .change(next)
      .catch((reason: unknown) => onError(t('This could not be switched: {reason}', { reason: String(reason) })))
  }
  return (
    <section>
      <h3>{t('Sites that are left alone')}</h3>
      <label class="check">
        <input
          type="checkbox"
          checked={setting.offEverywhere}
          onChange={(event) => change({ ...setting, offEverywhere: event.currentTarget.checked })}
        />
        {t('All sites: capture is off everywhere')}
      </label>
      {setting.offSites.length === 0 ? (
        <p class="quiet">
          {t('No site is switched off by itself. The Capture button does that for the page in view.')}
        </p>
      ) : (
        <ul class="off-sites" aria-label={t('Sites that are left alone')}>
          {setting.offSites.map((site) => (
            <li key={site}>
              <span>{site === 'file:' ? t('Files of this computer') : site}</span>
              <button
                type="button"
                class="text-button"
                aria-label={t('Switch capture on for {site}', { site })}
                onClick={() => change({ ...setting, offSites: setting.offSites.filter((other) => other !== site) })}
              >
                {t('Switch on')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
