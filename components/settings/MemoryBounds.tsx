import { t } from '../../lib/i18n/translate.ts'
import { LEAST_JOURNAL_BYTES, MOST_JOURNAL_BYTES } from '../../lib/bounds.ts'
import { LEAST_TEXT_BYTES, MOST_TEXT_BYTES } from '../../lib/session/store/text-bound.ts'
import type { Settings } from '../../lib/settings.ts'
import { Choice } from './Choice.tsx'
import { SizeField } from './SizeField.tsx'
import type { SettingWriter } from './write-setting.ts'

interface MemoryBoundsProps {
  readonly values: Settings['values']
  readonly write: SettingWriter
}

export function MemoryBounds({ values, write }: MemoryBoundsProps) {
  const textBound = values.textBound.value
  return (
    <section>
      <h3>{t('Memory')}</h3>
      <SizeField
        label={t('Text of events that the panel holds')}
        bytes={textBound.bytes}
        least={LEAST_TEXT_BYTES}
        most={MOST_TEXT_BYTES}
        onChange={(bytes) => write('textBound', { ...textBound, bytes })}
      />
      <Choice
        label={t('The oldest beyond that')}
        value={textBound.beyond}
        options={[
          ['store', t('Goes to the browser’s storage')],
          ['drop', t('Is dropped')],
        ]}
        onChoose={(beyond) => write('textBound', { ...textBound, beyond })}
      />
      <p class="quiet">
        {t(
          'Times, sizes and counts stay either way. What was stored is read again when it is looked at, and deleted with the panel.',
        )}
      </p>
      <SizeField
        label={t('While DevTools is closed, keep of each document')}
        bytes={values.journalBytes.value}
        least={LEAST_JOURNAL_BYTES}
        most={MOST_JOURNAL_BYTES}
        onChange={(bytes) => write('journalBytes', bytes)}
      />
      <p class="quiet">
        {t('Beyond it the oldest events are dropped, and counted. It holds for pages from their next load on.')}
      </p>
    </section>
  )
}
